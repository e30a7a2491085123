import type { MilvusClient } from "../transport/client";
import { at, type CollectionRef, describeCollection } from "../collection/collections";
import { isFieldNotLoaded, isMilvusError, MilvusError } from "../transport/errors";
import { keyValues } from "../transport/keyValue";
import { isPartitionGone } from "../collection/partitions";
import { retryWhenThrottled, retryRead } from "../transport/retry";
import { BUILD_SECONDS, poll } from "../transport/poll";
import type { Message } from "../transport/protocol";
import { eventually, type ReadPoint, strong } from "./readPoint";
import { everyKey } from "../../wire/rows/filter";

/** Calls on rows take longer the more rows there are: their deadline is far above the connection's. */
export const ROWS_SECONDS = 120;

/**
 * Counts the rows of a loaded collection, including recent writes; duplicates of a key count separately. Zero if the
 * given partition was dropped.
 */
export async function countRows(
    client: MilvusClient,
    ref: CollectionRef,
    filter = "",
    partitions: string[] = [],
    readPoint: ReadPoint = strong,
): Promise<number> {
    const request = {
        ...at(ref),
        expr: filter === "" && partitions.length > 0 ? await everyRow(client, ref) : filter,
        output_fields: ["count(*)"],
        partition_names: partitions,
        ...readPoint,
    };
    const answer = await retryRead(() =>
        client.call("Query", request, { about: ref.name, atLeast: ROWS_SECONDS }),
    ).catch(async (error: unknown) => {
        const only = partitions.length === 1 ? partitions[0] : undefined;
        if (await isPartitionGone(error, { client, ref, collectionId: undefined }, only)) return undefined;
        throw error;
    });
    if (!answer) return 0;
    const column = (answer.fields_data as Message[])[0]?.scalars as
        { long_data?: { data: string[] } } | undefined;
    const count = Number(column?.long_data?.data[0]);
    if (!Number.isSafeInteger(count))
        throw new MilvusError("bad-answer", `Query ${ref.name}: the answer holds no count(*)`);
    return count;
}

/** Whether a query returns these fields of a loaded collection. */
export async function areRead(
    client: MilvusClient,
    ref: CollectionRef,
    fields: readonly string[],
): Promise<boolean> {
    const limit = keyValues({ limit: "1" });
    const request = { ...at(ref), output_fields: fields, query_params: limit, ...eventually };
    return retryRead(() => client.call("Query", request, { about: ref.name, atLeast: ROWS_SECONDS })).then(
        () => true,
        (error: unknown) => {
            if (isFieldNotLoaded(error)) return false;
            throw error;
        },
    );
}

/** milvus-lite 3 ignores the partitions of a `count(*)` without a filter (measured). */
async function everyRow(client: MilvusClient, ref: CollectionRef): Promise<string> {
    const key = (await describeCollection(client, ref))?.fields.find(({ isPrimaryKey }) => isPrimaryKey);
    return key ? everyKey(key.name, key.dataType) : "";
}

/** The row count in the server's statistics. It includes deleted rows until compaction: an estimate that needs no load. */
export async function estimateRows(client: MilvusClient, ref: CollectionRef): Promise<number> {
    const answer = await client.call("GetCollectionStatistics", at(ref), { about: ref.name });
    const stats = answer.stats as { key: string; value: string }[];
    return Number(stats.find(({ key }) => key === "row_count")?.value ?? 0);
}

/** The same of one partition; of the whole collection where the server has no statistics of partitions. */
export async function estimatePartitionRows(
    client: MilvusClient,
    ref: CollectionRef,
    partition: string,
): Promise<number> {
    const answer = await client
        .call(
            "GetPartitionStatistics",
            { ...at(ref), partition_name: partition },
            { about: `${ref.name}/${partition}` },
        )
        .catch((error: unknown) => {
            if (isMilvusError(error, "unsupported")) return undefined;
            throw error;
        });
    if (!answer) return estimateRows(client, ref);
    const stats = answer.stats as { key: string; value: string }[];
    return Number(stats.find(({ key }) => key === "row_count")?.value ?? 0);
}

/** Seals the data in memory and waits until it is stored. */
export async function flush(client: MilvusClient, ref: CollectionRef): Promise<void> {
    const untilStored = await requestFlush(client, ref);
    await untilStored();
}

/** Seals the data in memory, and returns how to wait until it is stored. */
export async function requestFlush(client: MilvusClient, ref: CollectionRef): Promise<() => Promise<void>> {
    const nothing = () => Promise.resolve();
    const request = {
        ...(ref.database !== undefined && { db_name: ref.database }),
        collection_names: [ref.name],
    };
    // Milvus accepts one flush of a collection in ten seconds by default.
    const answer = await retryWhenThrottled(() =>
        client.call("Flush", request, { about: ref.name, atLeast: BUILD_SECONDS }),
    ).catch((error: unknown) => {
        // A server that stores each insert immediately has nothing to flush.
        if (isMilvusError(error, "unsupported")) return undefined;
        throw error;
    });
    if (!answer) return nothing;
    const segments =
        (answer.coll_segIDs as Record<string, { data: string[] }> | undefined)?.[ref.name]?.data ?? [];
    const timestamp = (answer.coll_flush_ts as Record<string, string> | undefined)?.[ref.name];
    if (segments.length === 0 && timestamp === undefined) return nothing;
    return () =>
        poll(`flushing ${ref.name}`, async () => {
            const state = await client.call(
                "GetFlushState",
                { ...at(ref), segmentIDs: segments, ...(timestamp !== undefined && { flush_ts: timestamp }) },
                { about: ref.name },
            );
            return { finished: state.flushed as boolean, mark: 0 };
        });
}
