import type { MilvusClient } from "../milvus/transport/client";
import { countRows, estimateRows, flush } from "../milvus/rows/rows";
import type { ObservedCollection } from "./state";

/** Rows of a collection: exact where all of it is loaded, else by the server's books, deleted rows among them. */
export async function observeRows(
    client: MilvusClient,
    { database, name, loadState }: ObservedCollection,
): Promise<number> {
    const ref = { database, name };
    return loadState === "loaded" ? countRows(client, ref) : estimateRows(client, ref);
}

/**
 * The same where a drop hangs on it: never fewer than there are. The books know what is stored, and not what was written
 * since.
 */
export async function rowsAtStake(client: MilvusClient, observed: ObservedCollection): Promise<number> {
    const { database, name, loadState } = observed;
    if (loadState !== "loaded") await flush(client, { database, name });
    return observeRows(client, observed);
}
