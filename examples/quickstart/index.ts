import * as milvus from "pulumi-milvus";

// Version one of the program: chunks of documents with their vectors.
const docs = new milvus.Collection("docs", {
    fields: [
        { name: "id", dataType: "Int64", isPrimaryKey: true },
        { name: "file_id", dataType: "Int64" },
        { name: "vector", dataType: "FloatVector", dim: 1024 },
        { name: "text", dataType: "VarChar", maxLength: 65535 },
        { name: "metadata", dataType: "JSON" },
        { name: "page_num", dataType: "Int32" },
        { name: "name", dataType: "VarChar", maxLength: 512 },
    ],
    indexes: [{ field: "vector", indexType: "AUTOINDEX", metricType: "COSINE" }],
    enableDynamicField: true,
});

// Clients use only this name.
const live = new milvus.Alias("live", { name: "docs", collection: docs.collectionName });

export const collection = docs.collectionName;
export const alias = live.name;
