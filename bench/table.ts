import { servers, tooLarge } from "./options";
import { ratiosOf, stackRatios } from "./ratios";
import { best, limit, type Measure, median, rate, type Result, type SizeResult, type Work } from "./results";

/** Names of the rows of the tables; the copy with its verification is the sum of its parts. */
const names: Record<Exclude<Work, "serve">, string> = {
    copy: "pulumi-milvus, copy",
    flush: "pulumi-milvus, flush of the copy",
    verify: "pulumi-milvus, full verification",
    follow: "pulumi-milvus, catch-up passes",
    up: "pulumi-milvus, complete `up`",
    article: "the article's loop, pymilvus",
    sdk: "Node SDK, queryIterator and insert",
    read: "reading alone",
    insert: "inserting alone",
    insertFlush: "flush after inserts alone",
};

/** The results of a server as Markdown. */
export function tables(result: Result): string {
    return [
        `## ${result.server}`,
        `${result.machine}. Engine of \`up\`: ${result.engine}.`,
        ...result.sizes.map((size) => sizeTable(size)),
        skipped(result),
        ratioTable(result),
        stackTable(result),
    ]
        .filter((part) => part !== "")
        .join("\n\n");
}

function sizeTable(size: SizeResult): string {
    const rows = (["copy", "flush", "verify", "follow", "up", "article", "sdk"] as const).flatMap((work) =>
        row(work, median(size, work), size),
    );
    const limits = (["read", "insert"] as const).flatMap((work) => row(work, best(size, work), size));
    const settling = row("insertFlush", median(size, "insertFlush", best(size, "insert")?.workers), size);
    const most = limit(size);
    return [
        `### ${number(size.rows)} rows of ${size.dim} dimensions`,
        ...(size.machine === undefined ? [] : [`On ${size.machine}.`]),
        [
            "| | rows/s | seconds | client CPU, s per million rows | peak memory, MB | |",
            "| --- | ---: | ---: | ---: | ---: | --- |",
            ...rows,
            ...limits,
            ...settling,
            ...(most === undefined ? [] : [`| limit, 1 / (1/read + 1/insert) | ${number(most)} | | | | |`]),
        ].join("\n"),
    ].join("\n\n");
}

function row(work: keyof typeof names, measure: Measure | undefined, size: SizeResult): string[] {
    if (!measure) return [];
    const { rows, seconds, cpuSeconds, peakBytes, workers } = measure;
    const notes = [
        workers === undefined ? "" : `${workers} at once`,
        rows < size.rows ? `**${number(size.rows - rows)} rows lost**` : "",
    ].filter((note) => note !== "");
    const cpu = ((cpuSeconds / rows) * 1e6).toFixed(1);
    const memory = number(peakBytes / 2 ** 20);
    return [
        `| ${names[work]} | ${number(rate(measure))} | ${seconds.toFixed(1)} | ${cpu} | ${memory} | ${notes.join(", ")} |`,
    ];
}

function ratioTable({ server, sizes }: Result): string {
    const head = sizes.map(({ rows, dim }) => `${number(rows)} x ${dim}`);
    const columns = sizes.map((size) => ratiosOf(size, server.startsWith("milvus-lite")));
    const all = new Map(columns.flat().map((ratio) => [ratio.name, ratio]));
    if (all.size === 0) return "";
    return [
        "### Ratios",
        [
            `| | ${head.join(" | ")} | wanted for 200,000 x 128 |`,
            `| --- | ${head.map(() => "---:").join(" | ")} | --- |`,
            ...[...all.values()].map(({ name, better, wanted }) => {
                const cells = columns.map(
                    (column) => column.find((one) => one.name === name)?.value.toFixed(2) ?? "",
                );
                const goal =
                    wanted === undefined ? "" : `${better === "higher" ? "at least" : "at most"} ${wanted}`;
                return `| ${name} | ${cells.join(" | ")} | ${goal} |`;
            }),
        ].join("\n"),
    ].join("\n\n");
}

function stackTable({ stacks }: Result): string {
    if (stacks.length === 0) return "";
    return [
        "### Stacks without changes",
        [
            "| collections and aliases | `preview`, s | empty provider | times | `up`, s | empty provider | times |",
            "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
            ...stacks.map((stack) => {
                const [preview, up] = stackRatios(stack).map(({ value }) => value.toFixed(2));
                const seconds = (value: number) => value.toFixed(1);
                const { provider, empty } = stack;
                return `| ${stack.collections} | ${seconds(provider.preview)} | ${seconds(empty.preview)} | ${preview} | ${seconds(provider.up)} | ${seconds(empty.up)} | ${up} |`;
            }),
        ].join("\n"),
    ].join("\n\n");
}

/** The skipped sizes of the matrix and the reasons. */
function skipped({ server, sizes }: Result): string {
    const known = servers.find((one) => one === server)!;
    const left = [50_000, 200_000, 1_000_000]
        .flatMap((rows) => [8, 128, 1024].map((dim) => ({ rows, dim })))
        .filter((size) => !sizes.some(({ rows, dim }) => rows === size.rows && dim === size.dim))
        .map((size) => `${number(size.rows)} x ${size.dim}: ${tooLarge(known, size) ?? "not run"}`);
    return left.length === 0 ? "" : `Left out: ${left.join("; ")}.`;
}

function number(value: number): string {
    return Math.round(value).toLocaleString("en-US");
}
