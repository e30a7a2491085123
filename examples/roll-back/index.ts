import * as pulumi from "@pulumi/pulumi";
import * as milvus from "pulumi-milvus";

const config = new pulumi.Config();
const isSecond = config.get("schema") === "v2";

const first: milvus.FieldArgs[] = [{ name: "page_num", dataType: "Int32" }];
const second: milvus.FieldArgs[] = [
    { name: "page", dataType: "Int32", previousName: "page_num" },
    { name: "lang", dataType: "VarChar", maxLength: 8, backfill: "en" },
];

// #region collection
const docs = new milvus.Collection("docs", {
    fields: [
        { name: "id", dataType: "Int64", isPrimaryKey: true },
        { name: "vector", dataType: "FloatVector", dim: 8 },
        { name: "text", dataType: "VarChar", maxLength: 1024 },
        ...(isSecond ? second : first),
    ],
    migration: {
        // The old collection stays on disk after a migration.
        keepPrevious: true,
        // It takes over again where the program has the old schema, instead of a copy.
        rollback: config.get("rollback") === "previous" ? "previous" : undefined,
    },
});
// #endregion collection

const live = new milvus.Alias("live", { name: "docs", collection: docs.collectionName });

export const collection = docs.collectionName;
export const alias = live.name;
