import { z } from "zod";

import { Params } from "./params";

/** Rows that are sampled as queries where a program names no queries. */
export const SAMPLED_QUERIES = 100;

/** Queries that decide whether clients are switched: see docs/concepts/gate.md. */
export const Gate = z
    .strictObject({
        queries: z
            .union([z.int().min(1).max(10_000), z.string().min(1)])
            .optional()
            .describe(
                "How many rows are sampled as queries, or the path of a file of queries, JSON or JSON Lines, from the program's folder or from that of Pulumi.yaml. Range: 1 to 10,000. Default: 100, or those of `module`. Errors: MV005, MV431, MV432.",
            ),
        module: z
            .string()
            .min(1)
            .optional()
            .describe(
                "Path of a JavaScript module, from the program's folder or from that of Pulumi.yaml. It exports `queries`, which returns queries, or `judge`, which returns a score from 0 to 1 for each, or both. Default: none. Errors: MV431, MV432, MV433.",
            ),
        fields: z
            .array(z.string())
            .optional()
            .describe(
                "Vector fields that sampled queries are asked of. Default: every vector field of the new collection that can be sampled. Errors: MV065.",
            ),
        topK: z
            .int()
            .min(1)
            .max(1_000)
            .default(10)
            .describe("Hits of a query that are compared. Errors: MV005."),
        searchParams: z
            .record(z.string(), Params)
            .default({})
            .describe(
                "Parameters of the searches, by the name of the vector field, as clients set them: `{ vector: { ef: 64 } }`. Both collections get them. Default: those of the server. Errors: MV065, MV434.",
            ),
        minRecall: z
            .number()
            .min(0)
            .max(1)
            .default(0.95)
            .describe(
                "The least recall, or score of `judge`, of the new collection: from 0 to 1, the mean over the queries of each vector field. Below it, `up` ends before the cutover. Errors: MV005, MV430.",
            ),
        maxLatencyRatio: z
            .number()
            .positive()
            .optional()
            .describe(
                "How many times the latency (p95) of the old collection the new one may take. A p95 below 5 ms always passes. Default: latencies are shown, and not judged. Errors: MV005, MV430.",
            ),
        baseline: z
            .enum(["exact", "old"])
            .default("exact")
            .describe(
                "What the hits are compared with. `exact`: the nearest rows by exact search, for which the vectors of the new collection are read once. `old`: the hits of the old collection. Errors: MV004, MV191.",
            ),
    })
    .describe(
        "Queries that the old and the new collection answer before clients are switched. If the new one is below the bar, `up` ends, both collections are kept, and the next `up` asks again without copying.",
    );

export type Gate = z.infer<typeof Gate>;
