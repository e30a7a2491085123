import type { MilvusClient } from "../milvus/client";
import { createCollection, type CollectionRef } from "../milvus/collections";
import { createPartition, listPartitions } from "../milvus/partitions";
import { stampDescription, stampProperties } from "../observe/stamp";
import type { Capabilities, Stamp } from "../observe/state";
import type { Collection } from "../spec/collection";

/** Creates the collection as declared, stamped with its owner, with its partitions; no index, not loaded. */
export async function createStamped(
    client: MilvusClient,
    ref: CollectionRef,
    spec: Collection,
    stamp: Stamp,
    capabilities: Capabilities,
    /** Partitions that the rows bring along, besides the declared ones. */
    carried: readonly string[] = [],
): Promise<void> {
    const asProperties = capabilities.alterProperties;
    await createCollection(
        client,
        ref,
        asProperties ? spec : { ...spec, description: stampDescription(spec.description, stamp) },
        asProperties ? { ...spec.properties, ...stampProperties(stamp) } : spec.properties,
    );
    const wanted = new Set([...spec.partitions, ...carried]);
    if (wanted.size === 0) return;
    for (const partition of await listPartitions(client, ref)) wanted.delete(partition);
    for (const partition of wanted) await createPartition(client, ref, partition);
}
