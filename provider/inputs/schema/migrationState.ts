import { z } from "zod";

/** The output of a collection whose migration is detached. */
export const MigrationState = z
    .strictObject({
        phase: z
            .string()
            .describe(
                "`waiting` for a worker, `copying`, `indexing`, `verifying`, `ready` to switch, `failed`, or `switched` by a worker.",
            ),
        collection: z.string().describe("The new collection."),
        rows: z.int().optional().describe("Rows that are certainly copied. Default: none is known."),
        total: z.int().optional().describe("Rows of the old collection. Default: they could not be counted."),
    })
    .describe("Where a detached migration stands: `migration.detach`.");

export type MigrationState = z.infer<typeof MigrationState>;
