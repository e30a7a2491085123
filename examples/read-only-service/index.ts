import * as pulumi from "@pulumi/pulumi";
import * as milvus from "pulumi-milvus";

import { schemas } from "./schema";

const config = new pulumi.Config();
const version = config.get("schema") ?? "v1";
const fields = schemas[version];
if (fields === undefined) throw new Error(`schema: there is no ${version}`);

const docs = new milvus.Collection("docs", {
    fields,
    indexes: [{ field: "vector", indexType: "AUTOINDEX", metricType: "COSINE" }],
});
const live = new milvus.Alias("live", { name: "docs", collection: docs.collectionName });

// #region access
const reader = new milvus.Role("docs_reader");
const service = new milvus.User("docs_search", {
    password: config.requireSecret("servicePassword"),
    roles: [reader.name],
});
const privileges = ["Search", "Query"];
// On the collection: the next generation has the same privileges before clients reach it.
new milvus.Grant("by_collection", { role: reader.name, privileges, collection: docs.collectionName });
// On the alias: before 2.6.12 Milvus checks the name that the client uses.
new milvus.Grant("by_alias", { role: reader.name, privileges, collection: live.name });
// #endregion access

export const collection = docs.collectionName;
export const user = service.name;
