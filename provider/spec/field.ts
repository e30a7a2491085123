import { z } from "zod";

import { dataTypes } from "./dataType";

/** A value as JSON writes it; an Int64 beyond 2^53 is written as a string of digits. */
export const FieldValue = z.json();

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
    defaultValue: FieldValue.optional(),
    dim: z.number().optional(),
    maxLength: z.number().optional(),
    elementType: z.string().optional(),
    maxCapacity: z.number().optional(),
    enableAnalyzer: z.boolean().default(false),
    enableMatch: z.boolean().default(false),
    analyzerParams: z.json().optional(),
    previousName: z.string().optional(),
    backfill: FieldValue.optional(),
});

export type FieldValue = z.infer<typeof FieldValue>;
export type Field = z.infer<typeof Field>;
