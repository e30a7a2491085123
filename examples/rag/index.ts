import * as pulumi from "@pulumi/pulumi";
import * as milvus from "pulumi-milvus";

import { schemas } from "./schema";

// #region program
const version = new pulumi.Config().get("schema") ?? "v1";
const fields = schemas[version];
if (fields === undefined) throw new Error(`schema: there is no ${version}`);

const chunks = new milvus.Collection("chunks", {
    fields,
    // Rows may hold keys that no field declares.
    enableDynamicField: true,
    indexes: [{ field: "vector", indexType: "AUTOINDEX", metricType: "COSINE" }],
});

// Applications use only this name.
const live = new milvus.Alias("live", { name: "docs", collection: chunks.collectionName });
// #endregion program

export const collection = chunks.collectionName;
export const alias = live.name;
