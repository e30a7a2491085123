import * as milvus from "pulumi-milvus";

// Change the fields and run `pulumi preview`: it says whether Milvus can do it in place, or how the rows migrate.
const docs = new milvus.Collection("docs", {
    fields: [
        { name: "id", dataType: "Int64", isPrimaryKey: true },
        { name: "vector", dataType: "FloatVector", dim: 1024 },
        { name: "text", dataType: "VarChar", maxLength: 65535 },
    ],
    indexes: [{ field: "vector", indexType: "AUTOINDEX", metricType: "COSINE" }],
    // Keeps a collection that has rows from `pulumi destroy`.
    deletionProtection: true,
});

// Clients use only this name: a migration moves it to the new collection.
const live = new milvus.Alias("live", { name: "docs_live", collection: docs.collectionName });

export const collection = docs.collectionName;
export const alias = live.name;
