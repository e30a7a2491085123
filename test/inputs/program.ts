/** Arguments as Pulumi passes them on: plain JSON. */
export type Args = Record<string, unknown>;

/** A valid program that uses nearly every argument. */
export function goodProgram(): Args {
    return {
        __owner: "shop/prod/docs",
        __logicalName: "docs",
        name: "docs",
        database: "shop",
        description: "What customers read",
        fields: [
            { name: "id", dataType: "Int64", isPrimaryKey: true, autoId: true },
            { name: "vector", dataType: "FloatVector", dim: 4 },
            { name: "sparse", dataType: "SparseFloatVector" },
            {
                name: "text",
                dataType: "VarChar",
                maxLength: 1000,
                enableAnalyzer: true,
                analyzerParams: { type: "english" },
            },
            { name: "page", dataType: "VarChar", maxLength: 500, previousName: "page_num" },
            {
                name: "lang",
                dataType: "VarChar",
                maxLength: 8,
                nullable: true,
                defaultValue: "en",
                backfill: "de",
            },
            { name: "source", dataType: "VarChar", from: '$meta["a source"].name' },
            { name: "views", dataType: "Int64", backfill: "9007199254740993" },
            {
                name: "tags",
                dataType: "Array",
                elementType: "VarChar",
                maxCapacity: 8,
                maxLength: 20,
                backfill: ["a", "b"],
            },
            { name: "metadata", dataType: "JSON", backfill: { source: { pages: [1, 2] } } },
            {
                name: "chunks",
                dataType: "Array",
                elementType: "Struct",
                maxCapacity: 100,
                fields: [
                    { name: "words", dataType: "VarChar", maxLength: 100 },
                    { name: "vector", dataType: "FloatVector", dim: 4 },
                ],
            },
            { name: "tenant", dataType: "Int64", isPartitionKey: true },
        ],
        functions: [{ name: "bm25", type: "BM25", inputFieldNames: ["text"], outputFieldNames: ["sparse"] }],
        indexes: [
            {
                field: "vector",
                name: "by_vector",
                indexType: "HNSW",
                metricType: "COSINE",
                params: { M: 16, efConstruction: "200" },
            },
            { field: "lang", indexType: "INVERTED" },
            {
                field: "metadata",
                name: "by_source",
                params: { json_path: 'metadata["source"]', json_cast_type: "varchar" },
            },
        ],
        numPartitions: 16,
        enableDynamicField: true,
        shardsNum: 2,
        consistencyLevel: "Strong",
        properties: { "collection.ttl.seconds": 3600, "mmap.enabled": true },
        load: { replicas: 1, resourceGroups: ["b", "a"] },
        deletionProtection: true,
        adopt: true,
        migration: {
            verify: "full",
            primaryKeys: "preserve",
            batchBytes: 1_000_000,
            indexes: "shadow",
            allow: ["narrow:views", "memory"],
            moveToDynamicField: ["notes"],
            transform: "./embed.js",
            maxMemory: 8e9,
        },
        connection: { address: "https://milvus.example:443", token: "secret", timeout: 10 },
    };
}

/** The smallest valid collection, with further fields. */
export function smallProgram(...more: Args[]): Args {
    return {
        fields: [
            { name: "id", dataType: "Int64", isPrimaryKey: true },
            { name: "vector", dataType: "FloatVector", dim: 4 },
            ...more,
        ],
    };
}
