import { nextPage, pageLimit, type PageSource } from "../../milvus/rows/pages";
import {
    columnOf,
    compareKeys,
    type Key,
    keyAt,
    type Keys,
    keysOf,
    type Page,
    sliceColumns,
} from "../../wire";
import { LivelockGuard } from "./livelockGuard";
import type { Bounds } from "../keys/midpoint";
import { PageSize } from "./adaptivePageSize";
import type { Range } from "../keys/keyRanges";

export interface KeyedPage {
    page: Page;
    keys: Keys;
}

/**
 * Reads the pages of a range in key order, one page ahead of the consumer, with as many rows per page as `bytes` hold,
 * and about `mostRows` at most.
 * `range` holds the progress. A part that is split off during the read is not returned here. With `followed` a later
 * pass applies the remaining writes, so the read stops behind a writer that stays ahead.
 */
export async function* readRange(
    source: PageSource,
    range: Range,
    bytes: number,
    { followed = false, mostRows }: { followed?: boolean; mostRows?: number | undefined } = {},
): AsyncGenerator<KeyedPage> {
    const size = new PageSize(bytes, mostRows);
    const livelock = new LivelockGuard();
    let consumed = 0;
    let { limit } = size;
    let asked = timed(nextPage(source, boundsOf(range), limit));
    try {
        for (;;) {
            const answer = await asked;
            const read = within(answer.page, source.key, range.upTo);
            if (!read) return;
            const { page, keys } = read;
            range.after = keyAt(keys, page.rows - 1);
            const isBeyond = range.left === 0;
            range.left = Math.max(0, range.left - page.rows);
            // At a limited rate, a page is a second of a writer that is as fast, and never short.
            const short = page.rows * 2 <= limit || mostRows !== undefined;
            if (followed && livelock.isOver({ short }, isBeyond)) {
                yield read;
                return;
            }
            limit = pageLimit(
                source,
                size.learn(answer.page, { asked: limit, ms: Math.max(answer.ms, consumed) }),
            );
            asked = timed(nextPage(source, boundsOf(range), limit));
            // The page that is read ahead may fail while the consumer is busy or has stopped.
            asked.catch(() => undefined);
            const given = Date.now();
            yield read;
            consumed = Date.now() - given;
        }
    } finally {
        await asked.catch(() => undefined);
    }
}

async function timed(page: Promise<Page>): Promise<{ page: Page; ms: number }> {
    const begin = Date.now();
    return { page: await page, ms: Date.now() - begin };
}

export function boundsOf({ after, upTo }: Pick<Range, "after" | "upTo">): Bounds {
    return { ...(after !== undefined && { after }), ...(upTo !== undefined && { upTo }) };
}

/** The rows of a page up to a key; undefined if there are none. */
function within(page: Page, keyName: string, upTo: Key | undefined): KeyedPage | undefined {
    if (page.rows === 0) return undefined;
    const keys = keysOf(columnOf(page, keyName));
    if (upTo === undefined || compareKeys(keyAt(keys, page.rows - 1), upTo) <= 0) return { page, keys };
    let rows = 0;
    for (let high = page.rows; rows < high;) {
        const middle = (rows + high) >> 1;
        if (compareKeys(keyAt(keys, middle), upTo) <= 0) rows = middle + 1;
        else high = middle;
    }
    if (rows === 0) return undefined;
    const columns = sliceColumns(page.columns, 0, rows);
    return { page: { ...page, rows, columns }, keys: keysOf(columnOf({ ...page, columns }, keyName)) };
}
