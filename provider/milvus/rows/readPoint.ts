import type { MilvusClient } from "../transport/client";
import { isMilvusError } from "../transport/errors";
import type { Message } from "../transport/protocol";

/** The part of a query that says how much of what was written it must see. */
export type ReadPoint = Message;

/** Sees all that was acknowledged before the query. Milvus 2.3.5 takes 200 ms and more to be sure, each time. */
export const strong: ReadPoint = { consistency_level: "Strong" };

/** Sees what a node happens to have: for estimates. */
export const eventually: ReadPoint = { consistency_level: "Eventually" };

/**
 * Sees all that was acknowledged up to this call. Many reads that share the point wait for it once, where strong ones
 * would each wait for their own (Milvus docs, "Consistency Level"). Strong where a server gives out no timestamps.
 */
export async function readPoint(client: MilvusClient): Promise<ReadPoint> {
    const timestamp = await allocate(client);
    return timestamp === undefined
        ? strong
        : { consistency_level: "Customized", guarantee_timestamp: timestamp };
}

/** Milliseconds since 1970 by the server's clock; by this machine's where the server gives out no timestamps. */
export async function serverTime(client: MilvusClient): Promise<number> {
    const timestamp = await allocate(client);
    // The lower 18 bits count within a millisecond (Milvus docs, "Timestamp").
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
