import { type CollectionRef, describeCollection } from "../../milvus/collection/collections";
import { loadState } from "../../milvus/collection/loading";
import { countRows, estimateRows } from "../../milvus/rows/rows";
import type { MilvusClient } from "../../milvus/transport/client";

/** How many rows a collection has: exact where it is loaded, else what the server has on disk. Undefined where it is gone. */
export async function rowsOf(client: MilvusClient, ref: CollectionRef): Promise<number | undefined> {
    if (!(await describeCollection(client, ref))) return undefined;
    return (await loadState(client, ref)) === "loaded" ? countRows(client, ref) : estimateRows(client, ref);
}
