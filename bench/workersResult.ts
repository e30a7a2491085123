import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { type EngineName, engines } from "../test/support/workers/engines";

/** Figures of `npm run bench:workers`. */
export interface WorkersResult {
    machine: string;
    rows: number;
    dim: number;
    cells: { engine: EngineName; workers: number; seconds: number }[];
    /** Four workers, one of which is killed every 10 s. */
    killed: { seconds: number; kills: number; starts: number };
}

const file = join(__dirname, "results/workers.json");

export function readWorkers(): WorkersResult | undefined {
    return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as WorkersResult) : undefined;
}

export function writeWorkers(result: WorkersResult): void {
    writeFileSync(file, `${JSON.stringify(result, null, 4)}\n`);
}

/** The section of docs/benchmarks.md. */
export function workersSection({ machine, rows, dim, cells, killed }: WorkersResult): string {
    const workers = [...new Set(cells.map((cell) => cell.workers))];
    const cell = (engine: EngineName, count: number) => {
        const found = cells.find((one) => one.engine === engine && one.workers === count);
        return found ? `${perSecond(rows, found.seconds)} (${found.seconds.toFixed(0)} s)` : "";
    };
    return [
        "## Many workers",
        `${number(rows)} rows of ${dim} dimensions on Milvus 2.3.5, copied by \`pulumi-milvus work\`. ${machine}; server and workers share them. The time includes the start of the engine and the cut.`,
        [
            `| rows/s by | ${workers.map((count) => `${count} ${count === 1 ? "worker" : "workers"}`).join(" | ")} |`,
            `| --- | ${workers.map(() => "---:").join(" | ")} |`,
            ...engines.map(
                (engine) => `| ${engine} | ${workers.map((count) => cell(engine, count)).join(" | ")} |`,
            ),
        ].join("\n"),
        `Four workers of which one is killed every 10 s: ${killed.seconds.toFixed(0)} s, ${killed.kills} kills, ${killed.starts} starts. Each copy equals its source row by row, and the server counts no row twice.`,
    ].join("\n\n");
}

export const perSecond = (rows: number, seconds: number): string => number(rows / seconds);

function number(value: number): string {
    return Math.round(value).toLocaleString("en-US");
}
