import type { MilvusClient } from "../../milvus/transport/client";
import type { CollectionRef } from "../../milvus/collection/collections";
import { observeCollection } from "../../observe/collection";
import { rowsAtStake } from "../../observe/rows";

/**
 * Whether what was left while it was built can be dropped: no alias points at it, and nobody has put rows into it. Those of
 * a migration's copy are its source's.
 */
export async function isEmptyAndUnused(client: MilvusClient, ref: CollectionRef): Promise<boolean> {
    const observed = await observeCollection(client, ref);
    if (!observed) return true;
    if (observed.aliases.length > 0) return false;
    if (observed.marker?.from !== undefined) return true;
    return (await rowsAtStake(client, observed)) === 0;
}
