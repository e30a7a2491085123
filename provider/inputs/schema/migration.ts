import { z } from "zod";

const megabyte = 1024 * 1024;

export const Transform = z
    .strictObject({
        module: z
            .string()
            .min(1)
            .describe(
                "Path of a JavaScript module, from the program's folder or from that of Pulumi.yaml. Its default export takes a list of rows and returns one row for each, in their order; it may be async. Errors: MV338, MV339.",
            ),
        batchRows: z.int().min(1).max(16_384).default(256).describe("Rows per call at most. Errors: MV005."),
        concurrency: z.int().min(1).max(64).default(4).describe("Calls at the same time. Errors: MV005."),
        retries: z
            .int()
            .min(0)
            .max(10)
            .default(2)
            .describe(
                "How often a call is repeated that throws or does not answer within 600 s. The first pause is 0.5 s, and each further one twice as long. Then the migration stops (MV318). Errors: MV005.",
            ),
    })
    .describe("A module of the program that computes new values, and how it is called.");

export const Migration = z
    .strictObject({
        writes: z
            .enum(["online", "paused"])
            .optional()
            .describe(
                '`online`: clients keep writing, and their inserts, updates and deletes are carried over. `paused`: clients do not write; the old rows are read once less, and a changed row count keeps both collections (MV341). Default: `online`. With `verify: "count"`, new primary keys or a `transform`, writes cannot be carried over: `online` is then blocked (MV147), and no value at all is a warning (MV148).',
            ),
        verify: z
            .enum(["full", "count"])
            .default("full")
            .describe(
                "`full` compares every value of every row before the cutover; `count` compares the number of rows. Errors: MV308.",
            ),
        primaryKeys: z
            .enum(["preserve", "regenerate"])
            .default("preserve")
            .describe(
                "`regenerate` accepts new keys where the server generates them and takes none (before Milvus 2.6.3: MV111). Errors: MV112, MV113.",
            ),
        batchBytes: z
            .int()
            .min(1024)
            .max(60 * megabyte)
            .default(16 * megabyte)
            .describe("Bytes per insert at most; a server takes messages of 64 MB. Errors: MV005."),
        indexes: z
            .enum(["in-place", "shadow"])
            .default("in-place")
            .describe(
                "How an index of a loaded collection changes. `in-place`: searches fail between release and load (MV124). `shadow`: a copy is built beside the collection, which keeps serving until the copy takes over.",
            ),
        allow: z
            .array(z.string())
            .default([])
            .describe(
                "Losses that you accept, by name: `narrow:score`, `drop:notes`, `memory`. The preview says what to write. Errors: MV081.",
            ),
        moveToDynamicField: z
            .array(z.string())
            .default([])
            .describe(
                "Fields omitted from `fields` whose values become keys of the dynamic field, which has to be on. They may stay in the program. Errors: MV044, MV045, MV138.",
            ),
        transform: Transform.optional(),
        maxMemory: z
            .int()
            .min(1)
            .optional()
            .describe(
                "Bytes of memory that both collections may take while they are loaded. Default: no limit. Errors: MV135; size unknown: MV139.",
            ),
        maxRowsPerSecond: z
            .int()
            .min(1)
            .optional()
            .describe("Rows per second that the copy moves at most. Default: no limit. Errors: MV005."),
        maxWritePause: z
            .number()
            .min(0)
            .max(3600)
            .default(30)
            .describe(
                "Seconds that Milvus may refuse writes for the final pass before the cutover, so that no write can overtake another. Clients get the error of a rate limit, which they retry. Where clients write and the final pass takes longer, `up` ends before the cutover (MV325) and the next one resumes. 0 never refuses writes; milvus-lite cannot. Warning: MV152.",
            ),
        grace: z
            .number()
            .min(0)
            .max(86_400)
            .default(10)
            .describe(
                "Seconds that the old collection stays after the cutover, for a proxy that still uses it.",
            ),
        keepPrevious: z
            .boolean()
            .default(false)
            .describe(
                "Retain the old collection after the cutover, released from memory, so that `rollback` can restore it. It is dropped when the next migration retains another one, and by `pulumi destroy`. It takes disk space on the server. Where the server stores no properties, or the new collection is on another server, it is dropped anyway (MV149).",
            ),
        rollback: z
            .enum(["previous"])
            .optional()
            .describe(
                "`previous`: the program has the schema of the retained collection, which takes over again and gets the writes made since, instead of a copy. A field that the migration dropped has its values again. It has no effect while the schema does not change, and may stay in the program until the next change. Default: a migration copies all rows. Errors: MV150, MV151.",
            ),
    })
    .describe("How the rows are carried over when a change needs a new collection.");

/** A migration as a program writes it: a transform may be its path alone. */
export const MigrationInputs = Migration.extend({
    transform: z
        .union([z.string().min(1), Transform])
        .optional()
        .describe(
            "Path of a module, or an object with its path and how it is called. It computes the fields that nothing else can fill: new ones without `from`, `backfill` and `defaultValue`, and those whose type or dimension changes. Errors: MV318, MV338, MV339.",
        ),
}).describe(Migration.description!);

export type Transform = z.infer<typeof Transform>;
export type Migration = z.infer<typeof Migration>;
