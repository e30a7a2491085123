import { type CollectionRef, describeCollection, setProperties } from "../../milvus/collection/collections";
import type { MilvusClient } from "../../milvus/transport/client";
import { serverTime } from "../../milvus/rows/readPoint";
import { pause } from "../../milvus/transport/stopPoint";
import { isHeldElsewhere, type LeaseHolder, parseLease } from "../../observe/lease";
import { LEASE_MS, leaseProperty } from "./lease";

/** How long a holder waits between its write and the look that confirms it: longer than a write takes on a busy server. */
const SETTLE_MS = 2_000;

/** Whether another process that is alive holds the lease of a property. */
export async function isTaken(
    client: MilvusClient,
    properties: Record<string, string>,
    key: string,
    holder: LeaseHolder,
): Promise<boolean> {
    const lease = parseLease(properties[key]);
    if (!lease || !isHeldElsewhere(lease, holder)) return false;
    return lease.until > (await serverTime(client));
}

/**
 * Takes leases that many processes want at the same moment; of these one gets them. Milvus has no conditional writes: a
 * process writes its name, waits, and looks whether it stands there still (Lamport, "A Fast Mutual Exclusion Algorithm", 1987,
 * after Fischer). That is exact where the write follows the look that found the lease free within the wait. Who was slower
 * may have overwritten a process that works already, and waits until that one has noticed: no longer than a lease holds.
 *
 * @returns the properties of the collection once all leases are held; undefined where another process has one, or the
 * collection is gone
 */
export async function takeContended(
    client: MilvusClient,
    ref: CollectionRef,
    keys: readonly string[],
    holder: LeaseHolder,
    /** The same for all processes. */
    settleMs: number = SETTLE_MS,
): Promise<Record<string, string> | undefined> {
    const begun = performance.now();
    const before = await describeCollection(client, ref);
    if (!before) return undefined;
    for (const key of keys) if (await isTaken(client, before.properties, key, holder)) return undefined;
    const leases: Record<string, string> = {};
    for (const key of keys) Object.assign(leases, await leaseProperty(client, holder, false, key));
    await setProperties(client, ref, leases);
    const isSlow = performance.now() - begun > settleMs;
    await pause(isSlow ? LEASE_MS : settleMs);
    const after = (await describeCollection(client, ref))?.properties;
    return after && keys.every((key) => parseLease(after[key])?.id === holder.id) ? after : undefined;
}
