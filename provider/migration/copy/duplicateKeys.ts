import { countRows } from "../../milvus/rows/rows";
import { nextPage, PAGE_ROWS, type PageSource } from "../../milvus/rows/pages";
import { strong } from "../../milvus/rows/readPoint";
import {
    columnOf,
    type Key,
    keyAt,
    keyFilter,
    type KeyRange,
    type Keys,
    keysFilter,
    keysOf,
} from "../../wire";
import { RunError } from "../errors";

/**
 * Explains why a source counts more rows than could be read: `count(*)` counts every version of a key that was inserted
 * twice, a query returns one. Finds these keys by counting ever smaller ranges, and returns how many rows they explain.
 * Errors: `MV317` if there are rows that no query returns, so that they are not dropped with the old collection.
 */
export async function countDuplicateKeys(source: PageSource): Promise<number> {
    // The keys are read with the same consistency as the counts: a row written since the copy began is no second
    // version of its neighbour.
    const { learned: _snapshot, ...present } = source;
    const keysOnly: PageSource = { ...present, fields: [source.key], readPoint: strong };
    const counted = (filter: string): Promise<number> =>
        countRows(
            source.client,
            source.ref,
            filter,
            source.partition === undefined ? [] : [source.partition],
        );
    const count: Counts = {
        range: (range) => counted(keyFilter(source.key, range, source.lineBreaks)),
        key: (key) => counted(keysFilter(source.key, [key], source.lineBreaks)),
    };
    let duplicates = 0;
    let after: Key | undefined;
    for (;;) {
        const page = await nextPage(keysOnly, bounds(after, undefined), PAGE_ROWS);
        if (page.rows === 0) break;
        const keys = keysOf(columnOf(page, source.key));
        duplicates += await extras(keys, 0, keys.count, after, count);
        after = keyAt(keys, keys.count - 1);
    }
    const unreadable = await count.range(bounds(after, undefined));
    // Rows that were written a moment ago may be visible by now.
    if (unreadable > 0 && (await nextPage(keysOnly, bounds(after, undefined), 1)).rows === 0)
        throw unanswered(source, unreadable, after);
    return duplicates;
}

/**
 * The check while clients write, when counts tell little: looks at the one key that a server is known to count but not
 * to return.
 */
export async function rejectUnreadableKeys(source: PageSource, dataType: "Int64" | "VarChar"): Promise<void> {
    if (dataType !== "Int64") return;
    const range = { after: 2n ** 63n - 2n };
    const { rows } = await nextPage({ ...source, fields: [source.key] }, range, 1);
    if (rows > 0) return;
    const filter = keyFilter(source.key, range, source.lineBreaks);
    const counted = await countRows(source.client, source.ref, filter);
    if (counted > 0) throw unanswered(source, counted, range.after);
}

function unanswered({ ref, key }: PageSource, rows: number, after: Key | undefined): RunError {
    return new RunError(
        "MV317",
        `${ref.name}: ${rows} rows are counted but returned by no query (Milvus 2.3 does so with the key 9223372036854775807). ` +
            `Delete or re-key them: ${key} > ${String(after ?? "")}`,
    );
}

interface Counts {
    range: (range: KeyRange) => Promise<number>;
    key: (key: Key) => Promise<number>;
}

/**
 * Counts the surplus rows of the keys `from` up to `to` (exclusive), halving the range down to single keys. A row that
 * is counted between two keys and returned by no query belongs to neither.
 */
async function extras(
    keys: Keys,
    from: number,
    to: number,
    before: Key | undefined,
    count: Counts,
): Promise<number> {
    const range = bounds(from === 0 ? before : keyAt(keys, from - 1), keyAt(keys, to - 1));
    const surplus = (await count.range(range)) - (to - from);
    if (surplus === 0) return 0;
    if (to - from === 1) return Math.min(surplus, (await count.key(keyAt(keys, from))) - 1);
    const middle = (from + to) >> 1;
    return (
        (await extras(keys, from, middle, before, count)) + (await extras(keys, middle, to, before, count))
    );
}

function bounds(after: Key | undefined, upTo: Key | undefined): KeyRange {
    return { ...(after !== undefined && { after }), ...(upTo !== undefined && { upTo }) };
}
