import { z } from "zod";

import { Field } from "./field";

export const Index = z.strictObject({
    field: z.string(),
    name: z.string(),
    indexType: z.string().default("AUTOINDEX"),
    metricType: z.string().optional(),
    params: z.record(z.string(), z.json()).default({}),
});

export const CollectionFunction = z.strictObject({
    name: z.string(),
    type: z.string(),
    inputFieldNames: z.array(z.string()),
    outputFieldNames: z.array(z.string()),
    description: z.string().default(""),
    params: z.record(z.string(), z.json()).default({}),
});

export const Load = z.strictObject({
    replicas: z.number().default(1),
    resourceGroups: z.array(z.string()).default([]),
});

export const Migration = z.strictObject({
    verify: z.enum(["full", "count"]).default("full"),
    primaryKeys: z.enum(["preserve", "regenerate"]).default("preserve"),
    allow: z.array(z.string()).default([]),
    batchBytes: z.number().default(16 * 1024 * 1024),
});

export const Collection = z.strictObject({
    name: z.string().optional(),
    database: z.string().optional(),
    description: z.string().default(""),
    fields: z.array(Field),
    functions: z.array(CollectionFunction).default([]),
    indexes: z.array(Index).default([]),
    partitions: z.array(z.string()).default([]),
    numPartitions: z.number().optional(),
    enableDynamicField: z.boolean().default(false),
    shardsNum: z.number().optional(),
    consistencyLevel: z.enum(["Strong", "Session", "Bounded", "Eventually"]).default("Bounded"),
    properties: z.record(z.string(), z.string()).default({}),
    load: Load.optional(),
    deletionProtection: z.boolean().default(false),
    adopt: z.boolean().default(false),
    migration: Migration.prefault({}),
});

export type Index = z.infer<typeof Index>;
export type CollectionFunction = z.infer<typeof CollectionFunction>;
export type Load = z.infer<typeof Load>;
export type Migration = z.infer<typeof Migration>;
export type Collection = z.infer<typeof Collection>;
