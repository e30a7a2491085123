import { setTimeout as delay } from "node:timers/promises";

import type { MilvusClient } from "../../../provider/milvus/transport/client";
import { encodeMessage } from "../../../provider/milvus/transport/protocol";
import { keyValues } from "../../../provider/milvus/transport/keyValue";
import { DIM } from "./rows";

/** A failed test may never stop its reader. */
const MOST_FAILED = 1000;

/**
 * Queries and searches through an alias until it is stopped. It pauses as long as a read takes: milvus-lite needs a
 * second of computing for a search, and one reader without pauses starves the migration.
 */
export function startReader(client: MilvusClient, alias: string): { stop(): Promise<Reads> } {
    const reads: Reads = { done: 0, failed: [] };
    let stopped = false;
    const once = async () => {
        await client.call("Query", {
            collection_name: alias,
            expr: "id >= 0",
            output_fields: ["id", "version"],
            query_params: keyValues({ limit: "10" }),
        });
        await client.call("Search", {
            collection_name: alias,
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
    };
    const run = async () => {
        while (!stopped) {
            const began = Date.now();
            try {
                await once();
                reads.done++;
                await delay(Date.now() - began);
            } catch (error) {
                if (reads.failed.push((error as Error).message) >= MOST_FAILED) return;
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

export interface Reads {
    done: number;
    failed: string[];
}
