import type * as pulumi from "@pulumi/pulumi";

import type { DataType } from "../provider/inputs/schema/dataType";

/** A JSON value. An Int64 beyond 2^53 is a string of digits. */
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * How to reach another server than the stack's. It replaces the stack's connection as a whole: no `milvus:*` setting is
 * used. `token` and `password` are stored as secrets, even if the program does not mark them.
 */
export interface ConnectionArgs {
    /** `host:port`, or `http(s)://host:port`; `https` means TLS. The port defaults to 19530, to 443 with `https`. */
    address: pulumi.Input<string>;
    /** An API key, or `user:password`. Not together with `username` and `password`. */
    token?: pulumi.Input<string>;
    username?: pulumi.Input<string>;
    password?: pulumi.Input<string>;
    /** The database of resources that name none. Default: `default`. */
    database?: pulumi.Input<string>;
    /** Use TLS. Default: false, and true with an `https` address. */
    ssl?: pulumi.Input<boolean>;
    /** Path of a PEM file with the certificate of the authority, on the machine that runs Pulumi. */
    caFile?: pulumi.Input<string>;
    /** Path of a PEM file with the client's certificate, together with `clientKeyFile`. */
    clientCertFile?: pulumi.Input<string>;
    /** Path of a PEM file with the client's key, together with `clientCertFile`. */
    clientKeyFile?: pulumi.Input<string>;
    /** The name in the server's certificate, where it differs from the address. */
    serverName?: pulumi.Input<string>;
    /** Seconds that one call may take, up to 3,600. Connecting takes 10 s at most. Default: 30. */
    timeout?: pulumi.Input<number>;
}

/** A field of the Structs in an Array (Milvus docs, "Array of Structs", 2.6.4). */
export interface StructFieldArgs {
    name: pulumi.Input<string>;
    dataType: pulumi.Input<DataType>;
    description?: pulumi.Input<string>;
    dim?: pulumi.Input<number>;
    maxLength?: pulumi.Input<number>;
}

/** A field of a collection (Milvus docs, "Schema Explained"). */
export interface FieldArgs {
    /** Letters, digits and underscores, not starting with a digit; at most 255 characters. */
    name: pulumi.Input<string>;
    /** Milvus' own name of the type. */
    dataType: pulumi.Input<DataType>;
    description?: pulumi.Input<string>;
    /** Exactly one field is the primary key: an Int64 or a VarChar. Default: false. */
    isPrimaryKey?: pulumi.Input<boolean>;
    /** The server generates the primary keys. Default: false. */
    autoId?: pulumi.Input<boolean>;
    /** The server chooses the partition of a row by this field's value. Default: false. */
    isPartitionKey?: pulumi.Input<boolean>;
    /** Compaction groups the rows by this field's value. Default: false. */
    isClusteringKey?: pulumi.Input<boolean>;
    /** Rows may hold NULL. Default: false. Since Milvus 2.5. */
    nullable?: pulumi.Input<boolean>;
    /** The value of a row that is inserted without one. Since Milvus 2.5. */
    defaultValue?: pulumi.Input<Json>;
    /** Dimensions of a dense vector, 2 to 32,768; bits of a BinaryVector, a multiple of 8. */
    dim?: pulumi.Input<number>;
    /** Limit in bytes of a VarChar, or of each VarChar in an Array: 1 to 65,535. Default: 65,535. */
    maxLength?: pulumi.Input<number>;
    /** Type of an Array's elements: a scalar type, or `Struct` with `fields`. */
    elementType?: pulumi.Input<string>;
    /** Maximum number of elements of an Array, 1 to 4,096. */
    maxCapacity?: pulumi.Input<number>;
    /** The fields of the Structs in an Array of `Struct`. */
    fields?: pulumi.Input<pulumi.Input<StructFieldArgs>[]>;
    /** Analyze a VarChar for full text search. Default: false. Since Milvus 2.5. */
    enableAnalyzer?: pulumi.Input<boolean>;
    /** Allow text match on an analyzed VarChar. Default: false. */
    enableMatch?: pulumi.Input<boolean>;
    analyzerParams?: pulumi.Input<Json>;
    /** Name of the field before a rename: its values move to the new name. It may stay in the program. */
    previousName?: pulumi.Input<string>;
    /**
     * Where existing rows hold the value of a new field: a dynamic key (`$meta.lang`), or a path in a JSON field
     * (`metadata.author.name`, `metadata["a key"]`). A row without it gets the value that any new field gets. It may stay in
     * the program.
     */
    from?: pulumi.Input<string>;
    /**
     * Value of rows that existed before the field. Default: `defaultValue`, else NULL where nullable, else the type's
     * zero.
     */
    backfill?: pulumi.Input<Json>;
}

/** An index (Milvus docs, "Index Explained"). A vector without one gets AUTOINDEX, unless `load` is false. */
export interface IndexArgs {
    field: pulumi.Input<string>;
    /** Name of the index. Default: the field's name. */
    name?: pulumi.Input<string>;
    /** Milvus' own name of the index type. Default: AUTOINDEX. */
    indexType?: pulumi.Input<string>;
    /** Default: COSINE for dense vectors, HAMMING for binary, IP for sparse, BM25 for the output of a BM25 function. */
    metricType?: pulumi.Input<string>;
    /** As Milvus spells them: `{ M: 16, efConstruction: 200 }`. */
    params?: pulumi.Input<{ [key: string]: pulumi.Input<Json> }>;
}

/** A function of the schema (Milvus docs, "Full Text Search", "Embedding Function Overview"). Since Milvus 2.5. */
export interface FunctionArgs {
    name: pulumi.Input<string>;
    /** `BM25`, `TextEmbedding`, `MinHash`, ... */
    type: pulumi.Input<string>;
    inputFieldNames: pulumi.Input<pulumi.Input<string>[]>;
    outputFieldNames: pulumi.Input<pulumi.Input<string>[]>;
    description?: pulumi.Input<string>;
    params?: pulumi.Input<{ [key: string]: pulumi.Input<Json> }>;
}

/** How the collection is loaded into memory (Milvus docs, "Load & Release"). */
export interface LoadArgs {
    /** Number of replicas. Default: 1. */
    replicas?: pulumi.Input<number>;
    resourceGroups?: pulumi.Input<pulumi.Input<string>[]>;
}

/** A module of the program that computes new values, and how it is called. */
export interface TransformArgs {
    /**
     * Path of a JavaScript module, from the program's folder. Its default export takes a list of rows and returns one row for
     * each, in their order; it may be async.
     */
    module: pulumi.Input<string>;
    /** Maximum rows per call, up to 16,384. Default: 256. */
    batchRows?: pulumi.Input<number>;
    /** Calls at the same time, up to 64. Default: 4. */
    concurrency?: pulumi.Input<number>;
    /**
     * How often a call that throws, or does not answer within ten minutes, is repeated, up to 10. The pause starts at half a
     * second and doubles. Default: 2.
     */
    retries?: pulumi.Input<number>;
}

/** How the rows are carried over when a change needs a new collection. */
export interface MigrationArgs {
    /**
     * `online`: inserts, updates and deletes are carried over until the old collection is dropped. `paused`: clients do not
     * write, the old rows are read once less, and both collections are kept if the row count changed. Default: online. With
     * `verify: "count"`, regenerated keys or a `transform`, writes cannot be carried over: `online` is then blocked
     * (`MV147`), and no value at all is a warning (`MV148`).
     */
    writes?: pulumi.Input<"online" | "paused">;
    /** `full` compares every value of every row, `count` only the number of rows. Default: full. */
    verify?: pulumi.Input<"full" | "count">;
    /**
     * `regenerate` accepts new keys where the server generates them and accepts none (before Milvus 2.6.3). Default:
     * preserve.
     */
    primaryKeys?: pulumi.Input<"preserve" | "regenerate">;
    /** Maximum bytes per insert, up to 60 MiB. Default: 16 MiB. */
    batchBytes?: pulumi.Input<number>;
    /**
     * How an index of a loaded collection changes. `in-place`: searches fail between release and load. `shadow`: a copy is
     * built beside the collection, which keeps serving. Default: in-place.
     */
    indexes?: pulumi.Input<"in-place" | "shadow">;
    /** Losses that are allowed, by name: `narrow:score`, `drop:notes`, `memory`. The preview says what to write. */
    allow?: pulumi.Input<pulumi.Input<string>[]>;
    /** Fields omitted from `fields` whose values become dynamic keys. They may stay in the program. */
    moveToDynamicField?: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * Path of a module, from the program's folder, or an object with its path and how it is called. It computes the fields
     * that nothing else can fill: new ones without `from`, `backfill` or `defaultValue`, and those whose type or dimension
     * changes.
     */
    transform?: pulumi.Input<string> | pulumi.Input<TransformArgs>;
    /** Bytes of memory that both collections may take while they are loaded. Default: no limit. */
    maxMemory?: pulumi.Input<number>;
    /** Maximum rows per second that are copied. Default: no limit. */
    maxRowsPerSecond?: pulumi.Input<number>;
    /**
     * Seconds that Milvus may refuse writes for the final pass before the cutover, so that no write can overtake another.
     * Clients get the error of a rate limit, which they retry. If clients write and the pass takes longer, `up` ends before
     * the cutover (`MV325`), and the next one resumes. 0 never refuses writes; milvus-lite cannot. Default: 30.
     */
    maxWritePause?: pulumi.Input<number>;
    /** Seconds that the old collection is kept after the cutover, up to a day. Default: 10. */
    grace?: pulumi.Input<number>;
    /**
     * Retains the old collection after the cutover, released from memory, so that `rollback` can restore it. It is dropped
     * when the next migration retains another one, and by `pulumi destroy`. It takes disk space on the server. Where the
     * server stores no properties, or the new collection is on another server, it is dropped anyway (`MV149`). Default:
     * false.
     */
    keepPrevious?: pulumi.Input<boolean>;
    /**
     * `previous` rolls back: the program has the schema of the retained collection, which is restored and gets the writes
     * made since. A field that the migration dropped has its values again. Blocked where no collection is retained
     * (`MV150`), or where it differs from the program (`MV151`). It has no effect while the schema does not change, and may
     * stay in the program until the next change. Default: a migration copies all rows.
     */
    rollback?: pulumi.Input<"previous">;
}

/** Arguments of `Collection`. */
export interface CollectionArgs {
    /** Name on the server. Default: the logical name and seven hex digits, new for each replacement. */
    name?: pulumi.Input<string>;
    /** Database of the collection. Default: the connection's. */
    database?: pulumi.Input<string>;
    description?: pulumi.Input<string>;
    fields: pulumi.Input<pulumi.Input<FieldArgs>[]>;
    functions?: pulumi.Input<pulumi.Input<FunctionArgs>[]>;
    indexes?: pulumi.Input<pulumi.Input<IndexArgs>[]>;
    /** Partitions besides `_default`. Those that an application created are kept with their rows. */
    partitions?: pulumi.Input<pulumi.Input<string>[]>;
    /** With a partition key: how many partitions its values are spread over. */
    numPartitions?: pulumi.Input<number>;
    /** Rows may hold keys that no field declares. Default: false. */
    enableDynamicField?: pulumi.Input<boolean>;
    /** Number of shards, 1 to 16. Default: 1 for a new collection, and its own for an existing one. */
    shardsNum?: pulumi.Input<number>;
    /** Default consistency level of reads. Default: Bounded. */
    consistencyLevel?: pulumi.Input<"Strong" | "Session" | "Bounded" | "Eventually">;
    /** As Milvus spells them: `{ "collection.ttl.seconds": 3600 }`. */
    properties?: pulumi.Input<{ [key: string]: pulumi.Input<string | number | boolean> }>;
    /** Whether and how the collection is loaded into memory. Default: true. */
    load?: pulumi.Input<boolean | LoadArgs>;
    /** Refuses to drop the collection while it holds rows that no migration has carried over. Default: false. */
    deletionProtection?: pulumi.Input<boolean>;
    /** Takes over an existing collection as it is; differences are planned at the next preview. Default: false. */
    adopt?: pulumi.Input<boolean>;
    migration?: pulumi.Input<MigrationArgs>;
    /** Another server than the stack's. Default: the stack's configuration. */
    connection?: pulumi.Input<ConnectionArgs>;
}

/** Arguments of `Alias`. */
export interface AliasArgs {
    /** Name of the alias. Default: the resource's logical name. */
    name?: pulumi.Input<string>;
    /** Name of a collection on the server: `collectionName` of a `Collection`. */
    collection: pulumi.Input<string>;
    /** Database of the alias. Default: the connection's. */
    database?: pulumi.Input<string>;
    /** Takes over an existing alias that points elsewhere. Default: false. */
    adopt?: pulumi.Input<boolean>;
    /** Another server than the stack's. Default: the stack's configuration. */
    connection?: pulumi.Input<ConnectionArgs>;
}
