import { setTimeout as delay } from "node:timers/promises";

import type { MilvusClient } from "../../../provider/milvus/transport/client";
import { encodeMessage } from "../../../provider/milvus/transport/protocol";
import { keyValues } from "../../../provider/milvus/transport/keyValue";
import { DIM } from "./rows";

/** A failed test may never stop its reader. */
const MOST_FAILED = 1000;

/** Why a read fails between the two renames of a swap, or by an old collection's own name once the run has dropped it. */
export const isBetweenNames = /not found|not exist|can't find|not loaded|failed to search\/query delegator/i;

/**
 * Queries and searches through an alias until it is stopped. It pauses as long as a read takes: milvus-lite needs a
 * second of computing for a search, and one reader without pauses starves the migration.
 */
export function startReader(client: MilvusClient, alias: string): { stop(): Promise<Reads> } {
    const reads: Reads = { done: 0, failed: [], failedLast: [] };
    let stopped = false;
    const run = async () => {
        while (!stopped) {
            const began = Date.now();
            try {
                await readOnce(client, alias);
                reads.done++;
                reads.failedLast = [];
                await delay(Date.now() - began);
            } catch (error) {
                const { message } = error as Error;
                reads.failedLast.push(message);
                if (reads.failed.push(message) >= MOST_FAILED) return;
                await delay(20);
            }
        }
    };
    const running = run();
    return {
        stop: async () => {
            stopped = true;
            await running;
            return reads;
        },
    };
}

/** A query and a search through a name. */
export async function readOnce(client: MilvusClient, name: string): Promise<void> {
    await client.call("Query", {
        collection_name: name,
        expr: "id >= 0",
        output_fields: ["id", "version"],
        query_params: keyValues({ limit: "10" }),
    });
    await client.call("Search", {
        collection_name: name,
        dsl_type: "BoolExprV1",
        nq: 1,
        placeholder_group: encodeMessage("milvus.proto.common.PlaceholderGroup", {
            placeholders: [{ tag: "$0", type: "FloatVector", values: [Buffer.alloc(DIM * 4)] }],
        }),
        output_fields: ["id"],
        search_params: keyValues({
            anns_field: "vector",
            topk: "5",
            metric_type: "L2",
            params: {},
            round_decimal: "-1",
        }),
    });
}

export interface Reads {
    done: number;
    failed: string[];
    /** Those of the failed that no successful read followed. */
    failedLast: string[];
}
