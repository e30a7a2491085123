import type * as pulumi from "@pulumi/pulumi";

import type { DataType } from "../provider/inputs/schema/dataType";

/** A JSON value; an Int64 beyond 2^53 is written as a string of digits. */
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/**
 * How to reach another server than the stack's. It stands for itself: nothing of `milvus:*` is mixed in. `token` and
 * `password` are kept as secrets, whether the program marks them or not.
 */
export interface ConnectionArgs {
    /** `host:port`, or `http(s)://host:port`; `https` means TLS. The port defaults to 19530, to 443 with `https`. */
    address: pulumi.Input<string>;
    /** An API key, or `user:password`. */
    token?: pulumi.Input<string>;
    username?: pulumi.Input<string>;
    password?: pulumi.Input<string>;
    /** The database of resources that name none. Default: `default`. */
    database?: pulumi.Input<string>;
    /** TLS. Default: false. */
    ssl?: pulumi.Input<boolean>;
    /** Path of a PEM file on the machine that runs Pulumi. */
    caFile?: pulumi.Input<string>;
    clientCertFile?: pulumi.Input<string>;
    clientKeyFile?: pulumi.Input<string>;
    /** The name in the server's certificate, where it differs from the address. */
    serverName?: pulumi.Input<string>;
    /** Seconds until a call is given up; connecting is given up after 10 at most. Default: 30. */
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
    /** Letters, digits and underscores, not a digit first; 255 at most. */
    name: pulumi.Input<string>;
    /** Milvus' own name of the type. */
    dataType: pulumi.Input<DataType>;
    description?: pulumi.Input<string>;
    /** One field is the primary key: an Int64 or a VarChar. Default: false. */
    isPrimaryKey?: pulumi.Input<boolean>;
    /** The server makes the keys. Default: false. */
    autoId?: pulumi.Input<boolean>;
    /** Rows go to partitions by this field's value. Default: false. */
    isPartitionKey?: pulumi.Input<boolean>;
    /** Default: false. */
    isClusteringKey?: pulumi.Input<boolean>;
    /** Default: false. Since Milvus 2.5. */
    nullable?: pulumi.Input<boolean>;
    /** The value of a row that is inserted without one. Since Milvus 2.5. */
    defaultValue?: pulumi.Input<Json>;
    /** Dimensions of a dense vector, 2 to 32,768; bits of a BinaryVector, a multiple of 8. */
    dim?: pulumi.Input<number>;
    /** Bytes of a VarChar, or of each VarChar in an Array, 1 to 65,535. Default: 65,535. */
    maxLength?: pulumi.Input<number>;
    /** What an Array holds: a scalar type, or `Struct` with `fields`. */
    elementType?: pulumi.Input<string>;
    /** Elements that an Array holds at most, 1 to 4,096. */
    maxCapacity?: pulumi.Input<number>;
    /** The fields of an Array of `Struct`. */
    fields?: pulumi.Input<pulumi.Input<StructFieldArgs>[]>;
    /** A VarChar for full text search. Default: false. Since Milvus 2.5. */
    enableAnalyzer?: pulumi.Input<boolean>;
    /** Keyword match on an analyzed VarChar. Default: false. */
    enableMatch?: pulumi.Input<boolean>;
    analyzerParams?: pulumi.Input<Json>;
    /** The name that the field had before: its values come along under the new one. It may stay in the program. */
    previousName?: pulumi.Input<string>;
    /**
     * Where the rows that were there before the field hold its value: a key of the dynamic field (`$meta.lang`), or a
     * path into a JSON field (`metadata.author.name`, `metadata["a key"]`). A row without it gets what a new field gets.
     * It may stay in the program.
     */
    from?: pulumi.Input<string>;
    /** The value of rows that were there before the field. Default: `defaultValue`, else NULL, else the type's zero. */
    backfill?: pulumi.Input<Json>;
}

/** An index (Milvus docs, "Index Explained"). A vector without one gets AUTOINDEX, unless `load` is false. */
export interface IndexArgs {
    field: pulumi.Input<string>;
    /** Default: the field's name. */
    name?: pulumi.Input<string>;
    /** Default: AUTOINDEX. */
    indexType?: pulumi.Input<string>;
    /** Default: COSINE for dense vectors, HAMMING for binary, IP for sparse, BM25 for the output of such a function. */
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

/** How the collection stands in memory (Milvus docs, "Load & Release"). */
export interface LoadArgs {
    /** Default: 1. */
    replicas?: pulumi.Input<number>;
    resourceGroups?: pulumi.Input<pulumi.Input<string>[]>;
}

/** How rows pass through a module of the program. */
export interface TransformArgs {
    /** Path of a JavaScript module, from the program's folder; it exports by default `(rows) => rows`, async if need be. */
    module: pulumi.Input<string>;
    /** Rows of a call at most, up to 16384. Default: 256. */
    batchRows?: pulumi.Input<number>;
    /** Calls at the same time, up to 64. Default: 4. */
    concurrency?: pulumi.Input<number>;
    /**
     * How often a call that throws, or does not answer within ten minutes, is made again, after a pause that doubles from
     * half a second; up to 10. Default: 2.
     */
    retries?: pulumi.Input<number>;
}

/** How rows are carried over when the schema changes. */
export interface MigrationArgs {
    /**
     * `online` brings along what is written, changed and deleted while the rows are copied and until the old collection
     * is dropped; `paused` reads the old rows once less, and keeps both collections where the count changed. Default:
     * online; with `verify: "count"`, with keys that are made anew and with a `transform` nobody can follow the writes:
     * `online` is refused then (`MV147`), and nothing at all is warned of (`MV148`).
     */
    writes?: pulumi.Input<"online" | "paused">;
    /** `full` compares every value of every row, `count` the number of rows. Default: full. */
    verify?: pulumi.Input<"full" | "count">;
    /** `regenerate` accepts new keys where the server makes them and takes none (before Milvus 2.6.3). Default: preserve. */
    primaryKeys?: pulumi.Input<"preserve" | "regenerate">;
    /** Bytes that one insert carries at most, up to 60 MiB. Default: 16 MiB. */
    batchBytes?: pulumi.Input<number>;
    /**
     * An index of a loaded collection changes `in-place`: searches fail between the release and the load; or on a
     * `shadow`: a copy is built beside the collection, which serves meanwhile. Default: in-place.
     */
    indexes?: pulumi.Input<"in-place" | "shadow">;
    /** Losses that are accepted, by name: `narrow:score`, `drop:notes`, `memory`. The preview says what to write. */
    allow?: pulumi.Input<pulumi.Input<string>[]>;
    /** Fields left out of `fields` whose values become keys of the dynamic field. They may stay in the program. */
    moveToDynamicField?: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * Path of a module, from the program's folder, that makes the values of fields that nothing else can fill: new
     * ones without `from`, `backfill` or `defaultValue`, and those whose type or dimension changes. An object says how
     * the module is called, too.
     */
    transform?: pulumi.Input<string> | pulumi.Input<TransformArgs>;
    /** Bytes of memory that both copies together may take while they are loaded. Default: no limit. */
    maxMemory?: pulumi.Input<number>;
    /** Rows that are copied in a second at most. Default: no limit. */
    maxRowsPerSecond?: pulumi.Input<number>;
    /**
     * Where clients write, Milvus refuses their writes for the last pass before the cut-over, with the error of its rate
     * limits, which clients repeat: so no write can overtake another. Seconds that this may take. Where clients write and
     * it takes longer, `up` ends before the switch (MV325), and the next one goes on. 0 refuses no writes; nor does
     * milvus-lite, which has no way to. Default: 30.
     */
    maxWritePause?: pulumi.Input<number>;
    /** Seconds that the old collection stays after the cut-over, up to a day. Default: 10. */
    grace?: pulumi.Input<number>;
    /**
     * The old collection is not dropped after the cut-over but kept, released from memory: `rollback` takes it up again.
     * It goes when the next migration leaves another one in its place, and with `pulumi destroy`. It takes room on the
     * server's disk. Where the server keeps no properties, or the new collection is on another server, it is dropped
     * nevertheless (`MV149`). Default: false.
     */
    keepPrevious?: pulumi.Input<boolean>;
    /**
     * `previous` goes back: the program has the schema of the collection that was kept last, which is taken up again
     * with what was written since. A field that the migration had dropped has its values again. Refused where none is
     * kept (`MV150`), or where it is not as declared (`MV151`). It means nothing while nothing is to be migrated, and
     * may stay in the program until the next change of the schema. Default: a migration copies all rows.
     */
    rollback?: pulumi.Input<"previous">;
}

/** Arguments of `Collection`. */
export interface CollectionArgs {
    /** Default: the logical name plus seven hex digits, new in each replacement. */
    name?: pulumi.Input<string>;
    /** Default: the connection's. */
    database?: pulumi.Input<string>;
    description?: pulumi.Input<string>;
    fields: pulumi.Input<pulumi.Input<FieldArgs>[]>;
    functions?: pulumi.Input<pulumi.Input<FunctionArgs>[]>;
    indexes?: pulumi.Input<pulumi.Input<IndexArgs>[]>;
    /** Partitions besides `_default`. Those that an application made stay, and their rows come along. */
    partitions?: pulumi.Input<pulumi.Input<string>[]>;
    /** With a partition key: how many partitions its values are spread over. */
    numPartitions?: pulumi.Input<number>;
    /** Rows may hold keys that no field declares. Default: false. */
    enableDynamicField?: pulumi.Input<boolean>;
    /** 1 to 16. Default: 1; a collection that is there keeps its own unless this is set. */
    shardsNum?: pulumi.Input<number>;
    /** Default: Bounded. */
    consistencyLevel?: pulumi.Input<"Strong" | "Session" | "Bounded" | "Eventually">;
    /** As Milvus spells them: `{ "collection.ttl.seconds": 3600 }`. */
    properties?: pulumi.Input<{ [key: string]: pulumi.Input<string | number | boolean> }>;
    /** Default: true. */
    load?: pulumi.Input<boolean | LoadArgs>;
    /** Refuses to drop the collection while it holds rows that no migration has carried over. Default: false. */
    deletionProtection?: pulumi.Input<boolean>;
    /** Takes over a collection that is there already and as declared. Default: false. */
    adopt?: pulumi.Input<boolean>;
    migration?: pulumi.Input<MigrationArgs>;
    /** Default: the stack's configuration. */
    connection?: pulumi.Input<ConnectionArgs>;
}

/** Arguments of `Alias`. */
export interface AliasArgs {
    /** Default: the resource's logical name. */
    name?: pulumi.Input<string>;
    /** The physical name of a collection: `collectionName` of a `Collection`. */
    collection: pulumi.Input<string>;
    /** Default: the connection's. */
    database?: pulumi.Input<string>;
    /** Takes over an alias that is there already and points elsewhere. Default: false. */
    adopt?: pulumi.Input<boolean>;
    /** Default: the stack's configuration. */
    connection?: pulumi.Input<ConnectionArgs>;
}
