import type { MilvusClient } from "../transport/client";
import { at, type CollectionRef, describeCollection } from "./collections";
import { isConnectionTrouble, isMilvusError } from "../transport/errors";
import { releasePartitions } from "./loading";

/** Every collection has this partition; it holds the rows that were written without a partition name. */
const DEFAULT_PARTITION = "_default";

/** All partitions, including the default one. A server without partitions has only that one. */
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
 * True if a call failed because its partition was dropped. Clients can drop a partition at any time, and its rows go
 * with it. `collectionId` is the expected collection: false if another collection now has the name.
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
        // The original error is more useful.
        return false;
    }
}

/** Creates the given partitions that do not exist. */
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

/** Drops a partition with its rows. Milvus requires it to be released first; milvus-lite cannot load a single partition. */
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
