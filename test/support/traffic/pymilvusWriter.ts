import { startPymilvus } from "./pymilvus";
import type { Oracle } from "./writer";

export interface PymilvusWrites {
    /** Requests, not rows. */
    done: number;
    /** Why requests failed that pymilvus did not bring through by itself. */
    failed: string[];
    /** Seconds. */
    slowest: number;
    /** What is there of the rows that these clients wrote. */
    versions: Oracle;
}

/** How many clients write at once. */
const THREADS = 2;

/** Clients of pymilvus that write through an alias, one request after the other, and retry nothing themselves. */
export async function startPymilvusWriter(
    address: string,
    alias: string,
): Promise<{ stop(): Promise<PymilvusWrites> }> {
    type Told = Omit<PymilvusWrites, "versions"> & { versions: Record<string, number> };
    const writer = await startPymilvus<Told>("pymilvusWriter.py", [address, alias, String(THREADS)]);
    return {
        stop: async () => {
            const { versions, ...others } = await writer.stop();
            const entries = Object.entries(versions).map(([key, version]) => [BigInt(key), version] as const);
            return { ...others, versions: new Map(entries) };
        },
    };
}
