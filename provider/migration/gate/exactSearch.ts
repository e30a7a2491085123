import { countRows } from "../../milvus/rows/rows";
import type { PageSource } from "../../milvus/rows/pages";
import { rowsOfKeys } from "../../milvus/rows/pages";
import { columnOf, type Key, keyAt, keysOf, type Page, vectorRows } from "../../wire";
import { readRange } from "../read/readRange";
import { Nearest, type Neighbour } from "./nearest";
import type { Scorer } from "./scorer";

/** Bytes of a page: with the page that is read ahead, 16 MiB are held at a time. */
const PAGE_BYTES = 8 * 2 ** 20;
/** Rows that one call reads by their keys. */
const KEYS_AT_ONCE = 1_000;

/** The rows that are searched: those of the source that its filter matches. */
export interface Searched {
    source: Omit<PageSource, "partition">;
    field: string;
    scorer: Scorer;
    /** Runs before each page. */
    confirm: () => Promise<void>;
}

/**
 * The nearest rows of each query: every row is read once, and compared with all queries. The memory does not depend on
 * the number of rows.
 *
 * @param counts how many neighbours each query has
 */
export async function exactSearch(
    { source, field, scorer, confirm }: Searched,
    counts: readonly number[],
): Promise<{ neighbours: Neighbour[][]; rows: number }> {
    const nearest = counts.map((count) => new Nearest(count));
    const least = new Float64Array(counts.length).fill(-Infinity);
    let rows = 0;
    for await (const page of pagesOf(source)) {
        await confirm();
        const keys = keysOf(columnOf(page, source.key));
        scorer.scan(vectorsOf(page, field), least, (query, row, score) => {
            nearest[query]!.offer(keyAt(keys, row), score);
            least[query] = nearest[query]!.least;
        });
        rows += page.rows;
    }
    return { neighbours: nearest.map(({ rows: found }) => found), rows };
}

/** The exact score of rows for one query each: hits that are not among the nearest may be as near as the last of them. */
export async function exactScores(
    { source, field, scorer, confirm }: Searched,
    hits: readonly (readonly Key[])[],
): Promise<Map<Key, number>[]> {
    const scores = hits.map(() => new Map<Key, number>());
    const askedBy = new Map<Key, Set<number>>();
    hits.forEach((keys, query) =>
        keys.forEach((key) => askedBy.set(key, (askedBy.get(key) ?? new Set()).add(query))),
    );
    const wanted = [...askedBy.keys()];
    const none = new Float64Array(hits.length).fill(-Infinity);
    for (let from = 0; from < wanted.length; from += KEYS_AT_ONCE) {
        await confirm();
        const some = wanted.slice(from, from + KEYS_AT_ONCE);
        for (const page of await rowsOfKeys({ ...source, partition: undefined }, some)) {
            if (page.rows === 0) continue;
            const keys = keysOf(columnOf(page, source.key));
            scorer.scan(vectorsOf(page, field), none, (query, row, score) => {
                const key = keyAt(keys, row);
                if (askedBy.get(key)?.has(query)) scores[query]!.set(key, score);
            });
        }
    }
    return scores;
}

/** All pages of a source in key order. */
export async function* pagesOf(source: Omit<PageSource, "partition">): AsyncGenerator<Page> {
    const { client, ref, filter, readPoint } = source;
    const left = await countRows(client, ref, filter ?? "", [], readPoint);
    const open = { begin: undefined, after: undefined, upTo: undefined, copied: undefined };
    const range = { ...open, partition: undefined, left, done: false };
    for await (const { page } of readRange({ ...source, partition: undefined }, range, PAGE_BYTES))
        yield page;
}

const vectorsOf = (page: Page, field: string) => vectorRows(columnOf(page, field), page.rows);
