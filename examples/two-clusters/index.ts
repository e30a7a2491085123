import * as pulumi from "@pulumi/pulumi";
import * as milvus from "@pulumi-milvus/milvus";

import { schemas } from "./schema";

const config = new pulumi.Config();
const version = config.get("schema") ?? "v1";
const fields = schemas[version];
if (fields === undefined) throw new Error(`schema: there is no ${version}`);

// #region deploy
/** The collection and its alias on one cluster. */
function deploy(cluster: string): pulumi.Output<string> {
    const provider = new milvus.Provider(cluster, {
        address: config.require(`${cluster}Address`),
        token: config.getSecret(`${cluster}Token`),
    });
    const docs = new milvus.Collection(
        `${cluster}_docs`,
        { fields, indexes: [{ field: "vector", indexType: "AUTOINDEX", metricType: "COSINE" }] },
        { provider },
    );
    // Clients of both clusters use the same name.
    new milvus.Alias(`${cluster}_live`, { name: "docs", collection: docs.collectionName }, { provider });
    return docs.collectionName;
}

export const europe = deploy("europe");
export const america = deploy("america");
// #endregion deploy
