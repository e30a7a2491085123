import * as pulumi from "@pulumi/pulumi";
import * as milvus from "pulumi-milvus";

import { schemas } from "./schema";

// #region program
const version = new pulumi.Config().get("schema") ?? "dense";
const schema = schemas[version];
if (schema === undefined) throw new Error(`schema: there is no ${version}`);

const articles = new milvus.Collection("articles", schema);

// Applications use only this name.
const live = new milvus.Alias("live", { name: "docs", collection: articles.collectionName });
// #endregion program

export const collection = articles.collectionName;
export const alias = live.name;
