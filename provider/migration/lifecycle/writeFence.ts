import { setTimeout as delay } from "node:timers/promises";

import { deleteProperties, describeCollection, setProperties } from "../../milvus/collection/collections";
import { isMilvusError, MilvusError } from "../../milvus/transport/errors";
import { retryRead } from "../../milvus/transport/retry";
import { flush } from "../../milvus/rows/rows";
import { LIFTED } from "../../observe/generations";
import { property } from "../../observe/properties";
import type { Capabilities } from "../../observe/state";
import { mayPauseWrites } from "../../plan/mapping/onlineWrites";
import { RunError } from "../errors";
import type { Endpoint } from "../read/endpoint";

/** A collection whose disk quota is used up takes no insert, upsert or delete, and answers reads (measured on 2.3.5). */
const QUOTA = "collection.diskProtection.diskQuota.mb";
/** What the quota was, so that any run can lift the fence. */
const PREVIOUS_QUOTA = property.fenced;
/** Milvus before 2.5 takes no property away: more than any disk holds stands for none. */
const NO_QUOTA = "1000000000";
/** Milvus looks at its quotas every 3 s; one that does not refuse by then has none. */
const TIMEOUT_MS = 10_000;

/**
 * Makes the server refuse writes to a collection, with the error of its rate limits, which clients repeat. Returns
 * whether it does: milvus-lite has no quotas, and they can be off. Where it fails no fence is left. Errors: `MV331` where
 * one may be.
 */
export async function fence(endpoint: Endpoint, capabilities: Capabilities): Promise<boolean> {
    if (!mayPauseWrites(capabilities)) return false;
    const { client, ref } = endpoint;
    const properties = (await describeCollection(client, ref))?.properties ?? {};
    // One that a cut run has left knows what was there before it.
    const before = previousQuota(properties) ?? properties[QUOTA] ?? "";
    // The quota counts what is stored.
    await flush(client, ref);
    let isSet = false;
    try {
        await setProperties(client, ref, { [QUOTA]: "0", [PREVIOUS_QUOTA]: before });
        isSet = true;
        if (await takesHold(endpoint)) return true;
    } catch (error) {
        if (!isSet && isMilvusError(error, "invalid", "forbidden")) return false;
        // A call without an answer may have been carried out.
        await lift(endpoint, before, capabilities);
        throw error;
    }
    await lift(endpoint, before, capabilities);
    return false;
}

/** Lets writes in again; nothing to do where no fence stands. Errors: `MV315` where it may still stand. */
export async function liftFence(endpoint: Endpoint, capabilities: Capabilities): Promise<void> {
    const before = previousQuota((await describeCollection(endpoint.client, endpoint.ref))?.properties ?? {});
    if (before !== undefined) await lift(endpoint, before, capabilities);
}

/** What the quota was before the fence that stands, empty where there was none; undefined where no fence stands. */
function previousQuota({ [PREVIOUS_QUOTA]: kept }: Record<string, string>): string | undefined {
    return kept === LIFTED ? undefined : kept;
}

async function lift({ client, ref }: Endpoint, before: string, capabilities: Capabilities): Promise<void> {
    const quota = before || NO_QUOTA;
    try {
        // To set the same twice does no harm.
        await retryRead(() => setProperties(client, ref, { [QUOTA]: quota, [PREVIOUS_QUOTA]: LIFTED }));
    } catch (error) {
        throw new RunError(
            "MV331",
            `${ref.name}: may refuse writes for longer than the switch, for the server failed (${(error as Error).message}). ` +
                `Run \`pulumi refresh\` when it is back, or set the collection's property ${QUOTA} to ${quota}`,
        );
    }
    if (capabilities.deleteProperties)
        await deleteProperties(client, ref, before ? [PREVIOUS_QUOTA] : [QUOTA, PREVIOUS_QUOTA]);
}

async function takesHold(endpoint: Endpoint): Promise<boolean> {
    for (const end = Date.now() + TIMEOUT_MS; Date.now() < end; await delay(100))
        if (await refuses(endpoint)) return true;
    return false;
}

/** An insert without rows is refused by any server; by one that takes no writes before it is looked at. */
async function refuses({ client, ref }: Endpoint): Promise<boolean> {
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
