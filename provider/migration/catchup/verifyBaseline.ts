import { appendTo } from "../../inputs/values/appendTo";
import {
    bucketOf,
    columnOf,
    hashRows,
    type Key,
    keyAt,
    type Keys,
    type RowHashes,
    RowSums,
} from "../../wire";
import { forEachConcurrent } from "../copy/scheduler";
import type { Range } from "../keys/keyRanges";
import { fullRanges, pageBytes, readTarget, workersOn } from "../read/endpoint";
import { readRange } from "../read/readRange";
import { hashText, type HashText } from "../read/rowHash";
import { targetRows } from "../baseline/baselineLayout";
import { openPasses, type Passes } from "./passContext";

/** Rows of a baseline that are hashed at once. */
const CHUNK = 8192;
/** The maximum number of rows that are named and repaired at once. */
const NAMED_ROWS = 100_000;

/**
 * Compares the target with the baseline row by row, by hashes over all columns that were sent, also those that a
 * transform computed. No client writes to the target yet. Deletes rows that the baseline does not have, and returns the
 * keys of its rows that the target does not hold; empty if both are identical.
 */
export async function repairTarget(
    passes: Passes,
    progress: (rows: number) => void,
): Promise<{ rows: number; forgotten: Set<Key>; deleted: number }> {
    const [expected, there] = [new RowSums(), new RowSums()];
    await eachOfBaseline(passes, (hashes) => expected.add(hashes));
    await eachOfTarget(passes, (hashes) => {
        there.add(hashes);
        progress(hashes.rows);
    });
    const { rows } = expected;
    const differing = expected.differing(there);
    const named = new Set<number>();
    let count = 0;
    for (const [bucket, inIt] of differing)
        if (named.size === 0 || count + inIt <= NAMED_ROWS) {
            named.add(bucket);
            count += inIt;
        }
    if (named.size === 0) return { rows, forgotten: new Set(), deleted: 0 };
    const missing = new Map<HashText, Key[]>();
    await eachOfBaseline(passes, (hashes, keyOf) => {
        for (let row = 0; row < hashes.rows; row++)
            if (named.has(bucketOf(hashes, row))) appendTo(missing, hashText(hashes, row), keyOf(row));
    });
    const extra = new Map<string | undefined, Key[]>();
    await eachOfTarget(passes, (hashes, keys, { partition }) => {
        for (let row = 0; row < hashes.rows; row++)
            if (named.has(bucketOf(hashes, row)) && !missing.get(hashText(hashes, row))?.pop())
                appendTo(extra, partition, keyAt(keys, row));
    });
    const opened = await openPasses(passes);
    let deleted = 0;
    for (const [partition, keys] of extra) {
        const [range] = fullRanges({ kind: "together" }, 0);
        await opened.of({ ...range!, partition }).writer.remove(keys, partition);
        deleted += keys.length;
    }
    return { rows, forgotten: new Set([...missing.values()].flat()), deleted };
}

async function eachOfBaseline(
    { ranges, folder }: Passes,
    visit: (hashes: RowHashes, keyOf: (row: number) => Key) => void,
): Promise<void> {
    for (const place of ranges.keys()) {
        const baseline = await folder.read(place);
        try {
            while (baseline.ready || (await baseline.fill())) {
                const chunk = targetRows({ ...folder.layout, ownTarget: true }, CHUNK)!;
                const keys: Key[] = [];
                while (keys.length < CHUNK && (baseline.ready || (await baseline.fill()))) {
                    baseline.copyTarget(chunk, keys.length);
                    keys.push(baseline.key());
                    baseline.next();
                }
                const rows = keys.length;
                visit({ rows, words: chunk.hashes.words.subarray(0, rows * 4) }, (row) => keys[row]!);
            }
        } finally {
            await baseline.close();
        }
    }
}

async function eachOfTarget(
    passes: Passes,
    visit: (hashes: RowHashes, keys: Keys, range: Range) => void,
): Promise<void> {
    const { target, mapping, partitions, ranges, batchBytes } = passes;
    const reader = await readTarget(target, mapping, true);
    const workers = workersOn(target);
    // New keys are in no range of the old ones.
    const whole = passes.folder.layout.rekeyed
        ? fullRanges(partitions, 0)
        : ranges.map((range) => ({ ...range, after: range.begin }));
    await forEachConcurrent(whole, workers, async (range) => {
        const source = { ...reader, partition: range.partition };
        for await (const { page, keys } of readRange(source, range, pageBytes(batchBytes, workers))) {
            const columns = reader.fields.map((name) => columnOf(page, name));
            visit(hashRows(columns, page.rows), keys, range);
        }
    });
}
