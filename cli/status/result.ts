import { z } from "zod";

import { type Written, written } from "../report/result";

const collection = {
    database: z.string(),
    name: z.string(),
    owner: z.string().describe("`project/stack/resource`."),
    rows: z.number(),
};
const Collection = z.strictObject(collection);

export const Migration = z.strictObject({
    database: z.string(),
    owner: z.string().describe("`project/stack/resource`."),
    from: z.string().describe("The old collection."),
    to: z.string().describe("The new collection."),
    aliases: z.array(z.string()).describe("Aliases of both."),
    phase: z
        .enum(["copying", "verifying", "switching", "finishing"])
        .describe(
            "`verifying` stands for all between the copy and the switch; `finishing` comes after the switch.",
        ),
    isPaused: z.boolean(),
    isRunning: z.boolean().describe("Whether a run is at work on it; else the next run resumes it."),
    rows: z.number().describe("Rows that are certainly copied."),
    total: z.number().describe("Rows of the old collection."),
    rowsPerSecond: z.number().nullable(),
    secondsLeft: z.number().nullable(),
    lease: z
        .strictObject({ process: z.number(), machine: z.string(), secondsLeft: z.number() })
        .nullable()
        .describe("Who works on it, and how long the lease holds unless it is renewed."),
    detached: z
        .strictObject({
            switchBy: z.enum(["up", "worker"]),
            phase: z.enum(["waiting", "copying", "indexing", "verifying", "ready", "failed"]),
            error: z.string().nullable().describe("Why the worker failed."),
        })
        .nullable()
        .describe("Of a migration that `pulumi-milvus work` copies: `migration.detach`."),
    refusesWrites: z.boolean().describe("Whether the old collection refuses writes for the final pass."),
});

const Retained = z.strictObject({
    ...collection,
    generation: z.string().describe("What `rollback --to` takes, besides the name."),
    behind: z.string().nullable().describe("The collection in service; null where it is gone."),
    expires: z.string().nullable().describe("As `2026-03-01T10:00:00.000Z`; null without a time."),
    secondsLeft: z.number().nullable().describe("0 where its time is over: the next `pulumi up` drops it."),
});

/** The result of `status`. */
export const StatusResult = z.strictObject({
    address: z.string(),
    version: z.string().describe("As the server says it."),
    server: z.string().describe("Name and version."),
    migrations: z.array(Migration).describe("Under way, or interrupted."),
    orphans: z.array(Collection).describe("Copies of collections that are gone."),
    creations: z.array(Collection).describe("Collections that a first creation has not finished."),
    retained: z
        .array(Retained)
        .describe(
            "What `rollback` can go back to. Behind one collection, the one that served last is first.",
        ),
    refusingWrites: z
        .array(Collection)
        .describe("Collections that refuse writes although nothing is about to switch them."),
    owners: z.array(z.strictObject({ owner: z.string(), collections: z.array(z.string()) })),
    missing: z.array(z.string()).describe("Collections of the state of `--stack` that the server lacks."),
    ...written,
});

export type MigrationStatus = z.infer<typeof Migration>;
export type RetainedStatus = z.infer<typeof Retained>;
export type CollectionStatus = z.infer<typeof Collection>;
export type StatusResult = z.infer<typeof StatusResult>;
export type Status = Omit<StatusResult, keyof Written>;
