import type { MilvusClient } from "../../milvus/transport/client";
import type { CollectionRef } from "../../milvus/collection/collections";
import { observeCollection } from "../../observe/collection";
import { rowsAtStake } from "../../observe/rows";

/**
 * Whether a collection whose creation was interrupted can be dropped: no alias points at it, and no client has inserted
 * rows. The rows of a migration's copy do not count, because its source has them.
 */
export async function isEmptyAndUnused(client: MilvusClient, ref: CollectionRef): Promise<boolean> {
    const observed = await observeCollection(client, ref);
    if (!observed) return true;
    if (observed.aliases.length > 0) return false;
    if (observed.marker?.from !== undefined) return true;
    return (await rowsAtStake(client, observed)) === 0;
}
