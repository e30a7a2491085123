import type { Catalog, Collection } from "./catalog";
import type { Named } from "./messages";
import type { Version } from "./version";

/** What a handler works with. */
export interface Call {
    version: Version;
    catalog: Catalog;
    /** The database of the call: that of the request, else that of the connection. */
    database: string;
    /** How often a build, a load or a flush is told as under way before it is done. */
    pending: number;
    /** Rows of the next page at most. */
    pageRows: () => number;
}

/** Takes a decoded request, and returns the answer without its status; a refusal is thrown. */
// A handler declares the request that it reads; the table below the server pairs it with its RPC.
export type Handler = (request: never, call: Call) => object;

export function collectionOf({ collection_name }: Named, { catalog, database }: Call): Collection {
    return catalog.resolve(database, collection_name);
}
