import { z } from "zod";

import { ConnectionArgument } from "./connection";
import { Field } from "./field";
import { warmups } from "./memory";
import { Migration, MigrationInputs } from "./migration";
import { Params, Properties } from "./params";

export const Index = z
    .strictObject({
        field: z
            .string()
            .describe(
                "Name of a field; `chunks[vector]` for a field of Structs. A JSON field can have one index for each path, and a key of the dynamic field can have one, too (Milvus 2.5.11): with `params: { json_path, json_cast_type }`. Errors: MV060, MV064.",
            ),
        name: z
            .string()
            .describe("Name of the index. Default: the name of the field. Errors: MV007, MV009, MV064."),
        indexType: z
            .string()
            .default("AUTOINDEX")
            .describe(
                "Milvus' own name of the index type. Errors: MV062; unknown here: MV063; not on this server: MV143.",
            ),
        metricType: z
            .string()
            .optional()
            .describe(
                'Metric of a vector. Default: COSINE (dense), HAMMING (binary), IP (sparse), BM25 (output of a BM25 function). Errors: MV061. Source: Milvus docs, "Metric Types".',
            ),
        params: Params.default({}).describe(
            "Parameters as Milvus spells them: `{ M: 16, efConstruction: 200 }`.",
        ),
    })
    .describe(
        'An index. A vector without one gets AUTOINDEX, unless `load` is false. Source: Milvus docs, "Index Explained".',
    );

/** An index as a program writes it: the name is optional, and how it is kept in memory has arguments of its own. */
export const IndexInputs = Index.extend({
    name: Index.shape.name.optional().describe(Index.shape.name.description!),
    mmap: z
        .boolean()
        .optional()
        .describe(
            'Map the index from the disk instead of keeping it in memory: `mmap.enabled` of `params`. Since Milvus 2.4. Default: as the server is configured. Not for DISKANN and GPU indexes. Errors: MV473, MV474; not on this server: MV470. Source: Milvus docs, "Use mmap".',
        ),
    warmup: z
        .enum(warmups)
        .optional()
        .describe(
            '`sync`: load the index before the first search, `disable`: when it is needed: `warmup` of `params`. Since Milvus 2.6.11. Default: as the `warmup.` properties of the collection, else as the server is configured. Errors: MV004, MV474; not on this server: MV470. Source: Milvus docs, "Warm Up".',
        ),
}).describe(Index.description!);

export const CollectionFunction = z
    .strictObject({
        name: z.string().describe("Name of the function. Errors: MV007, MV009."),
        type: z
            .string()
            .describe("`BM25`, `TextEmbedding`, `MinHash`, ... An unknown type is a warning: MV073."),
        inputFieldNames: z
            .array(z.string())
            .describe(
                "Fields that the function reads; none is nullable. BM25 reads one analyzed VarChar. Errors: MV070, MV071.",
            ),
        outputFieldNames: z
            .array(z.string())
            .describe(
                "Fields that the function fills, each filled by it alone. BM25 fills one SparseFloatVector. Errors: MV036, MV070, MV071, MV072.",
            ),
        description: z.string().default("").describe("Text for people."),
        params: Params.default({}).describe(
            'Parameters as Milvus spells them. Example: `{ provider: "openai", model_name: "text-embedding-3-small" }`.',
        ),
    })
    .describe(
        'A function of the schema, since Milvus 2.5. Example: `{ name: "bm25", type: "BM25", inputFieldNames: ["text"], outputFieldNames: ["sparse"] }`. Source: Milvus docs, "Full Text Search" and "Embedding Function Overview".',
    );

export const Load = z
    .strictObject({
        replicas: z.int().min(1).default(1).describe("How many replicas are loaded. Errors: MV005."),
        resourceGroups: z
            .array(z.string())
            .default([])
            .describe(
                'Resource groups of the replicas, names of groups on the server. Example: `["rg1", "rg2"]`.',
            ),
    })
    .describe('How the collection is loaded into memory. Source: Milvus docs, "Load & Release".');

/** The normalised arguments, after all checks. */
export const Collection = z
    .strictObject({
        name: z
            .string()
            .optional()
            .describe(
                "Name on the server. Default: the logical name of the resource and seven hex digits, new for each replacement. Errors: MV007, MV008, MV301, MV302; a server without rename: MV120; by the stack's `pulumi:autonaming`: MV356, MV357.",
            ),
        database: z
            .string()
            .optional()
            .describe(
                "Database of the collection. Default: the database of the connection. Another one moves the rows there. Errors: MV007, MV008, MV155.",
            ),
        description: z.string().default("").describe("Text for people."),
        fields: z.array(Field).describe("The schema."),
        functions: z
            .array(CollectionFunction)
            .default([])
            .describe("Functions such as BM25, which fill a field from others."),
        indexes: z.array(Index).default([]).describe("Indexes of vectors and scalars."),
        partitions: z
            .array(z.string())
            .default([])
            .describe(
                'Partitions beside `_default`. Those that an application creates are kept, with their rows (MV117). Example: `["year_2025", "year_2026"]`. Errors: MV007, MV009, MV016, MV018, MV129.',
            ),
        // The server's limit is 1,024 by default since 2.4, and 4,096 before.
        numPartitions: z
            .int()
            .min(1)
            .max(4096)
            .optional()
            .describe(
                "With a partition key: how many partitions its values are spread over. Default: the server's. Errors: MV005, MV017.",
            ),
        enableDynamicField: z.boolean().default(false).describe("Rows may hold keys that no field declares."),
        shardsNum: z
            .int()
            .min(1)
            .max(16)
            .optional()
            .describe(
                "Number of shards. Default: 1 for a new collection, and its own for an existing one. Errors: MV005.",
            ),
        consistencyLevel: z
            .enum(["Strong", "Session", "Bounded", "Eventually"])
            .default("Bounded")
            .describe("Default consistency level of reads. Errors: MV004."),
        properties: Properties.default({}).describe(
            'Properties as Milvus spells them: `{ "collection.ttl.seconds": 3600 }`. Names that begin with `pulumi.` are reserved. Errors: MV080.',
        ),
        load: Load.optional(),
        deletionProtection: z
            .boolean()
            .default(false)
            .describe(
                "Refuse to drop the collection while it holds rows that no migration has carried over. Errors: MV305.",
            ),
        adopt: z
            .boolean()
            .default(false)
            .describe(
                "Take over a collection that exists already, as it is. What differs from the program is printed (MV303), and is planned at the next preview. Errors: MV301.",
            ),
        migration: Migration.prefault({}).describe("How the rows are carried over."),
        connection: ConnectionArgument.optional().describe(
            "Another server than the stack's. Default: the stack's configuration.",
        ),
    })
    .describe(
        'A collection. Source: Milvus docs, "Create Collection"; the ranges are those of "Milvus Limits".',
    );

/**
 * The arguments as a program writes them: an index may have no name, `load` may be a boolean, a transform may be its
 * path.
 */
export const CollectionInputs = Collection.extend({
    indexes: z.array(IndexInputs).default([]).describe(Collection.shape.indexes.description!),
    load: z
        .union([z.boolean(), Load])
        .default(true)
        .describe(
            "Whether and how the collection is loaded into memory. `true`: one replica. Example: `{ replicas: 2 }`.",
        ),
    migration: MigrationInputs.prefault({}).describe(Collection.shape.migration.description!),
}).describe(Collection.description!);

export { Transform } from "./migration";
export type { Field } from "./field";
export type Index = z.infer<typeof Index>;
export type CollectionFunction = z.infer<typeof CollectionFunction>;
export type Load = z.infer<typeof Load>;
export type Collection = z.infer<typeof Collection>;
export type CollectionArguments = z.input<typeof CollectionInputs>;
