import { setTimeout as delay } from "node:timers/promises";

import { deleteProperties, describeCollection, setProperties } from "../../milvus/collection/collections";
import { isMilvusError, MilvusError } from "../../milvus/transport/errors";
import { retryRead } from "../../milvus/transport/retry";
import { flush } from "../../milvus/rows/rows";
import { NO_QUOTA, previousQuota, QUOTA } from "../../observe/fence";
import { LIFTED } from "../../observe/generations";
import { property } from "../../observe/properties";
import { mayPauseWrites } from "../../plan/mapping/onlineWrites";
import { RunError } from "../errors";
import type { Endpoint } from "../read/endpoint";

/** The property that stores the previous quota, so that any run can lift the fence. */
const PREVIOUS_QUOTA = property.fenced;
/** Milvus checks its quotas every 3 s; a server that does not refuse writes by then has quotas off. */
const TIMEOUT_MS = 10_000;

/**
 * Makes the server refuse writes to a collection, with the error of its rate limits, which clients retry. Returns
 * whether it does: milvus-lite has no quotas, and they can be off. After a failure no fence is left. Errors: `MV331` if
 * one may be left.
 */
export async function fence(endpoint: Endpoint): Promise<boolean> {
    const { client, capabilities, ref } = endpoint;
    if (!mayPauseWrites(capabilities)) return false;
    const properties = (await describeCollection(client, ref))?.properties ?? {};
    // A fence that an interrupted run has left holds the quota from before it.
    const before = previousQuota(properties) ?? properties[QUOTA] ?? "";
    // The quota counts only flushed rows.
    await flush(client, ref);
    let isSet = false;
    try {
        await setProperties(client, ref, { [QUOTA]: "0", [PREVIOUS_QUOTA]: before });
        isSet = true;
        if (await takesHold(endpoint)) return true;
    } catch (error) {
        if (!isSet && isMilvusError(error, "invalid", "forbidden")) return false;
        // The call may have been carried out although its answer was lost.
        await lift(endpoint, before);
        throw error;
    }
    await lift(endpoint, before);
    return false;
}

/** Lifts the fence, if there is one. Errors: `MV331` if it may still be there. */
export async function liftFence(endpoint: Endpoint): Promise<void> {
    const before = previousQuota((await describeCollection(endpoint.client, endpoint.ref))?.properties ?? {});
    if (before !== undefined) await lift(endpoint, before);
}

async function lift({ client, capabilities, ref }: Endpoint, before: string): Promise<void> {
    const quota = before || NO_QUOTA;
    try {
        // Setting the same values twice has no effect.
        await retryRead(() => setProperties(client, ref, { [QUOTA]: quota, [PREVIOUS_QUOTA]: LIFTED }));
    } catch (error) {
        throw new RunError(
            "MV331",
            `${ref.name}: may keep refusing writes, because the server failed (${(error as Error).message}). ` +
                `Run \`pulumi refresh\` when the server is back, or set the collection's property ${QUOTA} to ${quota}`,
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

/** Every server refuses an insert without rows; one that refuses writes does so before it checks the rows. */
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
