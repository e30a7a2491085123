import type * as pulumi from "@pulumi/pulumi";

import type { Json } from "./json";

/** A module of the program that computes new values, and how it is called. */
export interface TransformArgs {
    /**
     * Path of a JavaScript module, from the program's folder or from that of Pulumi.yaml. Its default export takes a
     * list of rows and returns one row for each, in their order; it may be async. Errors: MV338, MV339.
     */
    module: pulumi.Input<string>;
    /** Rows per call at most. Range: 1 to 16,384. Default: 256. Errors: MV005. */
    batchRows?: pulumi.Input<number>;
    /** Calls at the same time. Range: 1 to 64. Default: 4. Errors: MV005. */
    concurrency?: pulumi.Input<number>;
    /**
     * How often a call is repeated that throws or does not answer within 600 s. The first pause is 0.5 s, and each
     * further one twice as long. Then the migration stops (MV318). Range: 0 to 10. Default: 2. Errors: MV005.
     */
    retries?: pulumi.Input<number>;
}

/**
 * Queries that the old and the new collection answer before clients are switched. If the new one is below the bar, `up`
 * ends, both collections are kept, and the next `up` asks again without copying.
 */
export interface GateArgs {
    /**
     * How many rows are sampled as queries, or the path of a file of queries, JSON or JSON Lines, from the program's
     * folder or from that of Pulumi.yaml. Range: 1 to 10,000. Default: 100, or those of `module`. Errors: MV005, MV431,
     * MV432.
     */
    queries?: pulumi.Input<number> | pulumi.Input<string>;
    /**
     * Path of a JavaScript module, from the program's folder or from that of Pulumi.yaml. It exports `queries`, which
     * returns queries, or `judge`, which returns a score from 0 to 1 for each, or both. Default: none. Errors: MV431,
     * MV432, MV433.
     */
    module?: pulumi.Input<string>;
    /**
     * Vector fields that sampled queries are asked of. Default: every vector field of the new collection that can be
     * sampled. Errors: MV065.
     */
    fields?: pulumi.Input<pulumi.Input<string>[]>;
    /** Hits of a query that are compared. Range: 1 to 1,000. Default: 10. Errors: MV005. */
    topK?: pulumi.Input<number>;
    /**
     * Parameters of the searches, by the name of the vector field, as clients set them: `{ vector: { ef: 64 } }`. Both
     * collections get them. Default: those of the server. Errors: MV065, MV434.
     */
    searchParams?: pulumi.Input<{ [field: string]: pulumi.Input<{ [key: string]: pulumi.Input<Json> }> }>;
    /**
     * The least recall, or score of `judge`, of the new collection: from 0 to 1, the mean over the queries of each
     * vector field. Below it, `up` ends before the cutover. Default: 0.95. Errors: MV005, MV430.
     */
    minRecall?: pulumi.Input<number>;
    /**
     * How many times the latency (p95) of the old collection the new one may take. A p95 below 5 ms always passes.
     * Default: latencies are shown, and not judged. Range: at least more than 0. Errors: MV005, MV430.
     */
    maxLatencyRatio?: pulumi.Input<number>;
    /**
     * What the hits are compared with. `exact`: the nearest rows by exact search, for which the vectors of the new
     * collection are read once. `old`: the hits of the old collection. Default: exact. Errors: MV004, MV191.
     */
    baseline?: pulumi.Input<"exact" | "old">;
}

/** An undo window: every old collection is retained for a time. */
export interface RetentionArgs {
    /**
     * How long an old collection is retained after its cutover, by the server's clock: whole numbers with `d`, `h`, `m`
     * or `s`, the largest unit first, such as `24h`, `7d` or `1h30m`; 1 s to 3,650 d. The time is written on the
     * collection: a later change of this argument holds for the next migration. Errors: MV082.
     */
    for: pulumi.Input<string>;
    /**
     * How many collections are retained at most; a migration drops the oldest ones before their time. Default: as many
     * as there are. Range: 1 to 50. Errors: MV005.
     */
    most?: pulumi.Input<number>;
}

/** A rollback across several changes. */
export interface RollbackTargetArgs {
    /** Name or generation of the retained collection, as `pulumi-milvus status` shows them. Errors: MV150. */
    to: pulumi.Input<string>;
}

/** How the rows are carried over when a change needs a new collection. */
export interface MigrationArgs {
    /**
     * `online`: clients keep writing, and their inserts, updates and deletes are carried over. `paused`: clients do not
     * write; the old rows are read once less, and a changed row count keeps both collections (MV341). Default:
     * `online`. With `verify: "count"`, new VarChar keys or a `transform` that computes a Geometry or Timestamptz,
     * writes cannot be carried over: `online` is then blocked (MV147), and no value at all is a warning (MV148).
     * Errors: MV004, MV341, MV396, MV397.
     */
    writes?: pulumi.Input<"online" | "paused">;
    /**
     * `full` compares every value of every row before the cutover; `count` compares the number of rows. Default: full.
     * Errors: MV004, MV308.
     */
    verify?: pulumi.Input<"full" | "count">;
    /**
     * `regenerate` accepts new keys where the server generates them and takes none (before Milvus 2.6.3: MV111).
     * Default: preserve. Errors: MV004, MV112, MV113.
     */
    primaryKeys?: pulumi.Input<"preserve" | "regenerate">;
    /**
     * Bytes per insert at most; a server takes messages of 64 MB. Range: 1024 to 62,914,560. Default: 16777216. Errors:
     * MV005.
     */
    batchBytes?: pulumi.Input<number>;
    /**
     * How an index of a loaded collection changes. `in-place`: searches fail between release and load (MV124).
     * `shadow`: a copy is built beside the collection, which keeps serving until the copy takes over. Default:
     * in-place. Errors: MV004.
     */
    indexes?: pulumi.Input<"in-place" | "shadow">;
    /**
     * How existing rows get the `backfill` of a new field. `shadow`: in a copy, after which the collection has no
     * superseded rows. `in-place`: the field is added to the collection, and each row is written again with its value
     * (MV189); the old versions of the rows take memory and disk until Milvus compacts them, so that you have to ask
     * for it. Only where that changes nothing else: Milvus 2.6.18 or later, `writes: "paused"`, a nullable field
     * without `defaultValue`, and a loaded collection without dynamic field, functions, `autoId` keys and time to live;
     * elsewhere the rows are copied, and the preview says why. Default: shadow. Errors: MV004, MV157, MV371.
     */
    backfill?: pulumi.Input<"in-place" | "shadow">;
    /**
     * Losses that you accept, by name: `narrow:score`, `drop:notes`, `memory`. The preview says what to write. Default:
     * none. Errors: MV081.
     */
    allow?: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * Fields omitted from `fields` whose values become keys of the dynamic field, which has to be on. They may stay in
     * the program. Example: `["notes"]`. Default: none. Errors: MV044, MV045, MV138.
     */
    moveToDynamicField?: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * Path of a module, such as `./embed.js`, or an object with its path and how it is called. It computes the fields
     * that nothing else can fill: new ones without `from`, `backfill` and `defaultValue`, and those whose type or
     * dimension changes. Default: none. Errors: MV318, MV338, MV339.
     */
    transform?: pulumi.Input<string> | pulumi.Input<TransformArgs>;
    /**
     * Bytes of memory that both collections may take while they are loaded. Default: no limit. Range: at least 1.
     * Errors: MV135; size unknown: MV139.
     */
    maxMemory?: pulumi.Input<number>;
    /** Rows per second that the copy moves at most. Default: no limit. Range: at least 1. Errors: MV005. */
    maxRowsPerSecond?: pulumi.Input<number>;
    /**
     * Seconds that Milvus may refuse writes for the final pass before the cutover, so that no write can overtake
     * another. Clients get the error of a rate limit, which they retry. Where clients write and the final pass takes
     * longer, `up` ends before the cutover (MV325) and the next one resumes. 0 never refuses writes; milvus-lite
     * cannot. Range: 0 to 3,600. Default: 30. Errors: MV005; perhaps too short: MV152.
     */
    maxWritePause?: pulumi.Input<number>;
    /**
     * Seconds that the old collection stays after the cutover, for a proxy that still uses it. Default: 10; 2 where one
     * process is the whole server (milvus-lite, Milvus standalone), for the requests that it is answering. Range: 0 to
     * 86,400. Errors: MV005.
     */
    grace?: pulumi.Input<number>;
    /**
     * Queries that the old and the new collection answer before clients are switched. If the new one is below the bar,
     * `up` ends, both collections are kept, and the next `up` asks again without copying. Default: none.
     */
    gate?: pulumi.Input<GateArgs>;
    /**
     * Retain the old collection after the cutover, released from memory, so that `rollback` can restore it. `true`: one
     * at a time, until the next migration that retains one. An object: each for a time, so that you can go back across
     * several changes; the first `pulumi up` after its time drops it, and so does `pulumi-milvus cleanup`. A migration
     * without this argument and `pulumi destroy` drop all of them. They take disk space on the server. Where the server
     * stores no properties, or the new collection is on another server, the old one is dropped anyway (MV149). Default:
     * false.
     */
    keepPrevious?: pulumi.Input<boolean> | pulumi.Input<RetentionArgs>;
    /**
     * `up` creates the new collection with a work order on it, and ends within seconds; the command `pulumi-milvus
     * work`, on any machine, copies the rows. The old collection keeps serving. Each `preview` and `up` says where the
     * copy stands, and the output `migrationState` has it. Once the copy is ready, the next `up` switches. An empty
     * collection is replaced at once, and a rollback is not detached. Not possible with a `transform` or new primary
     * keys, on another server, or where the server stores no properties: MV188. Default: false. Errors: MV188, MV349.
     */
    detach?: pulumi.Input<boolean>;
    /**
     * Who switches a detached migration. `up`: the worker ends once the copy is ready, and the next `up` switches.
     * `worker`: the worker switches as well, with every alias of the old collection, and drops or retains the old one;
     * the next `up` records that. No effect without `detach`. Default: up. Errors: MV004.
     */
    switchBy?: pulumi.Input<"up" | "worker">;
    /**
     * `previous`: the program has the schema of the collection that was retained last, which takes over again and gets
     * the writes made since, instead of a copy. An object names an earlier one. A field that was dropped since has its
     * values again. It has no effect while the schema does not change, and may stay in the program until the next
     * change. Default: a migration copies all rows. Errors: MV004, MV150, MV151, MV156.
     */
    rollback?: pulumi.Input<"previous"> | pulumi.Input<RollbackTargetArgs>;
}
