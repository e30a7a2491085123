import type * as pulumi from "@pulumi/pulumi";

import type { DataType } from "../provider/inputs/schema/dataType";
import type { ElementType, FunctionType, IndexType, MetricType } from "../provider/inputs/schema/openNames";
import type { ConnectionArgs } from "./connectionArgs";
import type { FieldArgs } from "./fieldArgs";
import type { Json } from "./json";
import type { MigrationArgs } from "./migrationArgs";

export type { DataType, ElementType, FunctionType, IndexType, MetricType };
export type { ConnectionArgs } from "./connectionArgs";
export type { FieldArgs, StructFieldArgs } from "./fieldArgs";
export type {
    GateArgs,
    MigrationArgs,
    RetentionArgs,
    RollbackTargetArgs,
    TransformArgs,
} from "./migrationArgs";

/** An index. A vector without one gets AUTOINDEX, unless `load` is false. Source: Milvus docs, "Index Explained". */
export interface IndexArgs {
    /**
     * Name of a field; `chunks[vector]` for a field of Structs. A JSON field can have one index for each path, and a
     * key of the dynamic field can have one, too (Milvus 2.5.11): with `params: { json_path, json_cast_type }`. Errors:
     * MV060, MV064.
     */
    field: pulumi.Input<string>;
    /** Name of the index. Default: the name of the field. Errors: MV007, MV009, MV064. */
    name?: pulumi.Input<string>;
    /**
     * Milvus' own name of the index type. Default: AUTOINDEX. Errors: MV062; unknown here: MV063; not on this server:
     * MV143.
     */
    indexType?: pulumi.Input<IndexType>;
    /**
     * Metric of a vector. Default: COSINE (dense), HAMMING (binary), IP (sparse), BM25 (output of a BM25 function).
     * Errors: MV061. Source: Milvus docs, "Metric Types".
     */
    metricType?: pulumi.Input<MetricType>;
    /** Parameters as Milvus spells them: `{ M: 16, efConstruction: 200 }`. Default: none. */
    params?: pulumi.Input<{ [key: string]: pulumi.Input<Json> }>;
    /**
     * Map the index from the disk instead of keeping it in memory: `mmap.enabled` of `params`. Since Milvus 2.4.
     * Default: as the server is configured. Not for DISKANN and GPU indexes. Errors: MV473, MV474; not on this server:
     * MV470. Source: Milvus docs, "Use mmap".
     */
    mmap?: pulumi.Input<boolean>;
    /**
     * `sync`: load the index before the first search, `disable`: when it is needed: `warmup` of `params`. Since Milvus
     * 2.6.11. Default: as the `warmup.` properties of the collection, else as the server is configured. Errors: MV004,
     * MV474; not on this server: MV470. Source: Milvus docs, "Warm Up".
     */
    warmup?: pulumi.Input<"sync" | "disable">;
}

/**
 * A function of the schema, since Milvus 2.5. Example: `{ name: "bm25", type: "BM25", inputFieldNames: ["text"],
 * outputFieldNames: ["sparse"] }`. Source: Milvus docs, "Full Text Search" and "Embedding Function Overview".
 */
export interface FunctionArgs {
    /** Name of the function. Errors: MV007, MV009. */
    name: pulumi.Input<string>;
    /** `BM25`, `TextEmbedding`, `MinHash`, ... An unknown type is a warning: MV073. */
    type: pulumi.Input<FunctionType>;
    /** Fields that the function reads; none is nullable. BM25 reads one analyzed VarChar. Errors: MV070, MV071. */
    inputFieldNames: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * Fields that the function fills, each filled by it alone. BM25 fills one SparseFloatVector. Errors: MV036, MV070,
     * MV071, MV072.
     */
    outputFieldNames: pulumi.Input<pulumi.Input<string>[]>;
    /** Text for people. Default: none. */
    description?: pulumi.Input<string>;
    /**
     * Parameters as Milvus spells them. Example: `{ provider: "openai", model_name: "text-embedding-3-small" }`.
     * Default: none.
     */
    params?: pulumi.Input<{ [key: string]: pulumi.Input<Json> }>;
}

/** How the collection is loaded into memory. Source: Milvus docs, "Load & Release". */
export interface LoadArgs {
    /** How many replicas are loaded. Range: at least 1. Default: 1. Errors: MV005. */
    replicas?: pulumi.Input<number>;
    /** Resource groups of the replicas, names of groups on the server. Example: `["rg1", "rg2"]`. Default: none. */
    resourceGroups?: pulumi.Input<pulumi.Input<string>[]>;
}

/** A collection. Source: Milvus docs, "Create Collection"; the ranges are those of "Milvus Limits". */
export interface CollectionArgs {
    /**
     * Name on the server. Default: the logical name of the resource and seven hex digits, new for each replacement.
     * Errors: MV007, MV008, MV301, MV302; a server without rename: MV120; by the stack's `pulumi:autonaming`: MV356,
     * MV357.
     */
    name?: pulumi.Input<string>;
    /**
     * Database of the collection. Default: the database of the connection. Another one moves the rows there. Errors:
     * MV007, MV008, MV155.
     */
    database?: pulumi.Input<string>;
    /** Text for people. Default: none. */
    description?: pulumi.Input<string>;
    /** The schema. */
    fields: pulumi.Input<pulumi.Input<FieldArgs>[]>;
    /** Functions such as BM25, which fill a field from others. Default: none. */
    functions?: pulumi.Input<pulumi.Input<FunctionArgs>[]>;
    /** Indexes of vectors and scalars. Default: none. */
    indexes?: pulumi.Input<pulumi.Input<IndexArgs>[]>;
    /**
     * Partitions beside `_default`. Those that an application creates are kept, with their rows (MV117). Example:
     * `["year_2025", "year_2026"]`. Default: none. Errors: MV007, MV009, MV016, MV018, MV129.
     */
    partitions?: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * With a partition key: how many partitions its values are spread over. Default: the server's. Range: 1 to 4,096.
     * Errors: MV005, MV017.
     */
    numPartitions?: pulumi.Input<number>;
    /** Rows may hold keys that no field declares. Default: false. */
    enableDynamicField?: pulumi.Input<boolean>;
    /**
     * Number of shards. Default: 1 for a new collection, and its own for an existing one. Range: 1 to 16. Errors:
     * MV005.
     */
    shardsNum?: pulumi.Input<number>;
    /** Default consistency level of reads. Default: Bounded. Errors: MV004. */
    consistencyLevel?: pulumi.Input<"Strong" | "Session" | "Bounded" | "Eventually">;
    /**
     * Properties as Milvus spells them: `{ "collection.ttl.seconds": 3600 }`. Names that begin with `pulumi.` are
     * reserved. Default: none. Errors: MV080.
     */
    properties?: pulumi.Input<{ [key: string]: pulumi.Input<string | number | boolean> }>;
    /**
     * Whether and how the collection is loaded into memory. `true`: one replica. Example: `{ replicas: 2 }`. Default:
     * true.
     */
    load?: pulumi.Input<boolean | LoadArgs>;
    /**
     * Refuse to drop the collection while it holds rows that no migration has carried over. Default: false. Errors:
     * MV305.
     */
    deletionProtection?: pulumi.Input<boolean>;
    /**
     * Take over a collection that exists already, as it is. What differs from the program is printed (MV303), and is
     * planned at the next preview. Default: false. Errors: MV301.
     */
    adopt?: pulumi.Input<boolean>;
    /** How the rows are carried over. Default: none. */
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
     * replaces the resource. Errors: MV007, MV008, MV095, MV310, MV311.
     */
    name?: pulumi.Input<string>;
    /**
     * Name of a collection on the server: `collectionName` of a `Collection`. When it changes, the alias moves in one
     * AlterAlias call, to a collection that is loaded. Errors: MV007, MV008, MV312, MV344, MV345.
     */
    collection: pulumi.Input<string>;
    /** Database of the alias. Default: the database of the connection. Errors: MV007, MV008. */
    database?: pulumi.Input<string>;
    /** Take over an alias that exists already and points elsewhere. Without it: MV310. Default: false. */
    adopt?: pulumi.Input<boolean>;
    /** Another server than the stack's. Default: the stack's configuration. */
    connection?: pulumi.Input<ConnectionArgs>;
}
