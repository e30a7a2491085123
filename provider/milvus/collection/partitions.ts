import type { MilvusClient } from "../transport/client";
import { at, type CollectionRef, describeCollection } from "./collections";
import { isConnectionTrouble, isMilvusError } from "../transport/errors";
import { releasePartitions } from "./loading";

/** Every collection has this one; rows without a partition of their own are there. */
const DEFAULT_PARTITION = "_default";

/** All partitions, the default one among them; a server without partitions has just that. */
export async function listPartitions(client: MilvusClient, ref: CollectionRef): Promise<string[]> {
    const answer = await client
        .call("ShowPartitions", at(ref), { about: ref.name })
        .catch((error: unknown) => {
            if (isMilvusError(error, "unsupported")) return { partition_names: [DEFAULT_PARTITION] };
            throw error;
        });
    return answer.partition_names as string[];
}

export async function createPartition(
    client: MilvusClient,
    ref: CollectionRef,
    partition: string,
): Promise<void> {
    await client.call(
        "CreatePartition",
        { ...at(ref), partition_name: partition },
        { about: `${ref.name}/${partition}` },
    );
}

/**
 * Whether a call failed because its partition has been dropped: clients may do so at any time, and its rows are gone with
 * it. `collectionId` is the one that was meant: of another collection that has got the name nothing is said.
 */
export async function isPartitionGone(
    error: unknown,
    {
        client,
        ref,
        collectionId,
    }: { client: MilvusClient; ref: CollectionRef; collectionId: string | undefined },
    partition: string | undefined,
): Promise<boolean> {
    if (partition === undefined || !isMilvusError(error) || isConnectionTrouble(error)) return false;
    try {
        if ((await listPartitions(client, ref)).includes(partition)) return false;
        if (collectionId === undefined) return true;
        return (await describeCollection(client, ref))?.collectionId === collectionId;
    } catch {
        // What failed first tells more.
        return false;
    }
}

/** Creates those of these partitions that are not there yet. */
export async function createMissingPartitions(
    client: MilvusClient,
    ref: CollectionRef,
    partitions: readonly string[],
): Promise<void> {
    if (partitions.length === 0) return;
    const there = await listPartitions(client, ref);
    for (const partition of partitions)
        if (!there.includes(partition)) await createPartition(client, ref, partition);
}

/** Drops a partition with its rows. Milvus wants it released first; milvus-lite loads no partition by itself. */
export async function dropPartition(
    client: MilvusClient,
    ref: CollectionRef,
    partition: string,
): Promise<void> {
    await releasePartitions(client, ref, [partition]).catch((error: unknown) => {
        if (!isMilvusError(error, "unsupported")) throw error;
    });
    await client.call(
        "DropPartition",
        { ...at(ref), partition_name: partition },
        { about: `${ref.name}/${partition}` },
    );
}
