import * as pulumi from "@pulumi/pulumi";
import * as milvus from "pulumi-milvus";

import { schemas } from "./schema";

// #region program
const version = new pulumi.Config().get("schema") ?? "v1";
const schema = schemas[version];
if (schema === undefined) throw new Error(`schema: there is no ${version}`);

const notes = new milvus.Collection("notes", {
    ...schema,
    indexes: [{ field: "vector", indexType: "AUTOINDEX", metricType: "COSINE" }],
});

// Applications use only this name.
const live = new milvus.Alias("live", { name: "docs", collection: notes.collectionName });
// #endregion program

export const collection = notes.collectionName;
export const alias = live.name;
