import type { Catalog, Collection } from "./catalog";
import type { Named } from "./messages";
import type { Version } from "./version";

/** The context of a handler. */
export interface Call {
    version: Version;
    catalog: Catalog;
    /** The database of the request, or else of the connection. */
    database: string;
    /** Whether ShowCollections lists a collection to the user. */
    sees: (name: string) => boolean;
    /** Which properties limit writes. */
    limits: "all" | "quota" | "off";
    /**
     * Whether the server is configured to add functions: Storage V3, and compactions that bring segments to the version of the
     * schema. Off by default, as in 3.0.0.
     */
    storageV3: boolean;
    /** How often an alias has to be altered until queries through it follow. */
    aliasLag: number;
    /** How many queries by a name that a rename gave to another collection still reach the former one. */
    nameLag: number;
    /** How many status calls report a build, a load or a flush as in progress before it is done. */
    pending: number;
    /** Maximum rows that a query may ask for, and maximum bytes of its result. */
    mostRows: number;
    mostBytes: number;
    /** Maximum rows of the next page. */
    pageRows: () => number;
}

/** Receives a decoded request and returns the answer without its status; throws a refusal. */
// A handler declares the request type that it reads; the table of handlers pairs it with its RPC.
export type Handler = (request: never, call: Call) => object;

export function collectionOf({ collection_name }: Named, { catalog, database }: Call): Collection {
    return catalog.resolve(database, collection_name);
}
