import { setTimeout as delay } from "node:timers/promises";

import { deleteProperties, describeCollection, setProperties } from "../../milvus/collection/collections";
import { isMilvusError, MilvusError } from "../../milvus/transport/errors";
import type { Message } from "../../milvus/transport/protocol";
import { retryRead } from "../../milvus/transport/retry";
import { flush } from "../../milvus/rows/rows";
import { type LimitsBefore, limitsBefore } from "../../observe/fence";
import { property } from "../../observe/properties";
import { mayPauseWrites } from "../../plan/mapping/onlineWrites";
import { RunError } from "../errors";
import type { Endpoint } from "../read/endpoint";
import { addedBy, exhausted, lifted, limitsOf, slowed } from "./fenceLimits";

/**
 * Milvus reads its limits again every 3 s (quotaAndLimits.quotaCenterCollectInterval). A server that does not limit
 * writes after twice that time has its limits off, which is the default of 2.6 and 3.0.
 */
const TIMEOUT_MS = 6_000;
/** The time in which a write that a proxy has accepted reaches the nodes, as long as no queue is full. */
const ARRIVES_MS = 500;

/**
 * Makes the server refuse writes to a collection. Returns whether it does: milvus-lite has no limits, and they can be off.
 * After a failure no fence is left. Errors: `MV331` if one may be left.
 *
 * First all writes get a tiny rate. Then the server answers with code 8, which clients' SDKs retry, for deletes as well:
 * on 2.3.5 they wait in the client, and none fails. A quota of 0 is code 9, which fails at once (39 to 54 failed writes in
 * a switch), and does not stop deletes since 2.4.14 (issue 37139): it is used only where the rates have no effect.
 *
 * A rate lets one write through at each proxy, so a pass after the switch has to follow.
 */
export async function fence(endpoint: Endpoint): Promise<boolean> {
    const { client, capabilities, ref } = endpoint;
    if (!mayPauseWrites(capabilities)) return false;
    const properties = (await describeCollection(client, ref))?.properties ?? {};
    // A fence that an interrupted run has left holds the limits from before it.
    const before = { ...limitsOf(properties), ...limitsBefore(properties) };
    let isSet = false;
    try {
        await setProperties(client, ref, slowed(before));
        isSet = true;
        if (await allTakeHold(endpoint)) {
            await delay(ARRIVES_MS);
            return true;
        }
        // The quota counts only flushed rows.
        await flush(client, ref);
        await setProperties(client, ref, exhausted);
        if (await takesHold(endpoint, "Insert")) {
            await delay(ARRIVES_MS);
            return true;
        }
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
    const before = limitsBefore((await describeCollection(endpoint.client, endpoint.ref))?.properties ?? {});
    if (before !== undefined) await lift(endpoint, before);
}

async function lift({ client, capabilities, ref }: Endpoint, before: LimitsBefore): Promise<void> {
    const limits = lifted(before, capabilities);
    try {
        // Setting the same values twice has no effect.
        await retryRead(() => setProperties(client, ref, limits));
    } catch (error) {
        const byHand = Object.entries(limits)
            .filter(([key]) => key !== property.fenced)
            .map(([key, value]) => `${key} to ${value || '""'}`);
        throw new RunError(
            "MV331",
            `${ref.name}: may keep refusing writes, because the server failed (${(error as Error).message}). ` +
                `Run \`pulumi refresh\` when the server is back, or set these properties of the collection: ${byHand.join(", ")}`,
        );
    }
    if (capabilities.deleteProperties) await deleteProperties(client, ref, addedBy(before));
}

type Write = "Insert" | "Upsert" | "Delete";

/**
 * Requests that every server rejects, and that limits reject before anything else: an insert or upsert without rows, a
 * delete whose filter does not parse. Each kind has a rate of its own, which lets one request through (measured on 2.3.5). The one of them that a rate lets through takes the place of a client's write: Milvus counts its
 * bytes, so a long one keeps the next write waiting for hours.
 */
const hash_keys = Array.from({ length: 16_384 }, () => 1);
const probes = {
    Insert: { hash_keys },
    Upsert: { hash_keys },
    Delete: { expr: "(", hash_keys },
} satisfies Record<Write, Message>;

async function allTakeHold(endpoint: Endpoint): Promise<boolean> {
    for (const write of ["Insert", "Upsert", "Delete"] as const)
        if (!(await takesHold(endpoint, write))) return false;
    return true;
}

async function takesHold(endpoint: Endpoint, write: Write): Promise<boolean> {
    for (const end = Date.now() + TIMEOUT_MS; Date.now() < end; await delay(100))
        if (await isRefused(endpoint, write)) return true;
    return false;
}

async function isRefused({ client, ref }: Endpoint, write: Write): Promise<boolean> {
    try {
        await client.call(write, {
            ...(ref.database !== undefined && { db_name: ref.database }),
            collection_name: ref.name,
            ...probes[write],
        });
        return false;
    } catch (error) {
        if (isMilvusError(error, "rate-limited")) return true;
        if (error instanceof MilvusError && (error.kind === "invalid" || error.kind === "rejected"))
            return false;
        throw error;
    }
}
