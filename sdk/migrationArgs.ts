import type * as pulumi from "@pulumi/pulumi";

/** A module of the program that computes new values, and how it is called. */
export interface TransformArgs {
    /**
     * Path of a JavaScript module, from the program's folder or from that of Pulumi.yaml. Its default export takes a
     * list of rows and returns one row for each, in their order; it may be async.
     */
    module: pulumi.Input<string>;
    /** Rows per call at most. Range: 1 to 16,384. Default: 256. */
    batchRows?: pulumi.Input<number>;
    /** Calls at the same time. Range: 1 to 64. Default: 4. */
    concurrency?: pulumi.Input<number>;
    /**
     * How often a call is repeated that throws or does not answer within 600 s. The first pause is 0.5 s, and each
     * further one twice as long. Then the migration stops (MV318). Range: 0 to 10. Default: 2.
     */
    retries?: pulumi.Input<number>;
}

/** How the rows are carried over when a change needs a new collection. */
export interface MigrationArgs {
    /**
     * `online`: clients keep writing, and their inserts, updates and deletes are carried over. `paused`: clients do not
     * write; the old rows are read once less, and a changed row count keeps both collections (MV341). Default:
     * `online`. With `verify: "count"`, new primary keys or a `transform`, writes cannot be carried over: `online` is
     * then blocked (MV147), and no value at all is a warning (MV148).
     */
    writes?: pulumi.Input<"online" | "paused">;
    /**
     * `full` compares every value of every row before the cutover; `count` compares the number of rows. Default: full.
     */
    verify?: pulumi.Input<"full" | "count">;
    /**
     * `regenerate` accepts new keys where the server generates them and takes none (before Milvus 2.6.3: MV111).
     * Default: preserve.
     */
    primaryKeys?: pulumi.Input<"preserve" | "regenerate">;
    /** Bytes per insert at most; a server takes messages of 64 MB. Range: 1024 to 62,914,560. Default: 16777216. */
    batchBytes?: pulumi.Input<number>;
    /**
     * How an index of a loaded collection changes. `in-place`: searches fail between release and load (MV124).
     * `shadow`: a copy is built beside the collection, which keeps serving until the copy takes over. Default:
     * in-place.
     */
    indexes?: pulumi.Input<"in-place" | "shadow">;
    /** Losses that you accept, by name: `narrow:score`, `drop:notes`, `memory`. The preview says what to write. */
    allow?: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * Fields omitted from `fields` whose values become keys of the dynamic field, which has to be on. They may stay in
     * the program.
     */
    moveToDynamicField?: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * Path of a module, or an object with its path and how it is called. It computes the fields that nothing else can
     * fill: new ones without `from`, `backfill` and `defaultValue`, and those whose type or dimension changes.
     */
    transform?: pulumi.Input<string> | pulumi.Input<TransformArgs>;
    /** Bytes of memory that both collections may take while they are loaded. Default: no limit. Range: at least 1. */
    maxMemory?: pulumi.Input<number>;
    /** Rows per second that the copy moves at most. Default: no limit. Range: at least 1. */
    maxRowsPerSecond?: pulumi.Input<number>;
    /**
     * Seconds that Milvus may refuse writes for the final pass before the cutover, so that no write can overtake
     * another. Clients get the error of a rate limit, which they retry. Where clients write and the final pass takes
     * longer, `up` ends before the cutover (MV325) and the next one resumes. 0 never refuses writes; milvus-lite
     * cannot. Range: 0 to 3,600. Default: 30.
     */
    maxWritePause?: pulumi.Input<number>;
    /**
     * Seconds that the old collection stays after the cutover, for a proxy that still uses it. Range: 0 to 86,400.
     * Default: 10.
     */
    grace?: pulumi.Input<number>;
    /**
     * Retain the old collection after the cutover, released from memory, so that `rollback` can restore it. It is
     * dropped when the next migration retains another one, and by `pulumi destroy`. It takes disk space on the server.
     * Where the server stores no properties, or the new collection is on another server, it is dropped anyway (MV149).
     * Default: false.
     */
    keepPrevious?: pulumi.Input<boolean>;
    /**
     * `previous`: the program has the schema of the retained collection, which takes over again and gets the writes
     * made since, instead of a copy. A field that the migration dropped has its values again. It has no effect while
     * the schema does not change, and may stay in the program until the next change. Default: a migration copies all
     * rows.
     */
    rollback?: pulumi.Input<"previous">;
}
