import type { CollectionArgs } from "pulumi-milvus";

type Schema = Pick<CollectionArgs, "fields" | "functions" | "indexes">;

// #region dense
const dense: Schema = {
    fields: [
        { name: "id", dataType: "Int64", isPrimaryKey: true },
        { name: "text", dataType: "VarChar", maxLength: 8192 },
        { name: "dense", dataType: "FloatVector", dim: 256 },
    ],
    indexes: [{ field: "dense", indexType: "AUTOINDEX", metricType: "COSINE" }],
};
// #endregion dense

// #region bm25
const bm25: Schema = {
    fields: [
        { name: "id", dataType: "Int64", isPrimaryKey: true },
        { name: "text", dataType: "VarChar", maxLength: 8192, enableAnalyzer: true },
        { name: "dense", dataType: "FloatVector", dim: 256 },
        // Milvus fills it: nobody inserts it, and nobody reads it.
        { name: "sparse", dataType: "SparseFloatVector" },
    ],
    functions: [{ name: "bm25", type: "BM25", inputFieldNames: ["text"], outputFieldNames: ["sparse"] }],
    indexes: [
        { field: "dense", indexType: "AUTOINDEX", metricType: "COSINE" },
        { field: "sparse", indexType: "SPARSE_INVERTED_INDEX", metricType: "BM25" },
    ],
};
// #endregion bm25

// #region filtered
const filtered: Schema = {
    ...bm25,
    fields: [
        { name: "id", dataType: "Int64", isPrimaryKey: true },
        {
            name: "text",
            dataType: "VarChar",
            maxLength: 8192,
            enableAnalyzer: true,
            analyzerParams: {
                tokenizer: "standard",
                filter: ["lowercase", { type: "stop", stop_words: ["a", "the", "in", "on", "with"] }],
            },
        },
        { name: "dense", dataType: "FloatVector", dim: 256 },
        { name: "sparse", dataType: "SparseFloatVector" },
    ],
};
// #endregion filtered

export const schemas: Readonly<Record<string, Schema>> = { dense, bm25, filtered };
