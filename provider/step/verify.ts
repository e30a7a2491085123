import type { PartitionMapping, RowMapping } from "../plan/mapping";
import { countRows } from "../milvus/rows";
import { nextPage, PAGE_ROWS, type PageSource } from "../milvus/pages";
import { addRows, columnOf, compileColumns, hashRows, keyAt, keysOf, noRows } from "../milvus/wire";
import { wireColumns } from "./columns";
import { compareRange, differencesText, noDifferences } from "./compare";
import { RunError } from "./error";
import type { Report } from "./report";
import type { Range } from "./ranges";
import { rowsPerPage } from "./readRange";
import { eachAtOnce } from "./share";
import { readSource, readTarget, type Side, ways, workersOn } from "./sides";

export interface Verification {
    source: Side;
    target: Side;
    mapping: RowMapping;
    partitions: PartitionMapping;
    /** Rows that were copied, and the ranges of keys that they were copied in. */
    copied: number;
    ranges: readonly Range[];
    batchBytes: number;
    verify: "full" | "count";
    report: Report;
}

/**
 * Proves that the target holds what the source holds, and nothing else. `full` reads both sides again and compares
 * every value of every row; `count` the number of rows. Whatever was written to the source since the copy is found here.
 * Errors: `MV308` with the first keys that differ.
 */
export async function verifyRows(verification: Verification): Promise<void> {
    const { target, copied, verify, mapping, report } = verification;
    const counted = async () => {
        const there = await countRows(target.client, target.ref);
        if (there !== copied) throw differs(verification, `${copied} rows were copied, ${there} are there`);
    };
    if (verify === "count") return counted();
    const made = mapping.columns.filter(({ source: { kind } }) => kind === "omit" || kind === "transform");
    if (made.length > 0)
        report.say(
            `not compared, for the server or the transform makes it: ${made.map(({ to }) => to.name).join(", ")}`,
        );
    if (mapping.key.regenerate) await compareSums(verification);
    else await compareRows(verification);
    // Last, for keys tell more; it finds rows in partitions that nobody compares.
    await counted();
}

async function compareRows(verification: Verification): Promise<void> {
    const { mapping, ranges, copied, batchBytes, report } = verification;
    const columns = wireColumns(mapping);
    const [source, target] = await Promise.all([
        readSource(verification.source, mapping),
        readTarget(verification.target, mapping),
    ]);
    const workers = await workersOn(verification.source.client);
    const found = noDifferences();
    let done = 0;
    await eachAtOnce(ranges, workers, async (range) => {
        const { partition } = range;
        const sides = { source: { ...source, partition }, target: { ...target, partition } };
        const own = {
            ...sides,
            map: compileColumns(columns),
            key: mapping.key.to,
            batchBytes: batchBytes / workers,
        };
        await compareRange(own, range, found, (rows) => {
            report.progress({ step: "verify", done: (done += rows), total: copied });
        });
    });
    const text = differencesText(found);
    if (text !== undefined) throw differs(verification, `rows of the copy: ${text}`);
}

/** Keys that the server made anew have no partner: both sides are compared as multisets of rows without their keys. */
async function compareSums(verification: Verification): Promise<void> {
    const { mapping, partitions, copied, report, batchBytes } = verification;
    const map = compileColumns(wireColumns(mapping));
    const leaveOut = new Set([mapping.key.to]);
    const [source, target] = await Promise.all([
        readSource(verification.source, mapping),
        readTarget(verification.target, mapping),
    ]);
    let done = 0;
    const sum = async (
        from: Omit<PageSource, "partition">,
        columnsOf: typeof map,
    ): Promise<{ rows: number; words: Uint32Array }> => {
        const words = noRows();
        let rows = 0;
        for (const partition of ways(partitions)) {
            let limit = 512;
            let after: { after?: ReturnType<typeof keyAt> } = {};
            for (;;) {
                const page = await nextPage({ ...from, partition }, after, limit);
                if (page.rows === 0) break;
                addRows(words, hashRows(columnsOf(page), page.rows, leaveOut));
                const keys = keysOf(columnOf(page, from.key));
                after = { after: keyAt(keys, keys.count - 1) };
                limit = Math.min(PAGE_ROWS, rowsPerPage(page, batchBytes));
                rows += page.rows;
                report.progress({ step: "verify", done: (done += page.rows / 2), total: copied });
            }
        }
        return { rows, words };
    };
    const before = await sum(source, map);
    const after = await sum(target, (page) => page.columns);
    if (before.rows !== after.rows)
        throw differs(verification, `${before.rows} rows in the source, ${after.rows} in the copy`);
    if (before.words.some((word, place) => word !== after.words[place]))
        throw differs(verification, "values of some rows differ");
}

function differs({ source, target }: Verification, what: string): RunError {
    return new RunError(
        "MV308",
        `${target.ref.name} is not a copy of ${source.ref.name}: ${what}. Nothing was handed over, ${source.ref.name} serves as before. ` +
            "Rows written during the migration are the usual cause: pause the writers and run `pulumi up` again",
    );
}
