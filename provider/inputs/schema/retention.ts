import { z } from "zod";

/** How long a program retains old collections. */
export const Retention = z
    .strictObject({
        for: z
            .string()
            .describe(
                "How long an old collection is retained after its cutover, by the server's clock: whole numbers with `d`, `h`, `m` or `s`, the largest unit first, such as `24h`, `7d` or `1h30m`; 1 s to 3,650 d. The time is written on the collection: a later change of this argument holds for the next migration. Errors: MV082.",
            ),
        most: z
            .int()
            .min(1)
            .max(50)
            .optional()
            .describe(
                "How many collections are retained at most; a migration drops the oldest ones before their time. Default: as many as there are. Errors: MV005.",
            ),
    })
    .describe("An undo window: every old collection is retained for a time.");

/** Which retained collection a program goes back to. */
export const RollbackTarget = z
    .strictObject({
        to: z
            .string()
            .min(1)
            .describe(
                "Name or generation of the retained collection, as `pulumi-milvus status` shows them. Errors: MV150.",
            ),
    })
    .describe("A rollback across several changes.");

export const KeepPrevious = z
    .union([z.boolean(), Retention])
    .default(false)
    .describe(
        "Retain the old collection after the cutover, released from memory, so that `rollback` can restore it. `true`: one at a time, until the next migration that retains one. An object: each for a time, so that you can go back across several changes; the first `pulumi up` after its time drops it, and so does `pulumi-milvus cleanup`. A migration without this argument and `pulumi destroy` drop all of them. They take disk space on the server. Where the server stores no properties, or the new collection is on another server, the old one is dropped anyway (MV149).",
    );

export const Rollback = z
    .union([z.enum(["previous"]), RollbackTarget])
    .optional()
    .describe(
        "`previous`: the program has the schema of the collection that was retained last, which takes over again and gets the writes made since, instead of a copy. An object names an earlier one. A field that was dropped since has its values again. It has no effect while the schema does not change, and may stay in the program until the next change. Default: a migration copies all rows. Errors: MV004, MV150, MV151, MV156.",
    );

export type KeepPrevious = z.infer<typeof KeepPrevious>;
export type Rollback = z.infer<typeof Rollback>;
