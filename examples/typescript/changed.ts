import * as pulumi from "@pulumi/pulumi";
import * as milvus from "@pulumi-milvus/milvus";

const docs = new milvus.Collection("docs", {
    fields: [
        {
            name: "id",
            dataType: milvus.DataType.Int64,
            isPrimaryKey: true,
        },
        {
            name: "vector",
            dataType: milvus.DataType.FloatVector,
            dim: 8,
        },
        {
            name: "text",
            dataType: milvus.DataType.VarChar,
            maxLength: 65535,
        },
        {
            name: "page",
            dataType: milvus.DataType.Int32,
            previousName: "page_num",
        },
        {
            name: "lang",
            dataType: milvus.DataType.VarChar,
            maxLength: 8,
            backfill: "en",
        },
    ],
    indexes: [
        {
            field: "vector",
            indexType: "AUTOINDEX",
            metricType: "COSINE",
        },
    ],
});
const live = new milvus.Alias("live", {
    name: "docs",
    collection: docs.collectionName,
});
export const collection = docs.collectionName;
