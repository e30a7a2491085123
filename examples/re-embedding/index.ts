import * as pulumi from "@pulumi/pulumi";
import * as milvus from "pulumi-milvus";

import { models, schemaOf } from "./schema";

const config = new pulumi.Config();
const model = config.get("model") ?? "small";
const dim = models[model];
if (dim === undefined) throw new Error(`model: there is no ${model}`);

// #region forth
/** Computes the vectors of the model while the rows are migrated. */
const forth: milvus.CollectionArgs = {
    ...schemaOf(dim),
    migration: {
        // Each batch of rows is one call of the model.
        transform: { module: "./embed.js", batchRows: 64, concurrency: 4 },
        // Clients change the model together with the alias: nobody writes during this `pulumi up`.
        writes: "paused",
        // The vectors of the old model are retained.
        keepPrevious: true,
    },
};
// #endregion forth

// #region back
/** Takes the retained vectors again, and computes none. Rows written since get this vector until they are written again. */
const back: milvus.CollectionArgs = {
    ...schemaOf(dim, [1, ...Array<number>(dim - 1).fill(0)]),
    migration: { rollback: "previous", writes: "paused" },
};
// #endregion back

const texts = new milvus.Collection("texts", config.getBoolean("rollback") ? back : forth);

// Applications use only this name.
const live = new milvus.Alias("live", { name: "docs", collection: texts.collectionName });

export const collection = texts.collectionName;
export const alias = live.name;
