import { countText } from "../../inputs/report/figures";
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

/** The maximum number of keys that one count names. */
const NAMED_KEYS = 4096;
/** The maximum length of the keys in one filter: a VarChar key may have 65,535 bytes. */
const FILTER_LENGTH = 1 << 20;

/**
 * Explains why a source counts more rows than could be read: `count(*)` counts every version of a key that was inserted
 * twice, a query returns one. Counts the versions of the keys that queries return, and returns how many rows they explain.
 * Errors: `MV317` if there are rows that no query returns, so that they are not dropped with the old collection.
 */
export async function countDuplicateKeys(source: PageSource): Promise<number> {
    // The keys are read with the same consistency as the counts: a row written since the copy began is no second
    // version of its neighbour.
    const { learned: _snapshot, ...present } = source;
    const keysOnly: PageSource = { ...present, fields: [source.key], readPoint: strong };
    const counted = (range: KeyRange) =>
        countFiltered(source, keyFilter(source.key, range, source.lineBreaks));
    let duplicates = 0;
    let after: Key | undefined;
    for (;;) {
        const page = await nextPage(keysOnly, bounds(after, undefined), PAGE_ROWS);
        if (page.rows === 0) break;
        const keys = keysOf(columnOf(page, source.key));
        const last = keyAt(keys, keys.count - 1);
        const inRange = await counted(bounds(after, last));
        // A row that is counted between two keys and returned by no query is a version of neither.
        if (inRange > keys.count) {
            const versions = await countVersions(source, allOf(keys));
            duplicates += Math.min(inRange, versions) - keys.count;
        }
        after = last;
    }
    const unreadable = await counted(bounds(after, undefined));
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
    const filter = keyFilter(source.key, range, source.lineBreaks);
    const [{ rows }, counted] = await Promise.all([
        nextPage({ ...source, fields: [source.key] }, range, 1),
        countRows(source.client, source.ref, filter),
    ]);
    if (rows === 0 && counted > 0) throw unanswered(source, counted, range.after);
}

function unanswered({ ref, key }: PageSource, rows: number, after: Key | undefined): RunError {
    return new RunError(
        "MV317",
        `${ref.name}: ${countText(rows)} rows are counted but returned by no query (Milvus 2.3 does so with the key 9223372036854775807). ` +
            `Delete or re-key them: ${key} > ${String(after ?? "")}`,
    );
}

/** Counts every version of these keys. */
export async function countVersions(source: PageSource, keys: readonly Key[]): Promise<number> {
    const counts = await Promise.all(filtersOf(source, keys).map((filter) => countFiltered(source, filter)));
    return counts.reduce((sum, rows) => sum + rows, 0);
}

function countFiltered({ client, ref, partition }: PageSource, filter: string): Promise<number> {
    return countRows(client, ref, filter, partition === undefined ? [] : [partition]);
}

/** Filters that together name each of the keys once. Milvus takes 0.2 s for a strong count, whatever the filter names. */
function filtersOf({ key, lineBreaks }: PageSource, keys: readonly Key[]): string[] {
    const filters: string[] = [];
    let named: Key[] = [];
    let length = 0;
    for (const [place, own] of keys.entries()) {
        named.push(own);
        length += String(own).length;
        if (place + 1 < keys.length && named.length < NAMED_KEYS && length < FILTER_LENGTH) continue;
        filters.push(keysFilter(key, named, lineBreaks));
        [named, length] = [[], 0];
    }
    return filters;
}

function allOf(keys: Keys): Key[] {
    return Array.from({ length: keys.count }, (_, row) => keyAt(keys, row));
}

function bounds(after: Key | undefined, upTo: Key | undefined): KeyRange {
    return { ...(after !== undefined && { after }), ...(upTo !== undefined && { upTo }) };
}
