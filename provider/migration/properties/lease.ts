import { listAliases } from "../../milvus/collection/aliases";
import type { MilvusClient } from "../../milvus/transport/client";
import { pause, stopPoint } from "../../milvus/transport/stopPoint";
import { type CollectionRef, setProperties } from "../../milvus/collection/collections";
import { serverTime } from "../../milvus/rows/readPoint";
import { isHeldElsewhere, type Lease, type LeaseHolder, parseLease } from "../../observe/lease";
import { property } from "../../observe/properties";
import { RunError } from "../errors";
import { readProperty } from "./codec";
import type { Report } from "../report";

const PROPERTY = property.lease;
/** How long a lease holds without a renewal. */
export const LEASE_MS = 60_000;
const RENEW_MS = 15_000;
/** How often a run that waits for a lease looks whether it is released. */
const LOOK_MS = 1_000;
/** After this long without a renewal a write waits for one. */
const SURE_MS = LEASE_MS / 2;

/**
 * @param isIdle whether the next call of the same run, possibly in another process, may take the lease at once
 * @param key the property that holds it: a shard of a copy has a lease of its own
 */
export async function leaseProperty(
    client: MilvusClient,
    holder: LeaseHolder,
    isIdle = false,
    key: string = PROPERTY,
): Promise<Record<string, string>> {
    const until = (await serverTime(client)) + LEASE_MS;
    const lease: Lease = { ...holder, until, ...(isIdle && { isIdle }) };
    return { [key]: JSON.stringify(lease) };
}

/**
 * Takes the lease of a copy. The lease of a process that has ended on this machine is taken at once, any other when it
 * expires. Errors: `MV322` if another run is active.
 */
export async function takeLease(
    client: MilvusClient,
    ref: CollectionRef,
    holder: LeaseHolder,
    report: Report,
): Promise<void> {
    let seen = await leaseOf(client, ref);
    if (seen && isHeldElsewhere(seen, holder)) {
        const left = seen.until - (await serverTime(client));
        if (left > 0) {
            report.say(`${ref.name} is locked by another run; waiting up to ${Math.ceil(left / 1000)} s`);
            seen = await waitForRelease(client, ref, seen, Math.min(left, LEASE_MS));
        }
    }
    await setProperties(client, ref, await leaseProperty(client, holder));
    const now = await leaseOf(client, ref);
    if (now && now.id !== holder.id) throw leaseTaken(ref, now);
}

/** Until the holder releases the lease, or it expires. Errors: `MV322` if it was renewed in the meantime. */
async function waitForRelease(
    client: MilvusClient,
    ref: CollectionRef,
    seen: Lease,
    milliseconds: number,
): Promise<Lease | undefined> {
    for (let left = milliseconds; ; left -= LOOK_MS) {
        await pause(Math.min(left, LOOK_MS));
        const now = await leaseOf(client, ref);
        if (!now) return undefined;
        if (left > LOOK_MS) continue;
        if (now.until !== seen.until) throw leaseTaken(ref, now);
        return now;
    }
}

/** Takes a lease from whoever holds it: the holder stops at its next write (`MV332`). For an operator who asks for it. */
export async function seizeLease(
    client: MilvusClient,
    ref: CollectionRef,
    holder: LeaseHolder,
): Promise<void> {
    await setProperties(client, ref, await leaseProperty(client, holder));
}

/** A lease that is renewed until it is released. */
export interface HeldLease {
    /**
     * Runs before each write: ends here if the call is ended, and checks the lease on the server if the last renewal is so long ago that another run may
     * take over soon, or has. Errors: `MV332` if one has.
     */
    confirm: () => Promise<void>;
    /** Stops the renewal, and waits for one in progress. Errors: `MV332` if another run has taken over. */
    release: () => Promise<void>;
    /** Releases the lease as idle: the next call of this run may take it at once, other runs wait until it expires. */
    rest: () => Promise<void>;
}

/** The lease of a copy on a server that stores no properties. */
export const noLease: HeldLease = {
    confirm: () => Promise.resolve().then(stopPoint),
    release: () => Promise.resolve(),
    rest: () => Promise.resolve(),
};

/** Renews the lease periodically. A process that is suspended or disconnected for a while may still lose it. */
export function holdLease(
    client: MilvusClient,
    ref: CollectionRef,
    holder: LeaseHolder,
    { measure }: Pick<Report, "measure"> = {},
    key: string = PROPERTY,
): HeldLease {
    let renewing: Promise<void> = Promise.resolve();
    let renewed = Date.now();
    let lost: Lease | undefined;
    const tell = () => measure?.lease(lost ? undefined : renewed + LEASE_MS);
    tell();
    const renew = async () => {
        const begun = Date.now();
        const now = await leaseOf(client, ref, key);
        if (now && now.id !== holder.id) lost = now;
        else {
            await setProperties(client, ref, await leaseProperty(client, holder, false, key));
            renewed = begun;
        }
        tell();
    };
    const requireOwn = () => {
        if (lost) throw takenOver(ref, lost);
    };
    const timer = setInterval(() => {
        // A server that is unreachable for long makes the copy itself fail.
        if (!lost) renewing = renew().catch(() => undefined);
    }, RENEW_MS);
    timer.unref();
    const release = async () => {
        clearInterval(timer);
        await renewing;
        measure?.lease(undefined);
        requireOwn();
    };
    return {
        confirm: async () => {
            stopPoint();
            requireOwn();
            if (Date.now() - renewed < SURE_MS) return;
            await renew();
            requireOwn();
        },
        release,
        rest: async () => {
            await release();
            // If this fails, another process of this run waits until the lease expires, and then continues.
            await leaseProperty(client, holder, true, key)
                .then((idle) => setProperties(client, ref, idle))
                .catch(() => undefined);
        },
    };
}

/** Whether a copy still belongs to this process: no other run has taken it over, and no alias points at it. */
export async function isOurs(
    client: MilvusClient,
    ref: CollectionRef,
    /** Undefined if the server stores no properties. */
    holder: LeaseHolder | undefined,
): Promise<boolean> {
    if (holder && (await leaseOf(client, ref))?.id !== holder.id) return false;
    return (await listAliases(client, ref)).length === 0;
}

/** Deletes the lease, so that the next run resumes at once. */
export async function dropLease(
    client: MilvusClient,
    ref: CollectionRef,
    key: string = PROPERTY,
): Promise<void> {
    await setProperties(client, ref, { [key]: "" }).catch(() => undefined);
}

function leaseOf(
    client: MilvusClient,
    ref: CollectionRef,
    key: string = PROPERTY,
): Promise<Lease | undefined> {
    return readProperty(client, ref, key, parseLease);
}

function leaseTaken(ref: CollectionRef, { machine, pid }: Lease): RunError {
    return new RunError(
        "MV322",
        `${ref.name}: locked by another run (process ${pid} on ${machine.split(" ")[0]}). Wait until that run finishes, or stop it, then run \`pulumi up\` again`,
    );
}

function takenOver(ref: CollectionRef, { machine, pid }: Lease): RunError {
    return new RunError(
        "MV332",
        `${ref.name}: another run took over the copy (process ${pid} on ${machine.split(" ")[0]}). This run stops. ` +
            "Wait until the other run finishes, or stop it, then run `pulumi up` again",
    );
}
