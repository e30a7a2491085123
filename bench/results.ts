import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";

import type { BenchServer } from "./options";
import type { Phase } from "./outcome";
import type { Size } from "./schema";

/** What was measured: `copy` to `follow` are the provider's, `read`, `insert` and `insertFlush` limits. */
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
    /** What a server that has taken inserts does before they lie on its disk. */
    | "insertFlush";

export interface Measure extends Phase {
    work: Work;
    /** Ranges or requests at once, of the limits. */
    workers?: number;
}

export interface SizeResult extends Size {
    /** Where it was measured, if not on the machine of the whole. */
    machine?: string;
    /** Each work as often as there were rounds. */
    measures: Measure[];
}

/** Seconds of `preview` and of an `up` that finds nothing to do, of this provider and of one that does nothing. */
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

/** The machine in a line: figures of another one differ, their ratios less so. */
export function machine(): string {
    const model = cpus()[0]?.model.trim() ?? "unknown processor";
    const memory = Math.round(totalmem() / 2 ** 30);
    return `${cpus().length} cores (${model}), ${memory} GB, Node ${process.versions.node}; server and client share them`;
}

/** The middle one by its seconds, of a work; undefined where it was not measured. */
export function median(size: SizeResult, work: Work, workers?: number): Measure | undefined {
    const all = size.measures
        .filter((one) => one.work === work && (workers === undefined || one.workers === workers))
        .sort((a, b) => a.seconds - b.seconds);
    return all[Math.floor((all.length - 1) / 2)];
}

/** A limit with its best concurrency. */
export function best(size: SizeResult, work: "read" | "insert"): Measure | undefined {
    const counts = new Set(size.measures.flatMap((one) => (one.work === work ? [one.workers] : [])));
    return [...counts].map((workers) => median(size, work, workers)!).sort((a, b) => rate(b) - rate(a))[0];
}

/** Rows a second. */
export function rate({ rows, seconds }: Phase): number {
    return rows / seconds;
}

/** Rows a second of a copy on cores that reading and inserting share: 1 / (1/read + 1/insert). */
export function limit(size: SizeResult): number | undefined {
    const [read, insert] = [best(size, "read"), best(size, "insert")];
    return read && insert ? 1 / (1 / rate(read) + 1 / rate(insert)) : undefined;
}

/** The same up to rows that are stored: a server answers an insert before it is done with it, and a short run ends first. */
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
