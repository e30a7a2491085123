import * as pulumi from "@pulumi/pulumi";
import { Documents } from "@shop/documents";

const config = new pulumi.Config();
const docs = new Documents("docs", { hasLanguage: config.get("schema") === "v2" });

export const collection = docs.collection;
