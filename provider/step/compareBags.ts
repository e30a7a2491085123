import { nextPage, PAGE_ROWS, type PageSource } from "../milvus/pages";
import {
    bucketOf,
    type Column,
    columnOf,
    hashRows,
    type Key,
    keyAt,
    type Keys,
    keysOf,
    type Page,
    type RowHashes,
    RowSums,
} from "../milvus/wire";
import { hashText, type HashText } from "./base";
import { type Differences, noDifferences, note } from "./compare";
import { rowsPerPage } from "./rowsPerPage";

/** Rows that are named at most; of a copy that is wrong as a whole, some buckets tell enough. */
const NAMED_ROWS = 100_000;

/** One of two collections whose rows are the same, each under another key. */
export interface BagSide {
    source: Omit<PageSource, "partition">;
    /** The columns that are compared, each under the name of its field in the target. */
    columns: (page: Page) => readonly Column[];
    /** The key among these columns, where it is. */
    leaveOut: ReadonlySet<string>;
}

export interface Bags {
    source: BagSide;
    target: BagSide;
    partitions: readonly (string | undefined)[];
    batchBytes: number;
    progress: (rows: number) => void;
}

/** What was found. */
export interface BagDifferences {
    /** Rows of the source. */
    rows: number;
    /**
     * Undefined where both are alike. `missing` names keys of the source, `extra` of the target; a row with another value
     * is one of each.
     */
    found: Differences | undefined;
    /** Whether these are all. */
    whole: boolean;
}

/**
 * Compares two collections as multisets of rows, without their keys, in constant memory. Where they differ, both are read
 * once more to name the rows.
 */
export async function compareBags(bags: Bags): Promise<BagDifferences> {
    const sumOf = async (side: BagSide) => {
        const sum = new RowSums();
        await eachPage(bags, side, (hashes) => {
            sum.add(hashes);
            bags.progress(hashes.rows / 2);
        });
        return sum;
    };
    const [before, after] = [await sumOf(bags.source), await sumOf(bags.target)];
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
        found: await nameRows(bags, named),
        whole: named.size === differing.size,
    };
}

/** The rows of some buckets that have no partner on the other side. */
async function nameRows(bags: Bags, buckets: ReadonlySet<number>): Promise<Differences> {
    const waiting = new Map<HashText, Key[]>();
    const found = noDifferences();
    const each = (side: BagSide, visit: (hash: HashText, key: Key) => void) =>
        eachPage(bags, side, (hashes, keys) => {
            for (let row = 0; row < hashes.rows; row++)
                if (buckets.has(bucketOf(hashes, row))) visit(hashText(hashes, row), keyAt(keys, row));
        });
    await each(bags.source, (hash, key) => {
        const same = waiting.get(hash);
        if (same) same.push(key);
        else waiting.set(hash, [key]);
    });
    await each(bags.target, (hash, key) => {
        if (waiting.get(hash)?.pop() === undefined) note(found.extra, key);
    });
    for (const keys of waiting.values()) for (const key of keys) note(found.missing, key);
    return found;
}

async function eachPage(
    { partitions, batchBytes }: Bags,
    { source, columns, leaveOut }: BagSide,
    visit: (hashes: RowHashes, keys: Keys) => void,
): Promise<void> {
    for (const partition of partitions) {
        let limit = 512;
        let after: { after?: Key } = {};
        for (;;) {
            const page = await nextPage({ ...source, partition }, after, limit);
            if (page.rows === 0) break;
            const keys = keysOf(columnOf(page, source.key));
            visit(hashRows(columns(page), page.rows, leaveOut), keys);
            after = { after: keyAt(keys, keys.count - 1) };
            limit = Math.min(PAGE_ROWS, rowsPerPage(page, batchBytes));
        }
    }
}
