import type { MilvusClient } from "../transport/client";
import { isMilvusError } from "../transport/errors";
import type { Message } from "../transport/protocol";

/** The part of a query that sets its consistency: which writes it must see. */
export type ReadPoint = Message;

/** Sees everything acknowledged before the query. Milvus 2.3.5 takes at least 200 ms for each such query. */
export const strong: ReadPoint = { consistency_level: "Strong" };

/** Sees what a node has at the moment: for estimates. */
export const eventually: ReadPoint = { consistency_level: "Eventually" };

/**
 * Sees everything acknowledged before this call. Reads that share the point wait for it once; each strong read waits
 * for its own (Milvus docs, "Consistency Level"). Strong if the server has no timestamps.
 */
export async function readPoint(client: MilvusClient): Promise<ReadPoint> {
    const timestamp = await allocate(client);
    return timestamp === undefined ? strong : snapshotAt(timestamp);
}

/** Sees exactly what was written up to a timestamp, where the server reads snapshots. */
export function snapshotAt(timestamp: string): ReadPoint {
    return { consistency_level: "Customized", guarantee_timestamp: timestamp };
}

/** Milliseconds since 1970 by the server's clock; by the local clock if the server has no timestamps. */
export async function serverTime(client: MilvusClient): Promise<number> {
    const timestamp = await allocate(client);
    // The lower 18 bits are a counter within the millisecond (Milvus docs, "Timestamp").
    return timestamp === undefined ? Date.now() : Number(BigInt(timestamp) >> 18n);
}

async function allocate(client: MilvusClient): Promise<string | undefined> {
    try {
        return (await client.call("AllocTimestamp", {})).timestamp as string;
    } catch (error) {
        if (isMilvusError(error, "unsupported")) return undefined;
        throw error;
    }
}
