import { describeCollection, listCollections } from "../milvus/collection/collections";
import type { MilvusClient } from "../milvus/transport/client";
import type { CopyProgress, Inspected, Work, Worker, WorkPhase } from "./generation";
import { generationOf } from "./generations";
import { type LeaseHolder, parseLease } from "./lease";
import { property } from "./properties";
import { checkpointTexts, hasShards, leaseTexts } from "./shards";
import { unpacked } from "./unpacked";

/** Every collection of a database that has our ownership marker, with what stands on it. Changes nothing. */
export async function inspectDatabase(
    client: MilvusClient,
    database: string | undefined,
    holder: LeaseHolder,
): Promise<Inspected[]> {
    const found: Inspected[] = [];
    for (const name of await listCollections(client, database)) {
        const one = await inspect(client, { database, name }, holder);
        if (one) found.push(one);
    }
    return found;
}

/** Undefined where it is gone, or is not ours. */
export async function inspect(
    client: MilvusClient,
    ref: Inspected["ref"],
    holder: LeaseHolder,
): Promise<Inspected | undefined> {
    const described = await describeCollection(client, ref);
    const generation = described && (await generationOf(client, ref, described, holder));
    if (!generation?.marker) return undefined;
    const { properties } = described!;
    return {
        ...generation,
        marker: generation.marker,
        worker: workerOf(leaseTexts(properties)),
        isPaused: properties[property.pause] === "true",
        progress: wholeProgress(properties),
        cutover: phaseOf(properties[property.cutover]),
        work: workOf(properties[property.workState]),
    };
}

/** The process whose lease holds longest: of several workers one that is surely at work if any is. */
function workerOf(texts: readonly string[]): Worker | undefined {
    const leases = texts.map((text) => parseLease(text)).filter((one) => one !== undefined);
    const lease = leases.sort((a, b) => b.until - a.until)[0];
    // The name of the machine stands before what tells its containers apart.
    return lease && { pid: lease.pid, machine: lease.machine.split(" ")[0]!, until: lease.until };
}

/** The progress of the whole copy: with that of its shards, where workers copy them. */
function wholeProgress(properties: Record<string, string>): CopyProgress | undefined {
    const all = checkpointTexts(properties).map(progressOf);
    const [whole, ...shards] = all;
    if (!hasShards(properties) || !whole) return whole;
    const known = shards.filter((shard) => shard !== undefined);
    const rates = known.filter(({ isDone, rowsPerSecond }) => !isDone && rowsPerSecond !== undefined);
    return {
        rows: known.reduce((sum, { rows }) => sum + rows, whole.rows),
        isDone: known.length === countOf(properties) && known.every(({ isDone }) => isDone),
        rowsPerSecond:
            rates.length === 0
                ? undefined
                : rates.reduce((sum, { rowsPerSecond = 0 }) => sum + rowsPerSecond, 0),
        savedAt: Math.max(...[whole, ...known].map(({ savedAt = 0 }) => savedAt)) || undefined,
    };
}

function countOf(properties: Record<string, string>): number | undefined {
    try {
        return (unpacked(properties[property.shards]!) as { shards: unknown[] }).shards.length;
    } catch {
        return undefined;
    }
}

/** Undefined for text in an unknown format, such as that of a later release. */
function progressOf(text: string | undefined): CopyProgress | undefined {
    try {
        if (!text) return undefined;
        const { rows, ranges, rate, at } = unpacked(text) as {
            rows: number;
            ranges: readonly (readonly unknown[])[];
            rate?: number;
            at?: number;
        };
        const isDone = ranges.every((range) => range.at(-1) === 1);
        return { rows, isDone, rowsPerSecond: rate, savedAt: at };
    } catch {
        return undefined;
    }
}

function phaseOf(text: string | undefined): Inspected["cutover"] {
    try {
        const { phase } = JSON.parse(text || "{}") as { phase?: unknown };
        return phase === "copied" || phase === "switched" ? phase : undefined;
    } catch {
        return undefined;
    }
}

const workPhases: ReadonlySet<unknown> = new Set<WorkPhase>([
    "copying",
    "indexing",
    "verifying",
    "ready",
    "failed",
]);

function workOf(text: string | undefined): Inspected["work"] {
    try {
        const { phase, since, error } = JSON.parse(text || "{}") as Partial<Work>;
        return workPhases.has(phase) ? { phase: phase!, since: since ?? 0, error } : undefined;
    } catch {
        return undefined;
    }
}
