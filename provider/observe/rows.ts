import type { MilvusClient } from "../milvus/transport/client";
import { countRows, estimateRows, flush } from "../milvus/rows/rows";
import type { ObservedCollection } from "./state";

/** Number of rows: exact where the collection is fully loaded, else the server's statistics, which include deleted rows. */
export async function observeRows(
    client: MilvusClient,
    { database, name, loadState }: ObservedCollection,
): Promise<number> {
    const ref = { database, name };
    return loadState === "loaded" ? countRows(client, ref) : estimateRows(client, ref);
}

/**
 * Number of rows before a drop: never fewer than exist. The server's statistics include only flushed rows, so the
 * collection is flushed first.
 */
export async function rowsAtStake(client: MilvusClient, observed: ObservedCollection): Promise<number> {
    const { database, name, loadState } = observed;
    if (loadState !== "loaded") await flush(client, { database, name });
    return observeRows(client, observed);
}
