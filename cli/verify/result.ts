import { z } from "zod";

const Found = z.strictObject({
    count: z.number(),
    first: z.array(z.string()).describe("The keys of the first ones."),
});

const compared = {
    rows: z.strictObject({ source: z.number(), target: z.number() }).describe("As each server counts them."),
    isEqual: z.boolean(),
    differences: z
        .strictObject({
            missing: Found.describe("Rows that are only in the source."),
            extra: Found.describe("Rows that are only in the target."),
            different: Found,
        })
        .nullable()
        .describe("null where no values were compared, or none differ without their keys."),
    isWhole: z.boolean().describe("False where there may be more differences than those that were counted."),
    notCompared: z.array(z.string()).describe("Fields without a counterpart, each with the reason."),
};

/** What `verify` has found: its result where the collections are equal, else an event before its error. */
export const VerifyResult = z.strictObject({
    source: z.string(),
    target: z.string(),
    by: z.enum(["full", "count"]),
    ...compared,
    seconds: z.number(),
});

export type VerifyResult = z.infer<typeof VerifyResult>;
export type Compared = z.infer<z.ZodObject<typeof compared>>;
