import * as pulumi from "@pulumi/pulumi";

import { schemas } from "./schema";
import { SearchIndex } from "./searchIndex";

const config = new pulumi.Config();
const version = config.get("schema") ?? "v1";
const fields = schemas[version];
if (fields === undefined) throw new Error(`schema: there is no ${version}`);

// #region program
const args = {
    fields,
    // A server without users, as milvus-lite, has no roles either.
    readers: config.getObject<string[]>("readers") ?? [],
    isProtected: config.getBoolean("protect") ?? true,
};
const manuals = new SearchIndex("manuals", args);
const tickets = new SearchIndex("tickets", args);
// #endregion program

/** Names for clients, and the collections behind them. */
export const aliases = [manuals.alias, tickets.alias];
export const collections = [manuals.collection, tickets.collection];
