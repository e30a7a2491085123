import { countRows } from "../milvus/rows";
import { nextPage, PAGE_ROWS, type PageSource } from "../milvus/pages";
import { strong } from "../milvus/readPoint";
import { columnOf, type Key, keyAt, keyFilter, type KeyRange, type Keys, keysOf } from "../milvus/wire";
import { RunError } from "./error";

/**
 * Explains why a source counts more rows than could be read: `count(*)` counts each version of a key that was inserted
 * twice, a query answers one. Finds these keys by counting ever smaller ranges, and returns how many rows they explain.
 * Errors: `MV317` where rows are left that no query answers, so that they are not dropped with the old collection.
 */
export async function accountForDuplicates(source: PageSource): Promise<number> {
    const keysOnly: PageSource = { ...source, fields: [source.key] };
    const count = (range: KeyRange): Promise<number> =>
        countRows(
            source.client,
            source.ref,
            keyFilter(source.key, range, source.lineBreaks),
            source.partition === undefined ? [] : [source.partition],
        );
    let duplicates = 0;
    let after: Key | undefined;
    for (;;) {
        const page = await nextPage(keysOnly, bounds(after, undefined), PAGE_ROWS);
        if (page.rows === 0) break;
        const keys = keysOf(columnOf(page, source.key));
        duplicates += await extras(keys, 0, keys.count, after, count);
        after = keyAt(keys, keys.count - 1);
    }
    const unreadable = after === undefined ? await count({}) : await count({ after });
    // Rows that were written a moment ago are answered by now.
    const late = { ...keysOnly, readPoint: strong };
    if (unreadable > 0 && (await nextPage(late, bounds(after, undefined), 1)).rows === 0)
        throw unanswered(source, unreadable, after);
    return duplicates;
}

/**
 * The same where clients write meanwhile, so that counts tell little: looks at the one key that a server is known to
 * count and not to answer.
 */
export async function refuseUnreadable(source: PageSource, dataType: "Int64" | "VarChar"): Promise<void> {
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
        `${ref.name}: ${rows} rows are counted and answered by no query (Milvus 2.3 does so with the key 9223372036854775807). ` +
            `Delete or re-key them: ${key} > ${String(after ?? "")}`,
    );
}

/** Rows of the keys `from` up to `to` (exclusive) beyond one a key; halves are counted until a key stands alone. */
async function extras(
    keys: Keys,
    from: number,
    to: number,
    before: Key | undefined,
    count: (range: KeyRange) => Promise<number>,
): Promise<number> {
    const surplus =
        (await count(bounds(from === 0 ? before : keyAt(keys, from - 1), keyAt(keys, to - 1)))) - (to - from);
    if (surplus === 0 || to - from === 1) return surplus;
    const middle = (from + to) >> 1;
    return (
        (await extras(keys, from, middle, before, count)) + (await extras(keys, middle, to, before, count))
    );
}

function bounds(after: Key | undefined, upTo: Key | undefined): KeyRange {
    return { ...(after !== undefined && { after }), ...(upTo !== undefined && { upTo }) };
}
