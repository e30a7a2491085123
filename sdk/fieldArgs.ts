import type * as pulumi from "@pulumi/pulumi";

import type { DataType } from "../provider/inputs/schema/dataType";
import type { ElementType } from "../provider/inputs/schema/openNames";
import type { Json } from "./json";

/** A field of the Structs in an Array. Source: Milvus docs, "Array of Structs" (Milvus 2.6.4). */
export interface StructFieldArgs {
    /** Name of the field, unique in the Struct. Errors: MV007, MV008, MV009, MV019. */
    name: pulumi.Input<string>;
    /** A scalar type that an Array can hold, or a dense vector. Errors: MV004, MV039. */
    dataType: pulumi.Input<DataType>;
    /** Text for people. Default: none. */
    description?: pulumi.Input<string>;
    /** Dimensions of a dense vector, 2 to 32,768. Required for it. Errors: MV020, MV021, MV022. */
    dim?: pulumi.Input<number>;
    /** Limit of a VarChar in bytes. Default: 65535. Range: 1 to 65,535. Errors: MV005, MV023. */
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
     * Errors: MV007, MV008, MV009.
     */
    name: pulumi.Input<string>;
    /** Milvus' own name of the type. Errors: MV004; not on this server: MV141, MV142. */
    dataType: pulumi.Input<DataType>;
    /** Text for people. Default: none. */
    description?: pulumi.Input<string>;
    /**
     * Exactly one field is the primary key: an Int64 or a VarChar, never NULL, without default and backfill. Default:
     * false. Errors: MV010, MV011, MV012. Source: Milvus docs, "Primary Field & AutoID".
     */
    isPrimaryKey?: pulumi.Input<boolean>;
    /** The server generates the primary keys. Default: false. Errors: MV013, MV111. */
    autoId?: pulumi.Input<boolean>;
    /**
     * The server chooses the partition of a row by this value. One Int64 or VarChar per collection, not the primary
     * key, never NULL. Default: false. Errors: MV014, MV016. Source: Milvus docs, "Use Partition Key".
     */
    isPartitionKey?: pulumi.Input<boolean>;
    /**
     * Compaction groups the rows by this value. One number or VarChar per collection. Default: false. Errors: MV015.
     * Source: Milvus docs, "Clustering Compaction".
     */
    isClusteringKey?: pulumi.Input<boolean>;
    /**
     * Rows may hold NULL. Since Milvus 2.5; vectors since 2.6.18 (MV028), Arrays of Structs since 3.0 (MV029). Default:
     * false. Errors: MV115. Source: Milvus docs, "Nullable & Default".
     */
    nullable?: pulumi.Input<boolean>;
    /**
     * Value of a row that is inserted without one. Since Milvus 2.5. Not for vectors, JSON and Arrays. Example: `"en"`.
     * Default: none. Errors: MV030, MV031, MV032, MV033, MV034, MV115.
     */
    defaultValue?: pulumi.Input<Json>;
    /**
     * Dimensions of a dense vector, 2 to 32,768. Of a BinaryVector: bits, a multiple of 8, up to 262,144. Required for
     * these types. Errors: MV020, MV021, MV022. Source: Milvus docs, "Milvus Limits".
     */
    dim?: pulumi.Input<number>;
    /**
     * Limit in bytes of a VarChar, or of each VarChar in an Array. Default: 65535. Range: 1 to 65,535. Errors: MV005,
     * MV023.
     */
    maxLength?: pulumi.Input<number>;
    /**
     * Type of an Array's elements: Bool, Int8, Int16, Int32, Int64, Float, Double, VarChar, Struct. Required for an
     * Array. Errors: MV024, MV025, MV037. Source: Milvus docs, "Array Field".
     */
    elementType?: pulumi.Input<ElementType>;
    /**
     * How many elements an Array holds at most. Required for an Array. Range: 1 to 4,096. Errors: MV005, MV024, MV037.
     */
    maxCapacity?: pulumi.Input<number>;
    /**
     * The fields of the Structs in an Array of Struct. Example: `[{ name: "text", dataType: "VarChar" }, { name:
     * "vector", dataType: "FloatVector", dim: 768 }]`. Default: none. Errors: MV026, MV038.
     */
    fields?: pulumi.Input<pulumi.Input<StructFieldArgs>[]>;
    /**
     * Analyze a VarChar for full text search. Since Milvus 2.5. Default: false. Errors: MV027. Source: Milvus docs,
     * "Analyzer Overview".
     */
    enableAnalyzer?: pulumi.Input<boolean>;
    /** Allow text match on an analyzed VarChar. Default: false. Errors: MV027, MV053. */
    enableMatch?: pulumi.Input<boolean>;
    /**
     * Parameters of the analyzer, an object such as `{ type: "english" }`. Default: none. Errors: MV001, MV027, MV053;
     * the server lacks it: MV584; the server ignores a filter: MV585.
     */
    analyzerParams?: pulumi.Input<Json>;
    /**
     * One analyzer for each language: `{ analyzers: { english: { type: "english" }, default: { type: "standard" } },
     * by_field: "language", alias: { en: "english" } }`. The value of `by_field` in a row, or its alias, names the
     * analyzer of the row. In place of `analyzerParams`, for a field that a BM25 function reads. Since Milvus 2.5.11.
     * Default: none. Errors: MV001, MV053, MV475, MV476, MV477, MV478; nothing reads it: MV479; not on this server:
     * MV471. Source: Milvus docs, "Multi-language Analyzers".
     */
    multiAnalyzerParams?: pulumi.Input<Json>;
    /**
     * Map the values from the disk instead of keeping them in memory. Since Milvus 2.4.10. Default: as the property
     * `mmap.enabled` of the collection, else as the server is configured. Errors: MV472; not on this server: MV470.
     * Source: Milvus docs, "Use mmap".
     */
    mmap?: pulumi.Input<boolean>;
    /**
     * `sync`: load the values before the first search, `disable`: when they are needed. Since Milvus 2.6.11. Default:
     * as the `warmup.` properties of the collection, else as the server is configured. Errors: MV004, MV472; not on
     * this server: MV470. Source: Milvus docs, "Warm Up".
     */
    warmup?: pulumi.Input<"sync" | "disable">;
    /**
     * Name of the field before a rename: its values move to the new name. It may stay in the program. Example: `{ name:
     * "page", dataType: "Int32", previousName: "page_num" }`. Default: none. Errors: MV040, MV041, MV042; names no
     * field: MV102.
     */
    previousName?: pulumi.Input<string>;
    /**
     * Where existing rows hold the value of a new field: a dynamic key (`$meta.lang`) or a JSON path
     * (`metadata.author["full name"]`). A row without it gets what any new field gets. It may stay in the program. Not
     * for vectors, Structs and the primary key. Default: none. Errors: MV036, MV043, MV137.
     */
    from?: pulumi.Input<string>;
    /**
     * Value of the rows that existed before the field, and in place of NULL when the field becomes not nullable.
     * Default: `defaultValue`, else NULL where nullable, else the zero of the type; a vector, a Geometry and a
     * Timestamptz have no zero (MV103, MV105). Example: `"en"`. Errors: MV012, MV031, MV032, MV033, MV034, MV035,
     * MV036.
     */
    backfill?: pulumi.Input<Json>;
}
