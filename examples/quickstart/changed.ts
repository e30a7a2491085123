import * as milvus from "pulumi-milvus";

// Version two removes `name`, renames `page_num` to `page`, and adds `lang` and `reviewed`.
const docs = new milvus.Collection("docs", {
    fields: [
        { name: "id", dataType: "Int64", isPrimaryKey: true },
        { name: "file_id", dataType: "Int64" },
        { name: "vector", dataType: "FloatVector", dim: 1024 },
        { name: "text", dataType: "VarChar", maxLength: 65535 },
        { name: "metadata", dataType: "JSON" },
        { name: "page", dataType: "Int32", previousName: "page_num" },
        { name: "lang", dataType: "VarChar", maxLength: 8, backfill: "en" },
        { name: "reviewed", dataType: "Bool" },
    ],
    indexes: [{ field: "vector", indexType: "AUTOINDEX", metricType: "COSINE" }],
    enableDynamicField: true,
});

const live = new milvus.Alias("live", { name: "docs", collection: docs.collectionName });

export const collection = docs.collectionName;
export const alias = live.name;
