import { z } from "zod";

const Worked = z.strictObject({
    database: z.string(),
    owner: z.string().describe("`project/stack/resource`."),
    from: z.string().describe("The old collection."),
    to: z.string().describe("The new collection."),
    outcome: z
        .enum(["ready", "switched", "busy", "failed"])
        .describe(
            "`ready`: the next `up` switches. `switched`: the new collection is in service. `busy`: another worker is at work on it. `failed`: see `message`.",
        ),
    message: z.string().nullable().describe("Of a failure; it ends with its code."),
});

/** The result of `work --shard`. */
const ShardResult = z.strictObject({
    database: z.string(),
    from: z.string(),
    to: z.string(),
    shard: z.number().describe("The shard that this worker was told to copy, numbered from 0."),
    of: z.number().describe("How many shards there are."),
    ended: z
        .enum(["copied", "done", "complete"])
        .describe(
            "`copied`: this worker has copied it; `done`: another one has; `complete`: all rows of the collection are copied.",
        ),
    rows: z.number().nullable().describe("Rows of the shard; null where the copy is complete."),
});

const CopiesResult = z.strictObject({
    copies: z.array(Worked).describe("The last outcome of each copy that this worker found."),
});

/** The result of `work`: of a shard, or of whole copies. */
export const WorkResult = z.union([ShardResult, CopiesResult]);

export type ShardResult = z.infer<typeof ShardResult>;

export type Worked = z.infer<typeof Worked>;
