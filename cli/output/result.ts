import { z } from "zod";

const name = z.string().describe("The collection, as the command was told it.");

/** A line of the core. */
export const Message = z
    .strictObject({ name, message: z.string() })
    .describe("What a run does or has found.");

/** Progress of a step. */
export const Progressed = z
    .strictObject({
        name,
        step: z.enum(["copy", "fill", "verify", "index", "load"]),
        done: z.number(),
        total: z.number(),
    })
    .describe("The progress of a step in rows, of `load` in percent.");

const share = z.strictObject({ mean: z.number(), lowest: z.number() });
const latency = z.strictObject({ p50: z.number(), p95: z.number(), p99: z.number(), count: z.number() });

/** The figures of a gate. */
export const GateAsked = z
    .strictObject({
        name,
        old: z.string().describe("The collection that serves."),
        new: z.string(),
        passed: z.boolean().describe("Whether clients may be switched."),
        fields: z.array(
            z.strictObject({
                field: z.string(),
                queries: z.number(),
                topK: z.number(),
                baseline: z
                    .enum(["exact", "old", "judge", "none"])
                    .describe("What the hits were compared with."),
                recall: share.nullable().describe("Or the score of the module, from 0 to 1."),
                oldRecall: share.nullable().describe("Of the old collection, against the same rows."),
                overlap: z
                    .number()
                    .nullable()
                    .describe("The share of the old hits that the new one returns."),
                latency: latency.describe("Milliseconds, and how many searches were measured."),
                oldLatency: latency.nullable(),
            }),
        ),
    })
    .describe("What a gate has found before the cutover.");
