import { countRows } from "../milvus/rows";
import { nextPage, PAGE_ROWS, type PageSource } from "../milvus/pages";
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
    if (unreadable > 0)
        throw new RunError(
            "MV317",
            `${source.ref.name}: ${unreadable} rows are counted and answered by no query (Milvus 2.3 does so with the key 9223372036854775807). ` +
                `Delete or re-key them: ${source.key} > ${String(after ?? "")}`,
        );
    return duplicates;
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
