import type { MilvusClient } from "../milvus/client";
import { countRows, estimateRows } from "../milvus/rows";
import type { ObservedCollection } from "./state";

/** Rows of a collection: exact where it is loaded, else by the server's books, deleted rows among them. */
export async function observeRows(
    client: MilvusClient,
    { database, name, loadState }: ObservedCollection,
): Promise<number> {
    const ref = { database, name };
    return loadState === "loaded" ? countRows(client, ref) : estimateRows(client, ref);
}
