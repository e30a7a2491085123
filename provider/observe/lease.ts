import { randomUUID } from "node:crypto";
import { readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** The holder of leases: one process of one run. */
export interface LeaseHolder {
    id: string;
    /** Equal for all processes of one `pulumi` command. */
    run: string;
    machine: string;
    pid: number;
}

/** Stored on a copy: which process works on it, and until when unless the lease is renewed. */
export interface Lease extends LeaseHolder {
    /** Milliseconds since 1970, by the server's clock where the server returns it. */
    until: number;
    /** Whether the holder waits for the next call of its run, which another process may receive. */
    isIdle?: boolean;
}

/** Identifies the machine. Containers may share a host name, so on Linux the PID namespace is added. */
function machineOf(): string {
    try {
        return `${hostname()} ${readlinkSync("/proc/self/ns/pid")}`;
    } catch {
        return hostname();
    }
}

/** A new holder with a unique id. */
export function newLeaseHolder(run: string): LeaseHolder {
    return { id: randomUUID(), run, machine: machineOf(), pid: process.pid };
}

/** Undefined for text that is not a lease. */
export function parseLease(text: string | undefined): Lease | undefined {
    try {
        return text ? (JSON.parse(text) as Lease) : undefined;
    } catch {
        return undefined;
    }
}

/**
 * Whether another process holds this lease, without regard to its expiry. False for the holder's own lease, for one that
 * another process of the same run left for the next call, and for one whose process has ended. A process on another machine
 * cannot be checked and counts as alive.
 */
export function isHeldElsewhere(lease: Lease, holder: LeaseHolder): boolean {
    if (lease.id === holder.id || (lease.isIdle && lease.run === holder.run)) return false;
    if (lease.machine !== holder.machine) return true;
    try {
        process.kill(lease.pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
}
