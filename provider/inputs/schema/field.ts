import { z } from "zod";

import { dataTypes, elementTypes } from "./dataType";
import { warmups } from "./memory";

/** A JSON value. An Int64 beyond 2^53 is a string of digits. */
export const FieldValue = z.json();

/** The limit of a VarChar in bytes, and the default of `maxLength` (Milvus docs, "Milvus Limits"). */
export const longestVarChar = 65_535;

const maxLength = z.int().min(1).max(longestVarChar);

export const StructField = z
    .strictObject({
        name: z
            .string()
            .describe("Name of the field, unique in the Struct. Errors: MV007, MV008, MV009, MV019."),
        dataType: z
            .enum(dataTypes)
            .describe("A scalar type that an Array can hold, or a dense vector. Errors: MV004, MV039."),
        description: z.string().default("").describe("Text for people."),
        dim: z
            .int()
            .optional()
            .describe(
                "Dimensions of a dense vector, 2 to 32,768. Required for it. Errors: MV020, MV021, MV022.",
            ),
        maxLength: maxLength
            .optional()
            .describe("Limit of a VarChar in bytes. Default: 65535. Errors: MV005, MV023."),
    })
    .describe('A field of the Structs in an Array. Source: Milvus docs, "Array of Structs" (Milvus 2.6.4).');

export const Field = z
    .strictObject({
        name: z
            .string()
            .describe(
                "Letters, digits and underscores, beginning with no digit; at most 255 characters. A keyword of the filter language (`like`, `in`, `json_contains`, ...) is a warning, because Milvus 2.5 and later reject it: MV019. Errors: MV007, MV008, MV009.",
            ),
        dataType: z
            .enum(dataTypes)
            .describe("Milvus' own name of the type. Errors: MV004; not on this server: MV141, MV142."),
        description: z.string().default("").describe("Text for people."),
        isPrimaryKey: z
            .boolean()
            .default(false)
            .describe(
                'Exactly one field is the primary key: an Int64 or a VarChar, never NULL, without default and backfill. Errors: MV010, MV011, MV012. Source: Milvus docs, "Primary Field & AutoID".',
            ),
        autoId: z
            .boolean()
            .default(false)
            .describe("The server generates the primary keys. Errors: MV013, MV111."),
        isPartitionKey: z
            .boolean()
            .default(false)
            .describe(
                'The server chooses the partition of a row by this value. One Int64 or VarChar per collection, not the primary key, never NULL. Errors: MV014, MV016. Source: Milvus docs, "Use Partition Key".',
            ),
        isClusteringKey: z
            .boolean()
            .default(false)
            .describe(
                'Compaction groups the rows by this value. One number or VarChar per collection. Errors: MV015. Source: Milvus docs, "Clustering Compaction".',
            ),
        nullable: z
            .boolean()
            .default(false)
            .describe(
                'Rows may hold NULL. Since Milvus 2.5; vectors since 2.6.18 (MV028), Arrays of Structs since 3.0 (MV029). Errors: MV115. Source: Milvus docs, "Nullable & Default".',
            ),
        defaultValue: FieldValue.optional().describe(
            'Value of a row that is inserted without one. Since Milvus 2.5. Not for vectors, JSON and Arrays. Example: `"en"`. Errors: MV030, MV031, MV032, MV033, MV034, MV115.',
        ),
        dim: z
            .int()
            .optional()
            .describe(
                'Dimensions of a dense vector, 2 to 32,768. Of a BinaryVector: bits, a multiple of 8, up to 262,144. Required for these types. Errors: MV020, MV021, MV022. Source: Milvus docs, "Milvus Limits".',
            ),
        maxLength: maxLength
            .optional()
            .describe(
                `Limit in bytes of a VarChar, or of each VarChar in an Array. Default: ${longestVarChar}. Errors: MV005, MV023.`,
            ),
        elementType: z
            .string()
            .optional()
            .describe(
                `Type of an Array's elements: ${elementTypes.join(", ")}. Required for an Array. Errors: MV024, MV025, MV037. Source: Milvus docs, "Array Field".`,
            ),
        maxCapacity: z
            .int()
            .min(1)
            .max(4096)
            .optional()
            .describe(
                "How many elements an Array holds at most. Required for an Array. Errors: MV005, MV024, MV037.",
            ),
        fields: z
            .array(StructField)
            .optional()
            .describe(
                'The fields of the Structs in an Array of Struct. Example: `[{ name: "text", dataType: "VarChar" }, { name: "vector", dataType: "FloatVector", dim: 768 }]`. Errors: MV026, MV038.',
            ),
        enableAnalyzer: z
            .boolean()
            .default(false)
            .describe(
                'Analyze a VarChar for full text search. Since Milvus 2.5. Errors: MV027. Source: Milvus docs, "Analyzer Overview".',
            ),
        enableMatch: z
            .boolean()
            .default(false)
            .describe("Allow text match on an analyzed VarChar. Errors: MV027, MV053."),
        analyzerParams: z
            .json()
            .optional()
            .describe(
                'Parameters of the analyzer, an object such as `{ type: "english" }`. Errors: MV001, MV027, MV053; the server lacks it: MV584; the server ignores a filter: MV585.',
            ),
        multiAnalyzerParams: z
            .json()
            .optional()
            .describe(
                'One analyzer for each language: `{ analyzers: { english: { type: "english" }, default: { type: "standard" } }, by_field: "language", alias: { en: "english" } }`. The value of `by_field` in a row, or its alias, names the analyzer of the row. In place of `analyzerParams`, for a field that a BM25 function reads. Since Milvus 2.5.11. Errors: MV001, MV053, MV475, MV476, MV477, MV478; nothing reads it: MV479; not on this server: MV471. Source: Milvus docs, "Multi-language Analyzers".',
            ),
        mmap: z
            .boolean()
            .optional()
            .describe(
                'Map the values from the disk instead of keeping them in memory. Since Milvus 2.4.10. Default: as the property `mmap.enabled` of the collection, else as the server is configured. Errors: MV472; not on this server: MV470. Source: Milvus docs, "Use mmap".',
            ),
        warmup: z
            .enum(warmups)
            .optional()
            .describe(
                '`sync`: load the values before the first search, `disable`: when they are needed. Since Milvus 2.6.11. Default: as the `warmup.` properties of the collection, else as the server is configured. Errors: MV004, MV472; not on this server: MV470. Source: Milvus docs, "Warm Up".',
            ),
        previousName: z
            .string()
            .optional()
            .describe(
                'Name of the field before a rename: its values move to the new name. It may stay in the program. Example: `{ name: "page", dataType: "Int32", previousName: "page_num" }`. Errors: MV040, MV041, MV042; names no field: MV102.',
            ),
        from: z
            .string()
            .optional()
            .describe(
                'Where existing rows hold the value of a new field: a dynamic key (`$meta.lang`) or a JSON path (`metadata.author["full name"]`). A row without it gets what any new field gets. It may stay in the program. Not for vectors, Structs and the primary key. Errors: MV036, MV043, MV137.',
            ),
        backfill: FieldValue.optional().describe(
            'Value of the rows that existed before the field, and in place of NULL when the field becomes not nullable. Default: `defaultValue`, else NULL where nullable, else the zero of the type; a vector, a Geometry and a Timestamptz have no zero (MV103, MV105). Example: `"en"`. Errors: MV012, MV031, MV032, MV033, MV034, MV035, MV036.',
        ),
    })
    .describe(
        'A field of a collection. A collection has at most 64 fields (MV051), at least one vector (MV050), and by default at most 4 (MV052). Source: Milvus docs, "Schema Explained" and the page of each data type.',
    );

export type FieldValue = z.infer<typeof FieldValue>;
export type StructField = z.infer<typeof StructField>;
export type Field = z.infer<typeof Field>;
