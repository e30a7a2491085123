import { z } from "zod";

import { ConnectionArgument } from "./connection";
import { Field } from "./field";
import { Params, Properties } from "./params";

/** Source: Milvus docs, "Index Explained". */
export const Index = z.strictObject({
    /** A field's name; `chunks[vector]` for a field of Structs. */
    field: z.string(),
    /** Defaults to the field's name. */
    name: z.string(),
    indexType: z.string().default("AUTOINDEX"),
    /** Of a vector: defaults to COSINE (dense), HAMMING (binary), IP (sparse) or BM25 (output of such a function). */
    metricType: z.string().optional(),
    params: Params.default({}),
});

/** Source: Milvus docs, "Full Text Search" and "Embedding Function Overview". */
export const CollectionFunction = z.strictObject({
    name: z.string(),
    /** `BM25`, `TextEmbedding`, `MinHash`, ... */
    type: z.string(),
    inputFieldNames: z.array(z.string()),
    outputFieldNames: z.array(z.string()),
    description: z.string().default(""),
    params: Params.default({}),
});

/** Source: Milvus docs, "Load & Release". */
export const Load = z.strictObject({
    replicas: z.int().min(1).default(1),
    resourceGroups: z.array(z.string()).default([]),
});

/** A module of the program that makes values nothing else can, and how it is called. */
export const Transform = z.strictObject({
    /** A path from the program's folder: rows in, rows out. */
    module: z.string().min(1),
    /** Rows of a call at most; an embedding service takes about so many texts in a request. */
    batchRows: z.int().min(1).max(16_384).default(256),
    /** Calls at the same time. */
    concurrency: z.int().min(1).max(64).default(4),
    /** How often a call that throws is made again, after a pause that doubles from half a second. */
    retries: z.int().min(0).max(10).default(2),
});

const Migration = z.strictObject({
    /** `online`: rows written while they are copied come along; `paused`: nobody writes, and a change is an error. */
    writes: z.enum(["online", "paused"]).optional(),
    /** `full`: every key and a hash of every row; `count`: the number of rows. */
    verify: z.enum(["full", "count"]).default("full"),
    primaryKeys: z.enum(["preserve", "regenerate"]).default("preserve"),
    /** Bytes that one insert carries at most; a server takes messages of 64 MB. */
    batchBytes: z
        .int()
        .min(1024)
        .max(60 * 1024 * 1024)
        .default(16 * 1024 * 1024),
    /** An index of a loaded collection changes `in-place`, between release and load, or on a `shadow` that takes over. */
    indexes: z.enum(["in-place", "shadow"]).default("in-place"),
    /** Losses that are accepted, by name: see allowance.ts. */
    allow: z.array(z.string()).default([]),
    /** Fields that are left out of `fields`, and whose values become keys of the dynamic field. */
    moveToDynamicField: z.array(z.string()).default([]),
    transform: Transform.optional(),
    /** Bytes of memory that both copies together may take while they are loaded. */
    maxMemory: z.int().min(1).optional(),
    /** The copy's pace at most, all its ranges together. */
    maxRowsPerSecond: z.int().min(1).optional(),
    /** Seconds that a server may refuse writes to the old collection right before the cut-over; 0 for never. */
    maxWritePause: z.number().min(0).max(3600).default(30),
    /** Seconds that the old collection stays after the cut-over: a proxy may hold it a moment longer. */
    grace: z.number().min(0).max(86_400).default(10),
    /** The old collection stays, released from memory, until another one takes its place. */
    keepPrevious: z.boolean().default(false),
    /** The collection that was kept last is taken up again instead of a copy: its schema is that of the program. */
    rollback: z.enum(["previous"]).optional(),
});

/** Source: Milvus docs, "Create Collection"; the ranges are those of "Milvus Limits". */
export const Collection = z.strictObject({
    /** Defaults to the resource's logical name and seven hex digits. */
    name: z.string().optional(),
    /** Defaults to the connection's database. */
    database: z.string().optional(),
    description: z.string().default(""),
    fields: z.array(Field),
    functions: z.array(CollectionFunction).default([]),
    indexes: z.array(Index).default([]),
    partitions: z.array(z.string()).default([]),
    // 1,024 by default since 2.4, 4,096 before.
    numPartitions: z.int().min(1).max(4096).optional(),
    enableDynamicField: z.boolean().default(false),
    shardsNum: z.int().min(1).max(16).optional(),
    consistencyLevel: z.enum(["Strong", "Session", "Bounded", "Eventually"]).default("Bounded"),
    properties: Properties.default({}),
    load: Load.optional(),
    deletionProtection: z.boolean().default(false),
    adopt: z.boolean().default(false),
    migration: Migration.prefault({}),
    connection: ConnectionArgument.optional(),
});

/** The arguments as a program writes them: an index need not be named, `load` may be a plain yes or no, a transform its path. */
export const CollectionInputs = Collection.extend({
    indexes: z.array(Index.extend({ name: z.string().optional() })).default([]),
    load: z.union([z.boolean(), Load]).default(true),
    migration: Migration.extend({
        transform: z.union([z.string().min(1), Transform]).optional(),
    }).prefault({}),
});

export type { Field } from "./field";
export type Index = z.infer<typeof Index>;
export type CollectionFunction = z.infer<typeof CollectionFunction>;
export type Load = z.infer<typeof Load>;
export type Transform = z.infer<typeof Transform>;
export type Migration = z.infer<typeof Migration>;
export type Collection = z.infer<typeof Collection>;
export type CollectionArguments = z.input<typeof CollectionInputs>;
