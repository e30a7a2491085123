import * as pulumi from "@pulumi/pulumi";
import * as milvus from "pulumi-milvus";

const config = new pulumi.Config();

// #region collection
const docs = new milvus.Collection("docs", {
    fields: [
        { name: "id", dataType: "Int64", isPrimaryKey: true },
        { name: "vector", dataType: "FloatVector", dim: 8 },
        { name: "text", dataType: "VarChar", maxLength: 1024 },
        ...(config.get("schema") === "v2"
            ? [{ name: "lang", dataType: "VarChar", maxLength: 8, backfill: "en" } as const]
            : []),
    ],
    deletionProtection: config.getBoolean("protected") ?? true,
});
// #endregion collection

new milvus.Alias("live", { name: "docs", collection: docs.collectionName });

export const collection = docs.collectionName;
