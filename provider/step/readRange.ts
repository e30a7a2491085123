import { nextPage, PAGE_ROWS, type PageSource } from "../milvus/pages";
import {
    columnOf,
    compareKeys,
    type Key,
    keyAt,
    type Keys,
    keysOf,
    type Page,
    sliceColumns,
} from "../milvus/wire";
import { Chase } from "./chase";
import type { Bounds } from "./keySpace";
import type { Range } from "./ranges";

/** Before the first answer nobody knows how large a row is; a small page tells. */
const FIRST_ROWS = 512;

export interface KeyedPage {
    page: Page;
    keys: Keys;
}

/**
 * The pages of a range in the order of the keys, one read ahead of the consumer, as many rows a page as `bytes` hold.
 * `range` tells how far it is; a part that is given away meanwhile is not answered here. Where a later step brings over
 * what is left (`followed`), it does not run after a writer that is ahead for ever.
 */
export async function* readRange(
    source: PageSource,
    range: Range,
    bytes: number,
    followed = false,
): AsyncGenerator<KeyedPage> {
    let limit = FIRST_ROWS;
    const chase = new Chase();
    let next = nextPage(source, boundsOf(range), limit);
    try {
        for (;;) {
            const read = within(await next, source.key, range.upTo);
            if (!read) return;
            const { page, keys } = read;
            range.after = keyAt(keys, page.rows - 1);
            const isBeyond = range.left === 0;
            range.left = Math.max(0, range.left - page.rows);
            if (followed && chase.isOver({ short: page.rows * 2 <= limit }, isBeyond)) {
                next = Promise.resolve(page);
                yield read;
                return;
            }
            limit = rowsPerPage(page, bytes);
            next = nextPage(source, boundsOf(range), limit);
            // A page that is read ahead may fail while the consumer does something else, or has given up.
            next.catch(() => undefined);
            yield read;
        }
    } finally {
        await next.catch(() => undefined);
    }
}

export function rowsPerPage(page: Page, bytes: number): number {
    const size = page.columns.reduce((total, column) => total + column.bytes.length, 0);
    // Columns that were cut have no bytes of their own; their page was large enough to be cut.
    if (size === 0) return PAGE_ROWS;
    return Math.max(1, Math.min(PAGE_ROWS, Math.floor((bytes * page.rows) / size)));
}

export function boundsOf({ after, upTo }: Pick<Range, "after" | "upTo">): Bounds {
    return { ...(after !== undefined && { after }), ...(upTo !== undefined && { upTo }) };
}

/** The rows of a page up to a key; undefined where there is none. */
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
