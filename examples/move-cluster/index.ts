import * as pulumi from "@pulumi/pulumi";
import * as milvus from "pulumi-milvus";

const config = new pulumi.Config();

// #region move
// The cluster is an argument of each resource, so that a change of it is a change of the program.
const connection = { address: config.require("cluster"), token: config.getSecret("clusterToken") };
// The old cluster keeps its collection and its alias: clients read there until you have moved them.
const retainOnDelete = config.getBoolean("keepOld") ?? false;

const docs = new milvus.Collection(
    "docs",
    {
        fields: [
            { name: "id", dataType: "Int64", isPrimaryKey: true },
            { name: "vector", dataType: "FloatVector", dim: 8 },
            { name: "text", dataType: "VarChar", maxLength: 1024 },
            { name: "page_num", dataType: "Int32" },
        ],
        indexes: [{ field: "vector", indexType: "AUTOINDEX", metricType: "COSINE" }],
        connection,
    },
    { retainOnDelete },
);
const live = new milvus.Alias(
    "live",
    { name: "docs", collection: docs.collectionName, connection },
    { retainOnDelete },
);
// #endregion move

export const collection = docs.collectionName;
export const alias = live.name;
