import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { format, resolveConfig } from "prettier";

import { type Bar, barChart, type Panel } from "./chart";
import { servers } from "./options";
import { best, limit, median, rate, readResult, type Result, type SizeResult } from "./results";
import { tables } from "./table";
import { readWorkers, workersSection } from "./workersResult";

const docs = join(__dirname, "../docs");
const page = join(docs, "benchmarks.md");
const begin = "<!-- measured: what follows is written by `npm run bench` -->";

/** The size that the chart shows. */
const shown = { rows: 200_000, dim: 128 };

/** Writes the tables after the text of docs/benchmarks.md, and the chart beside it, from the last results. */
export async function render(): Promise<void> {
    const results = servers.flatMap((server) => readResult(server, false) ?? []);
    const words = (await readFile(page, "utf8")).split(begin)[0]!;
    const workers = readWorkers();
    const sections = [...results.map(tables), ...(workers ? [workersSection(workers)] : [])];
    const text = [words + begin, ...sections].join("\n\n");
    await writeFile(page, await format(text, { ...(await resolveConfig(page)), parser: "markdown" }));
    const panels = results.flatMap(panel);
    if (panels.length === 0) return;
    const title = "Rows a second, copied from one schema to the next";
    await writeFile(join(docs, "benchmarks.svg"), barChart(title, panels));
}

function panel({ server, machine, sizes }: Result): Panel[] {
    const size = sizes.find(({ rows, dim }) => rows === shown.rows && dim === shown.dim);
    if (!size) return [];
    const [on] = (size.machine ?? machine).split(", ");
    return [{ title: `${server}: rows a second, 200,000 rows of 128 dimensions, ${on}`, bars: bars(size) }];
}

function bars(size: SizeResult): Bar[] {
    const [copy, verify, article, sdk] = (["copy", "verify", "article", "sdk"] as const).map((work) =>
        median(size, work),
    );
    const most = limit(size);
    const [read, insert] = [best(size, "read"), best(size, "insert")];
    const all: (Bar | undefined)[] = [
        most === undefined || !read || !insert
            ? undefined
            : { label: "limit: reading and inserting, no client", value: most, kind: "limit" },
        copy && { label: "pulumi-milvus, copy", value: rate(copy), kind: "own" },
        copy &&
            verify && {
                label: "pulumi-milvus, copy and full verification",
                value: copy.rows / (copy.seconds + verify.seconds),
                kind: "own",
            },
        article && { label: "article's loop, pymilvus, unverified", value: rate(article), kind: "other" },
        sdk && {
            label: "Node SDK, iterator and insert, unverified",
            value: rate(sdk),
            kind: "other",
            ...(sdk.rows < size.rows && {
                note: `${(size.rows - sdk.rows).toLocaleString("en-US")} rows lost`,
            }),
        },
    ];
    return all.filter((bar) => bar !== undefined);
}
