import * as milvus from "pulumi-milvus";

const docs = new milvus.Collection("docs", {
    fields: [
        { name: "id", dataType: "Int64", isPrimaryKey: true },
        { name: "vector", dataType: "FloatVector", dim: 8 },
        { name: "text", dataType: "VarChar", maxLength: 1024 },
        { name: "page_num", dataType: "Int32" },
    ],
});

// Applications use this name. It moves from one collection to the next.
const live = new milvus.Alias("live", { name: "docs", collection: docs.collectionName });

export const collection = docs.collectionName;
export const alias = live.name;
