import type * as pulumi from "@pulumi/pulumi";

import type { DataType } from "../provider/inputs/schema/dataType";
import type { ConnectionArgs } from "./connectionArgs";
import type { MigrationArgs } from "./migrationArgs";

export type { ConnectionArgs } from "./connectionArgs";
export type { MigrationArgs, TransformArgs } from "./migrationArgs";

/** A JSON value. An Int64 beyond 2^53 is a string of digits. */
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A field of the Structs in an Array. Source: Milvus docs, "Array of Structs" (Milvus 2.6.4). */
export interface StructFieldArgs {
    /** Name of the field, unique in the Struct. */
    name: pulumi.Input<string>;
    /** A scalar type that an Array can hold, or a dense vector. */
    dataType: pulumi.Input<DataType>;
    /** Text for people. */
    description?: pulumi.Input<string>;
    /** Dimensions of a dense vector. */
    dim?: pulumi.Input<number>;
    /** Limit of a VarChar in bytes. Default: 65535. Range: 1 to 65,535. */
    maxLength?: pulumi.Input<number>;
}

/**
 * A field of a collection. A collection has at most 64 fields (MV051), at least one vector (MV050), and by default at
 * most 4 (MV052). Source: Milvus docs, "Schema Explained" and the page of each data type.
 */
export interface FieldArgs {
    /**
     * Letters, digits and underscores, beginning with no digit; at most 255 characters. A keyword of the filter
     * language (`like`, `in`, `json_contains`, ...) is a warning, because Milvus 2.5 and later reject it: MV019.
     */
    name: pulumi.Input<string>;
    /** Milvus' own name of the type. */
    dataType: pulumi.Input<DataType>;
    /** Text for people. */
    description?: pulumi.Input<string>;
    /**
     * Exactly one field is the primary key: an Int64 or a VarChar, never NULL, without default and backfill. Source:
     * Milvus docs, "Primary Field & AutoID". Default: false.
     */
    isPrimaryKey?: pulumi.Input<boolean>;
    /** The server generates the primary keys. Default: false. */
    autoId?: pulumi.Input<boolean>;
    /**
     * The server chooses the partition of a row by this value. One Int64 or VarChar per collection, not the primary
     * key, never NULL. Source: Milvus docs, "Use Partition Key". Default: false.
     */
    isPartitionKey?: pulumi.Input<boolean>;
    /**
     * Compaction groups the rows by this value. One number or VarChar per collection. Source: Milvus docs, "Clustering
     * Compaction". Default: false.
     */
    isClusteringKey?: pulumi.Input<boolean>;
    /**
     * Rows may hold NULL. Since Milvus 2.5; vectors since 2.6.18 (MV028), Arrays of Structs since 3.0 (MV029). Source:
     * Milvus docs, "Nullable & Default". Default: false.
     */
    nullable?: pulumi.Input<boolean>;
    /** Value of a row that is inserted without one. Since Milvus 2.5. Not for vectors, JSON and Arrays. */
    defaultValue?: pulumi.Input<Json>;
    /**
     * Dimensions of a dense vector, 2 to 32,768. Of a BinaryVector: bits, a multiple of 8, up to 262,144. Required for
     * these types. Source: Milvus docs, "Milvus Limits".
     */
    dim?: pulumi.Input<number>;
    /** Limit in bytes of a VarChar, or of each VarChar in an Array. Default: 65535. Range: 1 to 65,535. */
    maxLength?: pulumi.Input<number>;
    /**
     * Type of an Array's elements: Bool, Int8, Int16, Int32, Int64, Float, Double, VarChar, Struct. Required for an
     * Array. Source: Milvus docs, "Array Field".
     */
    elementType?: pulumi.Input<string>;
    /** How many elements an Array holds at most. Required for an Array. Range: 1 to 4,096. */
    maxCapacity?: pulumi.Input<number>;
    /** The fields of the Structs in an Array of Struct. */
    fields?: pulumi.Input<pulumi.Input<StructFieldArgs>[]>;
    /**
     * Analyze a VarChar for full text search. Since Milvus 2.5. Source: Milvus docs, "Analyzer Overview". Default:
     * false.
     */
    enableAnalyzer?: pulumi.Input<boolean>;
    /** Allow text match on an analyzed VarChar. Default: false. */
    enableMatch?: pulumi.Input<boolean>;
    /** Parameters of the analyzer, an object such as `{ type: "english" }`. */
    analyzerParams?: pulumi.Input<Json>;
    /** Name of the field before a rename: its values move to the new name. It may stay in the program. */
    previousName?: pulumi.Input<string>;
    /**
     * Where existing rows hold the value of a new field: a dynamic key (`$meta.lang`) or a JSON path
     * (`metadata.author["full name"]`). A row without it gets what any new field gets. It may stay in the program. Not
     * for vectors, Structs and the primary key.
     */
    from?: pulumi.Input<string>;
    /**
     * Value of the rows that existed before the field, and in place of NULL when the field becomes not nullable.
     * Default: `defaultValue`, else NULL where nullable, else the zero of the type; a vector, a Geometry and a
     * Timestamptz have no zero (MV103, MV105).
     */
    backfill?: pulumi.Input<Json>;
}

/** An index. A vector without one gets AUTOINDEX, unless `load` is false. Source: Milvus docs, "Index Explained". */
export interface IndexArgs {
    /**
     * Name of a field; `chunks[vector]` for a field of Structs. A JSON field can have one index for each path, and a
     * key of the dynamic field can have one, too (Milvus 2.5.11): with `params: { json_path, json_cast_type }`.
     */
    field: pulumi.Input<string>;
    /** Name of the index. Default: the name of the field. */
    name?: pulumi.Input<string>;
    /** Milvus' own name of the index type. Default: AUTOINDEX. */
    indexType?: pulumi.Input<string>;
    /**
     * Metric of a vector. Default: COSINE (dense), HAMMING (binary), IP (sparse), BM25 (output of a BM25 function).
     * Source: Milvus docs, "Metric Types".
     */
    metricType?: pulumi.Input<string>;
    /** Parameters as Milvus spells them: `{ M: 16, efConstruction: 200 }`. */
    params?: pulumi.Input<{ [key: string]: pulumi.Input<Json> }>;
}

/**
 * A function of the schema, since Milvus 2.5. Source: Milvus docs, "Full Text Search" and "Embedding Function
 * Overview".
 */
export interface FunctionArgs {
    /** Name of the function. */
    name: pulumi.Input<string>;
    /** `BM25`, `TextEmbedding`, `MinHash`, ... An unknown type is a warning: MV073. */
    type: pulumi.Input<string>;
    /** Fields that the function reads; none is nullable. BM25 reads one analyzed VarChar. */
    inputFieldNames: pulumi.Input<pulumi.Input<string>[]>;
    /** Fields that the function fills, each filled by it alone. BM25 fills one SparseFloatVector. */
    outputFieldNames: pulumi.Input<pulumi.Input<string>[]>;
    /** Text for people. */
    description?: pulumi.Input<string>;
    /** Parameters as Milvus spells them. */
    params?: pulumi.Input<{ [key: string]: pulumi.Input<Json> }>;
}

/** How the collection is loaded into memory. Source: Milvus docs, "Load & Release". */
export interface LoadArgs {
    /** How many replicas are loaded. Range: at least 1. Default: 1. */
    replicas?: pulumi.Input<number>;
    /** Resource groups of the replicas. */
    resourceGroups?: pulumi.Input<pulumi.Input<string>[]>;
}

/** A collection. Source: Milvus docs, "Create Collection"; the ranges are those of "Milvus Limits". */
export interface CollectionArgs {
    /**
     * Name on the server. Default: the logical name of the resource and seven hex digits, new for each replacement.
     */
    name?: pulumi.Input<string>;
    /** Database of the collection. Default: the database of the connection. Another one moves the rows there. */
    database?: pulumi.Input<string>;
    /** Text for people. */
    description?: pulumi.Input<string>;
    /** The schema. */
    fields: pulumi.Input<pulumi.Input<FieldArgs>[]>;
    /** Functions such as BM25. */
    functions?: pulumi.Input<pulumi.Input<FunctionArgs>[]>;
    /** Indexes of vectors and scalars. */
    indexes?: pulumi.Input<pulumi.Input<IndexArgs>[]>;
    /** Partitions beside `_default`. Those that an application creates are kept, with their rows (MV117). */
    partitions?: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * With a partition key: how many partitions its values are spread over. Default: the server's. Range: 1 to 4,096.
     */
    numPartitions?: pulumi.Input<number>;
    /** Rows may hold keys that no field declares. Default: false. */
    enableDynamicField?: pulumi.Input<boolean>;
    /** Number of shards. Default: 1 for a new collection, and its own for an existing one. Range: 1 to 16. */
    shardsNum?: pulumi.Input<number>;
    /** Default consistency level of reads. Default: Bounded. */
    consistencyLevel?: pulumi.Input<"Strong" | "Session" | "Bounded" | "Eventually">;
    /**
     * Properties as Milvus spells them: `{ "collection.ttl.seconds": 3600 }`. Names that begin with `pulumi.` are
     * reserved.
     */
    properties?: pulumi.Input<{ [key: string]: pulumi.Input<string | number | boolean> }>;
    /** Whether and how the collection is loaded into memory. `true`: one replica. Default: true. */
    load?: pulumi.Input<boolean | LoadArgs>;
    /** Refuse to drop the collection while it holds rows that no migration has carried over. Default: false. */
    deletionProtection?: pulumi.Input<boolean>;
    /**
     * Take over a collection that exists already, as it is. What differs from the program is printed (MV303), and is
     * planned at the next preview. Default: false.
     */
    adopt?: pulumi.Input<boolean>;
    /** How the rows are carried over. */
    migration?: pulumi.Input<MigrationArgs>;
    /** Another server than the stack's. Default: the stack's configuration. */
    connection?: pulumi.Input<ConnectionArgs>;
}

/**
 * A second, movable name of a collection. Source: Milvus docs, "Manage Aliases": aliases and collections of a database
 * share one namespace.
 */
export interface AliasArgs {
    /**
     * Name of the alias. Default: the logical name of the resource. It cannot be the name of a collection. Another name
     * replaces the resource.
     */
    name?: pulumi.Input<string>;
    /**
     * Name of a collection on the server: `collectionName` of a `Collection`. When it changes, the alias moves in one
     * AlterAlias call, to a collection that is loaded.
     */
    collection: pulumi.Input<string>;
    /** Database of the alias. Default: the database of the connection. */
    database?: pulumi.Input<string>;
    /** Take over an alias that exists already and points elsewhere. Without it: MV310. Default: false. */
    adopt?: pulumi.Input<boolean>;
    /** Another server than the stack's. Default: the stack's configuration. */
    connection?: pulumi.Input<ConnectionArgs>;
}
