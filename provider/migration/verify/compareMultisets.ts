import { appendTo } from "../../inputs/values/appendTo";
import type { PageSource } from "../../milvus/rows/pages";
import {
    bucketOf,
    hashRows,
    type Key,
    keyAt,
    type Keys,
    type MapPage,
    type RowHashes,
    RowSums,
} from "../../wire";
import type { PartitionMapping } from "../../plan/mapping/mapping";
import { hashText, type HashText } from "../read/rowHash";
import { type Differences, noDifferences, record } from "./differences";
import { mapNamed } from "../read/mapNamed";
import { readRange } from "../read/readRange";
import { fullRanges } from "../read/endpoint";

/** The maximum number of rows that are named; if the copy is wrong everywhere, a few buckets show it. */
const NAMED_ROWS = 100_000;

/** Two collections that should hold the same rows under different keys. */
export interface Multisets {
    source: Omit<PageSource, "partition">;
    target: Omit<PageSource, "partition">;
    /** Maps the source's columns to those of the target. */
    map: MapPage;
    /** The name of the target's key. */
    key: string;
    partitions: PartitionMapping;
    batchBytes: number;
    progress: (rows: number) => void;
}

/** The result of the comparison. */
export interface MultisetDifferences {
    /** The row count of the source. */
    rows: number;
    /**
     * Undefined if both are identical. `missing` names keys of the source, `extra` keys of the target; a row with a
     * changed value counts as one of each.
     */
    found: Differences | undefined;
    /** Whether these are all differences. */
    whole: boolean;
}

/**
 * Compares two collections as multisets of rows without their keys, in constant memory. If they differ, both are read
 * again to name the rows.
 */
export async function compareMultisets(multisets: Multisets): Promise<MultisetDifferences> {
    const sumOf = async (side: "source" | "target") => {
        const sum = new RowSums();
        await eachPage(multisets, side, (hashes) => {
            sum.add(hashes);
            multisets.progress(hashes.rows / 2);
        });
        return sum;
    };
    const [before, after] = [await sumOf("source"), await sumOf("target")];
    const differing = before.differing(after);
    if (differing.size === 0) return { rows: before.rows, found: undefined, whole: true };
    const named = new Set<number>();
    let rows = 0;
    for (const [bucket, inIt] of differing)
        if (named.size === 0 || rows + inIt <= NAMED_ROWS) {
            named.add(bucket);
            rows += inIt;
        }
    return {
        rows: before.rows,
        found: await nameRows(multisets, named),
        whole: named.size === differing.size,
    };
}

/** The rows of some buckets that have no counterpart on the other side. */
async function nameRows(multisets: Multisets, buckets: ReadonlySet<number>): Promise<Differences> {
    const waiting = new Map<HashText, Key[]>();
    const found = noDifferences();
    const each = (side: "source" | "target", visit: (hash: HashText, key: Key) => void) =>
        eachPage(multisets, side, (hashes, keys) => {
            for (let row = 0; row < hashes.rows; row++)
                if (buckets.has(bucketOf(hashes, row))) visit(hashText(hashes, row), keyAt(keys, row));
        });
    await each("source", (hash, key) => appendTo(waiting, hash, key));
    await each("target", (hash, key) => {
        if (waiting.get(hash)?.pop() === undefined) record(found.extra, key);
    });
    for (const keys of waiting.values()) for (const key of keys) record(found.missing, key);
    return found;
}

async function eachPage(
    { partitions, batchBytes, map, key, ...comparePair }: Multisets,
    side: "source" | "target",
    visit: (hashes: RowHashes, keys: Keys) => void,
): Promise<void> {
    const leaveOut = new Set([key]);
    for (const range of fullRanges(partitions, 0)) {
        const source = { ...comparePair[side], partition: range.partition };
        for await (const { page, keys } of readRange(source, range, batchBytes))
            visit(
                hashRows(side === "source" ? mapNamed(map, page, keys) : page.columns, page.rows, leaveOut),
                keys,
            );
    }
}
