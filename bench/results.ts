import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";

import type { BenchServer } from "./options";
import type { Phase } from "./outcome";
import type { Size } from "./schema";

/** Measured work: `copy` to `follow` are the provider's, `read`, `insert` and `insertFlush` are limits. */
export type Work =
    | "copy"
    | "flush"
    | "serve"
    | "verify"
    | "follow"
    | "up"
    | "article"
    | "sdk"
    | "read"
    | "insert"
    /** The server's work after it accepted inserts, until they are on disk. */
    | "insertFlush";

export interface Measure extends Phase {
    work: Work;
    /** Concurrent ranges or requests, for the limits. */
    workers?: number;
}

export interface SizeResult extends Size {
    /** The machine, if it differs from that of the other results. */
    machine?: string;
    /** One measurement per round for each work. */
    measures: Measure[];
}

/** Seconds of `preview` and of an `up` without changes, for this provider and for one that does nothing. */
export interface StackResult {
    collections: number;
    provider: { preview: number; up: number };
    empty: { preview: number; up: number };
}

export interface Result {
    server: BenchServer;
    machine: string;
    engine: string;
    sizes: SizeResult[];
    stacks: StackResult[];
}

const folder = join(__dirname, "results");

export function readResult(server: BenchServer, quick: boolean): Result | undefined {
    const file = fileOf(server, quick);
    return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Result) : undefined;
}

export function writeResult(result: Result, quick: boolean): void {
    mkdirSync(folder, { recursive: true });
    writeFileSync(fileOf(result.server, quick), `${JSON.stringify(result, null, 4)}\n`);
}

function fileOf(server: BenchServer, quick: boolean): string {
    return join(folder, `${quick ? "quick-" : ""}${server}.json`);
}

/** The machine in one line: absolute figures depend on it, ratios depend on it less. */
export function machine(): string {
    const model = cpus()[0]?.model.trim() ?? "unknown processor";
    const memory = Math.round(totalmem() / 2 ** 30);
    return `${cpus().length} cores (${model}), ${memory} GB, Node ${process.versions.node}; server and client share them`;
}

/** The median measurement of a work by seconds; undefined if it was not measured. */
export function median(size: SizeResult, work: Work, workers?: number): Measure | undefined {
    const all = size.measures
        .filter((one) => one.work === work && (workers === undefined || one.workers === workers))
        .sort((a, b) => a.seconds - b.seconds);
    return all[Math.floor((all.length - 1) / 2)];
}

/** A limit at its best concurrency. */
export function best(size: SizeResult, work: "read" | "insert"): Measure | undefined {
    const counts = new Set(size.measures.flatMap((one) => (one.work === work ? [one.workers] : [])));
    return [...counts].map((workers) => median(size, work, workers)!).sort((a, b) => rate(b) - rate(a))[0];
}

/** Rows per second. */
export function rate({ rows, seconds }: Phase): number {
    return rows / seconds;
}

/** Rows per second of a copy whose reads and inserts share the cores: 1 / (1/read + 1/insert). */
export function limit(size: SizeResult): number | undefined {
    const [read, insert] = [best(size, "read"), best(size, "insert")];
    return read && insert ? 1 / (1 / rate(read) + 1 / rate(insert)) : undefined;
}

/** The same limit for stored rows: a server confirms an insert before it stores it, and a short run ends first. */
export function storedLimit(size: SizeResult): number | undefined {
    const read = best(size, "read");
    const counts = new Set(
        size.measures.flatMap(({ work, workers }) => (work === "insert" ? [workers!] : [])),
    );
    const stored = [...counts].flatMap((workers) => {
        const parts = [median(size, "insert", workers), median(size, "insertFlush", workers)];
        return parts[0] && parts[1] ? [(parts[0].seconds + parts[1].seconds) / parts[0].rows] : [];
    });
    return read && stored.length > 0 ? 1 / (1 / rate(read) + Math.min(...stored)) : undefined;
}
