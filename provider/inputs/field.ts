import { z } from "zod";

import { dataTypes } from "./dataType";

/** A value as JSON writes it; an Int64 beyond 2^53 is written as a string of digits. */
export const FieldValue = z.json();

/** The limit of a VarChar in bytes, and what a VarChar without `maxLength` gets (Milvus docs, "Milvus Limits"). */
export const longestVarChar = 65_535;

const maxLength = z.int().min(1).max(longestVarChar);

/** A field of the Structs in an Array. Source: Milvus docs, "Array of Structs" (2.6.4). */
export const StructField = z.strictObject({
    name: z.string(),
    dataType: z.enum(dataTypes),
    description: z.string().default(""),
    dim: z.int().optional(),
    maxLength: maxLength.optional(),
});

/** A field of a collection. Source of the rules: Milvus docs, "Schema Explained" and the pages of each data type. */
export const Field = z.strictObject({
    name: z.string(),
    dataType: z.enum(dataTypes),
    description: z.string().default(""),
    isPrimaryKey: z.boolean().default(false),
    autoId: z.boolean().default(false),
    isPartitionKey: z.boolean().default(false),
    isClusteringKey: z.boolean().default(false),
    nullable: z.boolean().default(false),
    /** The value of a row that is inserted without one. */
    defaultValue: FieldValue.optional(),
    /** Dimensions of a dense vector; bits of a BinaryVector. */
    dim: z.int().optional(),
    /** Bytes of a VarChar, or of each VarChar in an Array; defaults to 65535. */
    maxLength: maxLength.optional(),
    /** What an Array holds: a scalar type, or `Struct` with `fields`. */
    elementType: z.string().optional(),
    /** How many elements an Array holds at most. */
    maxCapacity: z.int().min(1).max(4096).optional(),
    fields: z.array(StructField).optional(),
    enableAnalyzer: z.boolean().default(false),
    enableMatch: z.boolean().default(false),
    analyzerParams: z.json().optional(),
    /** The name that the field had before: its values come along. */
    previousName: z.string().optional(),
    /** Where the rows that were there before the field hold its value: a dynamic key or a JSON path (jsonPath.ts). */
    from: z.string().optional(),
    /** The value of the rows that were there before the field. */
    backfill: FieldValue.optional(),
});

export type FieldValue = z.infer<typeof FieldValue>;
export type StructField = z.infer<typeof StructField>;
export type Field = z.infer<typeof Field>;
