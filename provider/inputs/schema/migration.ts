import { z } from "zod";

import { Gate } from "./gate";
import { KeepPrevious, Rollback } from "./retention";

const megabyte = 1024 * 1024;

/** Bytes of an insert: a server takes messages of 64 MB. */
export const batchLimits = { least: 1024, most: 60 * megabyte } as const;

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
                '`online`: clients keep writing, and their inserts, updates and deletes are carried over. `paused`: clients do not write; the old rows are read once less, and a changed row count keeps both collections (MV341). Default: `online`. With `verify: "count"`, new VarChar keys or a `transform` that computes a Geometry or Timestamptz, writes cannot be carried over: `online` is then blocked (MV147), and no value at all is a warning (MV148). Errors: MV004, MV341, MV396, MV397.',
            ),
        verify: z
            .enum(["full", "count"])
            .default("full")
            .describe(
                "`full` compares every value of every row before the cutover; `count` compares the number of rows. Errors: MV004, MV308.",
            ),
        primaryKeys: z
            .enum(["preserve", "regenerate"])
            .default("preserve")
            .describe(
                "`regenerate` accepts new keys where the server generates them and takes none (before Milvus 2.6.3: MV111). Errors: MV004, MV112, MV113.",
            ),
        batchBytes: z
            .int()
            .min(batchLimits.least)
            .max(batchLimits.most)
            .default(16 * megabyte)
            .describe("Bytes per insert at most; a server takes messages of 64 MB. Errors: MV005."),
        indexes: z
            .enum(["in-place", "shadow"])
            .default("in-place")
            .describe(
                "How an index of a loaded collection changes. `in-place`: searches fail between release and load (MV124). `shadow`: a copy is built beside the collection, which keeps serving until the copy takes over. Errors: MV004.",
            ),
        backfill: z
            .enum(["in-place", "shadow"])
            .default("shadow")
            .describe(
                'How existing rows get the `backfill` of a new field. `shadow`: in a copy, after which the collection has no superseded rows. `in-place`: the field is added to the collection, and each row is written again with its value (MV189); the old versions of the rows take memory and disk until Milvus compacts them, so that you have to ask for it. Only where that changes nothing else: Milvus 2.6.18 or later, `writes: "paused"`, a nullable field without `defaultValue`, and a loaded collection without dynamic field, functions, `autoId` keys and time to live; elsewhere the rows are copied, and the preview says why. Errors: MV004, MV157, MV371.',
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
                'Fields omitted from `fields` whose values become keys of the dynamic field, which has to be on. They may stay in the program. Example: `["notes"]`. Errors: MV044, MV045, MV138.',
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
                "Seconds that Milvus may refuse writes for the final pass before the cutover, so that no write can overtake another. Clients get the error of a rate limit, which they retry. Where clients write and the final pass takes longer, `up` ends before the cutover (MV325) and the next one resumes. 0 never refuses writes; milvus-lite cannot. Errors: MV005; perhaps too short: MV152.",
            ),
        grace: z
            .number()
            .min(0)
            .max(86_400)
            .optional()
            .describe(
                "Seconds that the old collection stays after the cutover, for a proxy that still uses it. Default: 10; 2 where one process is the whole server (milvus-lite, Milvus standalone), for the requests that it is answering. Errors: MV005.",
            ),
        gate: Gate.optional(),
        keepPrevious: KeepPrevious,
        detach: z
            .boolean()
            .default(false)
            .describe(
                "`up` creates the new collection with a work order on it, and ends within seconds; the command `pulumi-milvus work`, on any machine, copies the rows. The old collection keeps serving. Each `preview` and `up` says where the copy stands, and the output `migrationState` has it. Once the copy is ready, the next `up` switches. An empty collection is replaced at once, and a rollback is not detached. Not possible with a `transform` or new primary keys, on another server, or where the server stores no properties: MV188. Errors: MV188, MV349.",
            ),
        switchBy: z
            .enum(["up", "worker"])
            .default("up")
            .describe(
                "Who switches a detached migration. `up`: the worker ends once the copy is ready, and the next `up` switches. `worker`: the worker switches as well, with every alias of the old collection, and drops or retains the old one; the next `up` records that. No effect without `detach`. Errors: MV004.",
            ),
        rollback: Rollback,
    })
    .describe("How the rows are carried over when a change needs a new collection.");

/** A migration as a program writes it: a transform may be its path alone. */
export const MigrationInputs = Migration.extend({
    transform: z
        .union([z.string().min(1), Transform])
        .optional()
        .describe(
            "Path of a module, such as `./embed.js`, or an object with its path and how it is called. It computes the fields that nothing else can fill: new ones without `from`, `backfill` and `defaultValue`, and those whose type or dimension changes. Errors: MV318, MV338, MV339.",
        ),
}).describe(Migration.description!);

export type Transform = z.infer<typeof Transform>;
export type Migration = z.infer<typeof Migration>;
