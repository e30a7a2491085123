import { countText } from "../../inputs/report/figures";
import type { PartitionMapping, RowMapping } from "../../plan/mapping/mapping";
import { countRows } from "../../milvus/rows/rows";
import { compileColumns } from "../../wire";
import { wireColumns } from "../read/wireColumns";
import { compareMultisets, type MultisetDifferences } from "./compareMultisets";
import { compareRange, type Differences, differencesText, noDifferences } from "./differences";
import { RunError } from "../errors";
import type { Report } from "../report";
import type { Range } from "../keys/keyRanges";
import { forEachConcurrent } from "../copy/scheduler";
import { pageBytes, readSource, readTarget, type Endpoint, workersOn } from "../read/endpoint";
import { type Verified, verifiedText } from "./summary";

export interface Verification {
    source: Endpoint;
    target: Endpoint;
    mapping: RowMapping;
    partitions: PartitionMapping;
    /** The number of copied rows, and the ranges of keys that they were copied in. */
    copied: number;
    ranges: readonly Range[];
    batchBytes: number;
    verify: "full" | "count";
    report: Report;
}

/**
 * Verifies that the target holds the rows of the source and no others, and reports what was compared. `full` reads both
 * sides again and compares every value of every row; `count` compares the number of rows. A write to the source since
 * the copy shows as a difference. Errors: `MV308` with the first keys that differ.
 */
export async function verifyRows(verification: Verification): Promise<void> {
    const { target, copied, verify, mapping, report } = verification;
    const by = verify === "count" ? "count" : mapping.key.regenerate ? "multiset" : "keys";
    const began = Date.now();
    const rows = await comparisons[by](verification);
    // The count comes last, because keys tell more. It finds rows in partitions that are not compared.
    const there = await countRows(target.client, target.ref);
    if (there !== copied)
        throw differs(
            verification,
            `${countText(copied)} rows were copied, and it counts ${countText(there)}`,
        );
    const seconds = (Date.now() - began) / 1000;
    report.say(verifiedText({ name: target.ref.name, rows, seconds, mapping, by }));
}

/** Each comparison returns the row count of the source. */
const comparisons = {
    keys: compareRows,
    multiset: compareSums,
    count: ({ copied }) => Promise.resolve(copied),
} satisfies Record<Verified["by"], (verification: Verification) => Promise<number>>;

async function compareRows(verification: Verification): Promise<number> {
    const { rows, found } = await compareByKey(verification);
    const text = differencesText(found);
    if (text !== undefined) throw differs(verification, `rows of the copy: ${text}`);
    return rows;
}

/** Compares both sides row by row, joined by key. Returns the number of rows that are identical. */
export async function compareByKey({
    mapping,
    ranges,
    copied,
    batchBytes,
    report,
    ...sides
}: Omit<Verification, "partitions" | "verify">): Promise<{ rows: number; found: Differences }> {
    const columns = wireColumns(mapping);
    const [source, target] = await Promise.all([
        readSource(sides.source, mapping),
        readTarget(sides.target, mapping),
    ]);
    const workers = workersOn(sides.source);
    const found = noDifferences();
    let rows = 0;
    await forEachConcurrent(ranges, workers, async (range) => {
        const { partition } = range;
        const comparePair = { source: { ...source, partition }, target: { ...target, partition } };
        const own = {
            ...comparePair,
            map: compileColumns(columns),
            key: mapping.key.to,
            batchBytes: pageBytes(batchBytes, workers),
        };
        await compareRange(own, range, found, (passed) => {
            report.progress({ step: "verify", done: (rows += passed), total: copied });
        });
    });
    return { rows, found };
}

/** Regenerated keys have no counterpart: both sides are compared as multisets of rows without their keys. */
async function compareSums(verification: Verification): Promise<number> {
    const { rows, found, whole } = await compareWithoutKeys(verification);
    if (found) {
        const text = differencesText(found) ?? "some differed, but not when they were compared again";
        throw differs(
            verification,
            `rows of the copy, without their keys: ${whole ? "" : "at least "}${text}. Missing rows are named by their old keys, ` +
                "extra rows by their new keys; a row with a changed value counts as one of each",
        );
    }
    return rows;
}

/** Compares both sides as multisets of rows without their keys. */
export async function compareWithoutKeys({
    mapping,
    partitions,
    copied,
    report,
    batchBytes,
    ...sides
}: Omit<Verification, "ranges" | "verify">): Promise<MultisetDifferences> {
    const map = compileColumns(wireColumns(mapping));
    const [source, target] = await Promise.all([
        readSource(sides.source, mapping),
        readTarget(sides.target, mapping),
    ]);
    let done = 0;
    return compareMultisets({
        source,
        target,
        map,
        key: mapping.key.to,
        partitions,
        batchBytes,
        progress: (read) => report.progress({ step: "verify", done: (done += read), total: copied }),
    });
}

function differs({ source, target }: Verification, what: string): RunError {
    return new RunError(
        "MV308",
        `${target.ref.name} is not a copy of ${source.ref.name}: ${what}. Nothing was switched, and ${source.ref.name} keeps serving. ` +
            "The usual cause is rows that were written during the migration: pause the writers and run `pulumi up` again",
    );
}
