import { parseArgs } from "node:util";

import type { LocalServerName } from "../test/support/servers/server";
import type { Size } from "./schema";

export const contenders = ["provider", "article", "sdk", "read", "insert", "up"] as const;
export type ContenderName = (typeof contenders)[number];

export const servers = ["milvus-2.3.5", "milvus-lite-3.2.2"] as const satisfies LocalServerName[];
export type BenchServer = (typeof servers)[number];

export interface Options {
    servers: BenchServer[];
    sizes(server: BenchServer): Size[];
    contenders: ContenderName[];
    /** How often each contender runs on a size; the median counts. Undefined: three times, or once if it takes long. */
    rounds: number | undefined;
    /**
     * Numbers of collections (each with an alias) in the stacks whose `preview` and `up` are timed; none by default
     * with `--quick`.
     */
    stacks: number[];
    /** Rows per page, for contenders that read by page. */
    batch: number;
    /** Concurrent ranges or requests to try for the limits. */
    workers: number[];
    quick: boolean;
    /** Only regenerates the tables and the chart. */
    render: boolean;
}

export const usage = `npm run bench -- [options]
  --quick              a small run: 20,000 rows of 32 dimensions, each contender once
  --server NAME        ${servers.join(", ")}; default: both
  --rows N,...         50000,200000,1000000; 0 for the stacks only
  --dim N,...          8,128,1024
  --contender NAME,... ${contenders.join(",")}
  --rounds N           how often each contender runs; the median counts
  --batch N            rows per page of the article's loop and of the SDK's iterator (1000)
  --stacks N,...       collections of the stacks whose preview and up are timed (10,50,200; 0 for none)
  --render             only regenerate docs/benchmarks.md and its chart`;

/** @throws Error for an unknown option or value */
export function readOptions(args: string[]): Options {
    const { values } = parseArgs({
        args,
        options: {
            quick: { type: "boolean", default: false },
            render: { type: "boolean", default: false },
            server: { type: "string" },
            rows: { type: "string" },
            dim: { type: "string" },
            contender: { type: "string" },
            rounds: { type: "string" },
            batch: { type: "string" },
            stacks: { type: "string" },
        },
    });
    const { quick, render } = values;
    const rows = values.rows ? numbers(values.rows) : quick ? [20_000] : [50_000, 200_000, 1_000_000];
    const dims = values.dim ? numbers(values.dim) : quick ? [32] : [8, 128, 1024];
    const asked = values.rows !== undefined && values.dim !== undefined;
    return {
        servers: chosen(values.server, servers),
        sizes: (server) =>
            rows
                .filter((count) => count > 0)
                .flatMap((count) => dims.map((dim): Size => ({ rows: count, dim })))
                .filter((size) => asked || tooLarge(server, size) === undefined),
        contenders: chosen(values.contender, contenders),
        rounds: values.rounds ? numbers(values.rounds)[0] : quick ? 1 : undefined,
        stacks: numbers(values.stacks ?? (quick ? "0" : "10,50,200")).filter((count) => count > 0),
        batch: numbers(values.batch ?? "1000")[0]!,
        workers: quick ? [1, 4] : [1, 2, 4, 8],
        quick,
        render,
    };
}

/** The reason to skip a size of the matrix; sizes set by `--rows` and `--dim` are always measured. */
export function tooLarge(server: BenchServer, { rows, dim }: Size): string | undefined {
    if (rows * dim * 4 > 2 ** 30)
        return "4 GB of vectors, loaded twice, do not fit in memory beside the contenders";
    if (server.startsWith("milvus-lite") && rows * (dim * 4 + 200) > 200 * 2 ** 20)
        return "milvus-lite is meant for smaller collections";
    return undefined;
}

function numbers(list: string): number[] {
    return list.split(",").map((text) => {
        const value = Number(text.replaceAll("_", ""));
        if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${text} is not a number\n\n${usage}`);
        return value;
    });
}

function chosen<Name extends string>(list: string | undefined, known: readonly Name[]): Name[] {
    if (list === undefined) return [...known];
    return list.split(",").map((text) => {
        const name = known.find((one) => one === text);
        if (name === undefined)
            throw new Error(`unknown value ${text}. Use one of ${known.join(", ")}\n\n${usage}`);
        return name;
    });
}
