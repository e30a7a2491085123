import type { MigrationState } from "../../inputs/schema/migrationState";
import type { MilvusClient } from "../../milvus/transport/client";
import { serverTime } from "../../milvus/rows/readPoint";
import type { CollectionRef } from "../../milvus/collection/collections";
import type { Inspected, WorkPhase } from "../../observe/generation";
import { inspect } from "../../observe/inspected";
import type { LeaseHolder } from "../../observe/lease";

/** Where a detached migration stands. */
export interface Standing {
    /** The new collection. */
    collection: string;
    /** `waiting`: no worker has begun. */
    phase: "waiting" | WorkPhase;
    /** Rows that are certainly copied, and those of the old collection, as far as they could be counted. */
    rows: number;
    total: number | undefined;
    rowsPerSecond: number | undefined;
    /** The worker that is at work; undefined where none is. */
    worker: { pid: number; machine: string } | undefined;
    /** Seconds since a worker last recorded anything; undefined where none has. */
    quietSeconds: number | undefined;
    isPaused: boolean;
    /** Why the worker has failed, with the code. */
    error: string | undefined;
    switchBy: "up" | "worker";
}

/** What the resource's output `migrationState` tells. */
export const migrationStateOf = ({ phase, rows, total, collection }: Standing): MigrationState => ({
    ...{ phase, rows, collection },
    ...(total !== undefined && { total }),
});

/** Undefined where the copy is gone. */
export async function standingAt(
    client: MilvusClient,
    copy: CollectionRef,
    total: number | undefined,
    holder: LeaseHolder,
): Promise<Standing | undefined> {
    const seen = await inspect(client, copy, holder);
    return seen && standingOf(seen, total, await serverTime(client));
}

/** @param now milliseconds since 1970, by the server's clock */
export function standingOf(seen: Inspected, total: number | undefined, now: number): Standing {
    const { ref, work, progress, lease, worker, isPaused, detached = "up" } = seen;
    const isAtWork = lease === "held" && worker !== undefined;
    const rows = progress?.rows ?? 0;
    const signs = [work?.since, work && progress?.savedAt].filter((sign) => sign !== undefined);
    return {
        collection: ref.name,
        phase: work?.phase ?? "waiting",
        rows,
        total: total === undefined ? undefined : Math.max(rows, total),
        rowsPerSecond:
            isAtWork && work?.phase === "copying" && !isPaused ? progress?.rowsPerSecond : undefined,
        worker: isAtWork ? { pid: worker.pid, machine: worker.machine } : undefined,
        quietSeconds:
            signs.length === 0 ? undefined : Math.max(0, Math.round((now - Math.max(...signs)) / 1000)),
        isPaused,
        error: work?.error,
        switchBy: detached,
    };
}

/** Whether the next `up` switches, instead of a worker. */
export const isReady = ({ phase }: Standing): boolean => phase === "ready";
