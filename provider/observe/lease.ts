import { randomUUID } from "node:crypto";
import { readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** Who works on copies: one process of one run. */
export interface LeaseHolder {
    id: string;
    /** Equal for all processes of one `pulumi` command. */
    run: string;
    machine: string;
    pid: number;
}

/** Says on a copy who works on it, and until when that holds unless it is renewed. */
export interface Lease extends LeaseHolder {
    /** Milliseconds since 1970, by the server's clock where it tells. */
    until: number;
    /** Whether the holder waits for the next call of its run, which may come to another process. */
    isIdle?: boolean;
}

/** A value of the lease's that says nothing about a process: containers may share a host's name, and Linux tells them apart. */
function machineOf(): string {
    try {
        return `${hostname()} ${readlinkSync("/proc/self/ns/pid")}`;
    } catch {
        return hostname();
    }
}

/** A holder that no other one is equal to. */
export function newLeaseHolder(run: string): LeaseHolder {
    return { id: randomUUID(), run, machine: machineOf(), pid: process.pid };
}

/** Undefined for text that is none of ours. */
export function parseLease(text: string | undefined): Lease | undefined {
    try {
        return text ? (JSON.parse(text) as Lease) : undefined;
    } catch {
        return undefined;
    }
}

/**
 * Whether somebody else works by this lease, as far as can be told without the server's clock: false for an own one, one
 * that another process of the same run left for the next call, and one whose process has ended. Another machine cannot be
 * asked.
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
