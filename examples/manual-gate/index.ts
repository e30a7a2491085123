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

// #region gate
/** Runs between the copy and the cutover. Where it throws, the alias stays where it is, and so do the readers. */
const gate = new pulumi.ResourceHook("gate", ({ newInputs }) => {
    const { collection } = newInputs as { collection: string };
    if (config.get("approved") !== collection)
        throw new Error(
            `${collection} is ready and verified, and nobody uses it yet. Look at it. ` +
                `To move the alias, run: pulumi config set approved ${collection} && pulumi up`,
        );
});

const live = new milvus.Alias(
    "live",
    { name: "docs", collection: docs.collectionName },
    { hooks: { beforeUpdate: [gate] } },
);
// #endregion gate

export const collection = docs.collectionName;
export const alias = live.name;
