import type { MilvusClient } from "../milvus/transport/client";
import type { CollectionRef } from "../milvus/collection/collections";
import { loadState } from "../milvus/collection/loading";
import { countRows, estimatePartitionRows, estimateRows, flush } from "../milvus/rows/rows";
import type { ObservedCollection } from "./state";

/** Number of rows: exact where the collection is fully loaded, else the server's statistics, which include deleted rows. */
export async function observeRows(
    client: MilvusClient,
    { database, name, loadState: state }: ObservedCollection,
): Promise<number> {
    const ref = { database, name };
    return state === "loaded" ? countRows(client, ref) : estimateRows(client, ref);
}

/**
 * Number of rows before a drop: never fewer than exist. The server's statistics include only flushed rows, so the
 * collection is flushed first.
 */
export async function rowsAtStake(client: MilvusClient, observed: ObservedCollection): Promise<number> {
    const { database, name, loadState: state } = observed;
    if (state !== "loaded") await flush(client, { database, name });
    return observeRows(client, observed);
}

/** The same for one partition. */
export async function partitionRowsAtStake(
    client: MilvusClient,
    ref: CollectionRef,
    partition: string,
): Promise<number> {
    if ((await loadState(client, ref, [partition])) === "loaded")
        return countRows(client, ref, "", [partition]);
    await flush(client, ref);
    return estimatePartitionRows(client, ref, partition);
}
