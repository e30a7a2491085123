import { setTimeout as delay } from "node:timers/promises";

import { deleteProperties, describeCollection, setProperties } from "../milvus/collections";
import { isMilvusError, MilvusError } from "../milvus/errors";
import { flush } from "../milvus/rows";
import type { Capabilities } from "../observe/state";
import type { Side } from "./sides";

/** A collection whose disk quota is used up takes no insert, upsert or delete, and answers reads (measured on 2.3.5). */
const QUOTA = "collection.diskProtection.diskQuota.mb";
/** What the quota was, so that any run can lift the fence. */
const KEPT = "pulumi.fenced";
/** Milvus before 2.5 takes no property away: more than any disk holds stands for none. */
const NO_QUOTA = "1000000000";
/** Milvus looks at its quotas every 3 s; one that does not refuse by then has none. */
const PATIENCE_MS = 10_000;

/**
 * Makes the server refuse writes to a collection, with the error of its rate limits, which clients repeat. Returns
 * whether it does: milvus-lite has no quotas, and they can be off.
 */
export async function fence({ client, ref }: Side, capabilities: Capabilities): Promise<boolean> {
    if (!capabilities.alterProperties || capabilities.lite) return false;
    const before = (await describeCollection(client, ref))?.properties[QUOTA] ?? "";
    // The quota counts what is stored.
    await flush(client, ref);
    try {
        await setProperties(client, ref, { [QUOTA]: "0", [KEPT]: before });
    } catch (error) {
        if (isMilvusError(error, "invalid") || isMilvusError(error, "forbidden")) return false;
        throw error;
    }
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await delay(100))
        if (await refuses({ client, ref })) return true;
    await liftFence({ client, ref }, capabilities);
    return false;
}

/** Lets writes in again; nothing to do where no fence stands. */
export async function liftFence({ client, ref }: Side, capabilities: Capabilities): Promise<void> {
    const before = (await describeCollection(client, ref))?.properties[KEPT];
    if (before === undefined || before === LIFTED) return;
    await setProperties(client, ref, { [QUOTA]: before || NO_QUOTA, [KEPT]: LIFTED });
    if (capabilities.deleteProperties) await deleteProperties(client, ref, before ? [KEPT] : [QUOTA, KEPT]);
}

const LIFTED = "lifted";

/** An insert without rows is refused by any server; by one that takes no writes before it is looked at. */
async function refuses({ client, ref }: Side): Promise<boolean> {
    try {
        await client.call("Insert", {
            ...(ref.database !== undefined && { db_name: ref.database }),
            collection_name: ref.name,
        });
        return false;
    } catch (error) {
        if (isMilvusError(error, "rate-limited")) return true;
        if (error instanceof MilvusError && (error.kind === "invalid" || error.kind === "rejected"))
            return false;
        throw error;
    }
}
