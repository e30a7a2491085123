import { randomUUID } from "node:crypto";
import { readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as delay } from "node:timers/promises";

import { listAliases } from "../../milvus/aliases";
import type { MilvusClient } from "../../milvus/client";
import { type CollectionRef, setProperties } from "../../milvus/collections";
import { serverTime } from "../../milvus/readPoint";
import { RunError } from "../errors";
import { readProperty } from "./codec";
import type { Report } from "../report";

/** Says on a copy who works on it, and until when that holds unless it is renewed. */
interface Lease {
    id: string;
    machine: string;
    pid: number;
    /** Milliseconds since 1970, by the server's clock where it tells. */
    until: number;
}

const PROPERTY = "pulumi.lease";
const SECONDS = 60;
const RENEW_MS = 15_000;
/** After so long without a renewal a write waits for one. */
const SURE_MS = (SECONDS * 1000) / 2;

/** This process, for all its leases. */
const own = { id: randomUUID(), machine: machineOf(), pid: process.pid };

export async function leaseProperty(client: MilvusClient): Promise<Record<string, string>> {
    const lease: Lease = { ...own, until: (await serverTime(client)) + SECONDS * 1000 };
    return { [PROPERTY]: JSON.stringify(lease) };
}

/**
 * Takes a copy over from a run that is gone: at once where its process has ended on this machine, else when its lease
 * runs out. Errors: `MV322` where another run is at work.
 */
export async function takeLease(client: MilvusClient, ref: CollectionRef, report: Report): Promise<void> {
    let seen = await leaseOf(client, ref);
    if (seen && isAlive(seen)) {
        const left = seen.until - (await serverTime(client));
        if (left > 0) {
            report.say(
                `${ref.name} may be in work elsewhere; waiting ${Math.ceil(left / 1000)} s for a sign`,
            );
            await delay(Math.min(left, SECONDS * 1000));
            const now = await leaseOf(client, ref);
            if (now && now.until !== seen.until) throw taken(ref, now);
            seen = now;
        }
    }
    await setProperties(client, ref, await leaseProperty(client));
    const now = await leaseOf(client, ref);
    if (now && now.id !== own.id) throw taken(ref, now);
}

/** A lease that is renewed until it is let go. */
export interface HeldLease {
    /**
     * Before each write: asks the server where the last renewal is so long ago that another run may soon take over, or
     * has. Errors: `MV332` where one has.
     */
    confirm: () => Promise<void>;
    /** Waits for a renewal under way. Errors: `MV332` where another run has taken over. */
    release: () => Promise<void>;
}

/** Of a copy on a server that keeps no properties. */
export const noLease: HeldLease = { confirm: () => Promise.resolve(), release: () => Promise.resolve() };

/** Renews the lease. A process that stands still for a while, or is cut off, may lose it all the same. */
export function holdLease(client: MilvusClient, ref: CollectionRef): HeldLease {
    let renewing: Promise<void> = Promise.resolve();
    let renewed = Date.now();
    let lost: Lease | undefined;
    const renew = async () => {
        const begun = Date.now();
        const now = await leaseOf(client, ref);
        if (now && now.id !== own.id) lost = now;
        else {
            await setProperties(client, ref, await leaseProperty(client));
            renewed = begun;
        }
    };
    const requireOwn = () => {
        if (lost) throw takenOver(ref, lost);
    };
    const timer = setInterval(() => {
        // A server that is gone for a while makes the copy fail by itself.
        if (!lost) renewing = renew().catch(() => undefined);
    }, RENEW_MS);
    timer.unref();
    return {
        confirm: async () => {
            requireOwn();
            if (Date.now() - renewed < SURE_MS) return;
            await renew();
            requireOwn();
        },
        release: async () => {
            clearInterval(timer);
            await renewing;
            requireOwn();
        },
    };
}

/**
 * Whether a copy is this process' own yet: no other run has taken it over, where the server keeps leases, and no alias
 * points at it.
 */
export async function isOurs(
    client: MilvusClient,
    ref: CollectionRef,
    keepsLeases: boolean,
): Promise<boolean> {
    if (keepsLeases && (await leaseOf(client, ref))?.id !== own.id) return false;
    return (await listAliases(client, ref)).length === 0;
}

/** Whether anybody is at work on it, or was. */
export async function hasLease(client: MilvusClient, ref: CollectionRef): Promise<boolean> {
    return (await leaseOf(client, ref)) !== undefined;
}

/** Whether a run works on it now, as far as can be told without waiting for a sign of it. */
export async function isInWork(client: MilvusClient, ref: CollectionRef): Promise<boolean> {
    const lease = await leaseOf(client, ref);
    return lease !== undefined && isAlive(lease) && lease.until > (await serverTime(client));
}

/** Lets the next run go on at once. */
export async function dropLease(client: MilvusClient, ref: CollectionRef): Promise<void> {
    await setProperties(client, ref, { [PROPERTY]: "" }).catch(() => undefined);
}

function leaseOf(client: MilvusClient, ref: CollectionRef): Promise<Lease | undefined> {
    return readProperty(client, ref, PROPERTY, (text) => JSON.parse(text) as Lease);
}

/** False where it is known that its process has ended; another machine cannot be asked. */
function isAlive({ id, machine, pid }: Lease): boolean {
    if (id === own.id) return false;
    if (machine !== own.machine) return true;
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
}

/** Containers may share a host's name; where they have processes of their own, Linux tells them apart. */
function machineOf(): string {
    try {
        return `${hostname()} ${readlinkSync("/proc/self/ns/pid")}`;
    } catch {
        return hostname();
    }
}

function taken(ref: CollectionRef, { machine, pid }: Lease): RunError {
    return new RunError(
        "MV322",
        `${ref.name}: another run copies to it, the process ${pid} on ${machine.split(" ")[0]}. Wait until it is done, or end it, then run \`pulumi up\` again`,
    );
}

function takenOver(ref: CollectionRef, { machine, pid }: Lease): RunError {
    return new RunError(
        "MV332",
        `${ref.name}: another run has taken it over from this one, the process ${pid} on ${machine.split(" ")[0]}. This run stops. ` +
            "Wait until the other one is done, or end it, then run `pulumi up` again",
    );
}
