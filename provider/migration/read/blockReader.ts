import { nextPage, pageLimit, type PageSource } from "../../milvus/rows/pages";
import {
    type Column,
    columnOf,
    hashRows,
    type Key,
    keyAt,
    type Keys,
    keysOf,
    type Page,
    type RowHashes,
    sliceColumns,
} from "../../wire";
import { PageSize } from "./adaptivePageSize";
import type { Range } from "../keys/keyRanges";
import { boundsOf } from "./readRange";

/** Some rows of one side, in the target's columns. `at` is the first row that is not compared yet. */
export interface Block {
    columns: Column[];
    rows: number;
    keys: Keys;
    at: number;
    /** The rows as they were read. */
    page: Page;
    hashes: RowHashes | undefined;
    /** At most half of the requested rows: the end is near, or a writer is just ahead. */
    short: boolean;
}

/** Reads one side of a range, block by block in key order. */
export class BlockReader {
    private block: Block | undefined;
    readonly upTo: Key | undefined;
    after: Key | undefined;
    private ended = false;
    private readonly size: PageSize;

    constructor(
        private readonly source: PageSource,
        /** The name of the key column in the result of `columns`; undefined if only the page has the keys. */
        private readonly key: string | undefined,
        { begin, upTo }: Pick<Range, "begin" | "upTo">,
        bytes: number,
        private readonly columns: (page: Page, keys: Keys) => Column[],
    ) {
        this.after = begin;
        this.upTo = upTo;
        this.size = new PageSize(bytes);
    }

    /** The number of rows to request next; infinite at the end of the range. */
    get limit(): number {
        return this.ended ? Infinity : pageLimit(this.source, this.size.limit);
    }

    /** The current block, or the next one if it is used up; undefined at the end. */
    async fill(limit = this.limit): Promise<Block | undefined> {
        if (this.block && this.block.at < this.block.rows) return this.block;
        if (this.ended) return undefined;
        const begin = Date.now();
        const page = await nextPage(this.source, boundsOf(this), limit);
        if (page.rows === 0) {
            this.ended = true;
            return (this.block = undefined);
        }
        this.size.learn(page, { asked: limit, ms: Date.now() - begin });
        const own = keysOf(columnOf(page, this.source.key));
        this.after = keyAt(own, own.count - 1);
        const short = page.rows * 2 <= limit;
        const columns = this.columns(page, own);
        const keys = this.key === undefined ? own : keysOf(columnOf({ columns }, this.key));
        return (this.block = { columns, rows: page.rows, keys, at: 0, page, hashes: undefined, short });
    }
}

/** The columns of the next `rows` rows of a block. */
export function part({ columns, at, rows: all }: Block, rows: number): Column[] {
    return at === 0 && rows === all ? columns : sliceColumns(columns, at, at + rows);
}

/**
 * The hashes of a block's rows, over the columns of `like`. Columns that were not copied (a function's output) do not
 * count.
 */
export function hashesOf(block: Block, like: Block = block): RowHashes {
    return (block.hashes ??= hashRows(
        like === block ? block.columns : like.columns.map(({ name }) => columnOf(block, name)),
        block.rows,
    ));
}
