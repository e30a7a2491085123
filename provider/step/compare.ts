import { nextPage, type PageSource } from "../milvus/pages";
import {
    type Column,
    columnOf,
    compareColumns,
    compareKeysAt,
    hashRows,
    type Key,
    keyAt,
    type Keys,
    keysOf,
    type MapPage,
    type Page,
    type RowHashes,
    sameRow,
    sliceColumns,
} from "../milvus/wire";
import type { Range } from "./ranges";
import { boundsOf, rowsPerPage } from "./readRange";

/** How many rows differ, and the keys of the first ones. */
interface Found {
    count: number;
    first: string[];
}

export interface Differences {
    /** In the source alone. */
    missing: Found;
    /** In the target alone. */
    extra: Found;
    different: Found;
}

export function noDifferences(): Differences {
    return {
        missing: { count: 0, first: [] },
        extra: { count: 0, first: [] },
        different: { count: 0, first: [] },
    };
}

export interface Comparison {
    source: PageSource;
    target: PageSource;
    map: MapPage;
    /** The key's name in the target. */
    key: string;
    batchBytes: number;
}

/** Some rows of one side in the target's columns, and how far they are compared. */
interface Block {
    columns: Column[];
    rows: number;
    keys: Keys;
    at: number;
    hashes: RowHashes | undefined;
}

/**
 * Reads both sides of a range in the order of the keys and joins them, in constant memory: runs of the same keys are
 * compared as bytes, others row by row by their hashes.
 */
export async function comparePages(
    comparison: Comparison,
    range: Pick<Range, "begin" | "upTo">,
    found: Differences,
    progress: (rows: number) => void,
): Promise<void> {
    const { source, target, map, key, batchBytes } = comparison;
    let limit = 512;
    const left = new Reader(source, key, range, (page) => {
        limit = rowsPerPage(page, batchBytes);
        return map(page);
    });
    const right = new Reader(target, key, range, (page) => page.columns);
    for (;;) {
        // The same number of rows on both sides, so that pages fall together as long as the rows do.
        const [a, b] = await Promise.all([left.fill(limit), right.fill(limit)]);
        if (!a && !b) return;
        if (!a) take(b!, found.extra, b!.rows);
        else if (!b) progress(take(a, found.missing, a.rows));
        else progress(run(a, b, key, found));
    }
}

class Reader {
    private block: Block | undefined;
    readonly upTo: Key | undefined;
    after: Key | undefined;
    private ended = false;

    constructor(
        private readonly source: PageSource,
        private readonly key: string,
        { begin, upTo }: Pick<Range, "begin" | "upTo">,
        private readonly columns: (page: Page) => Column[],
    ) {
        this.after = begin;
        this.upTo = upTo;
    }

    /** The block in work, or the next one; undefined at the end. */
    async fill(limit: number): Promise<Block | undefined> {
        if (this.block && this.block.at < this.block.rows) return this.block;
        if (this.ended) return undefined;
        const page = await nextPage(this.source, boundsOf(this), limit);
        if (page.rows === 0) {
            this.ended = true;
            return (this.block = undefined);
        }
        const own = keysOf(columnOf(page, this.source.key));
        this.after = keyAt(own, own.count - 1);
        const columns = this.columns(page);
        const keys = keysOf(columns.find(({ name }) => name === this.key)!);
        return (this.block = { columns, rows: page.rows, keys, at: 0, hashes: undefined });
    }
}

/**
 * Compares as many rows as both blocks still have: column by column as bytes where their keys are the same, which is so
 * unless something differs; else row by row. Servers cut their pages as they like, so blocks seldom end together.
 */
function run(a: Block, b: Block, key: string, found: Differences): number {
    const rows = Math.min(a.rows - a.at, b.rows - b.at);
    const own = part(a, rows);
    const other = part(b, rows);
    if (compareColumns(column(own, key), column(other, key), rows, 1).length > 0) return join(a, b, found);
    const differing = new Set(own.flatMap((one) => compareColumns(one, column(other, one.name), rows, rows)));
    for (const row of [...differing].sort((x, y) => x - y)) note(found.different, a, a.at + row);
    a.at += rows;
    b.at += rows;
    return rows;
}

/** The columns of the next rows of a block. */
function part({ columns, at, rows: all }: Block, rows: number): Column[] {
    return at === 0 && rows === all ? columns : sliceColumns(columns, at, at + rows);
}

/** Joins two blocks by key until one of them ends; returns the rows of the source that are done. */
function join(a: Block, b: Block, found: Differences): number {
    const begin = a.at;
    a.hashes ??= hashRows(a.columns, a.rows);
    b.hashes ??= hashRows(inOrderOf(a, b), b.rows);
    while (a.at < a.rows && b.at < b.rows) {
        const order = compareKeysAt(a.keys, a.at, b.keys, b.at);
        if (order < 0) note(found.missing, a, a.at++);
        else if (order > 0) note(found.extra, b, b.at++);
        else {
            if (!sameRow(a.hashes, a.at, b.hashes, b.at)) note(found.different, a, a.at);
            a.at++;
            b.at++;
        }
    }
    return a.at - begin;
}

/** What was not copied (a function's output) is not compared: the columns of `a` alone. */
function inOrderOf(a: Block, b: Block): Column[] {
    return a.columns.map(({ name }) => column(b.columns, name));
}

function column(columns: Column[], name: string): Column {
    return columnOf({ columns }, name);
}

function take(block: Block, found: Found, rows: number): number {
    const begin = block.at;
    while (block.at < rows) note(found, block, block.at++);
    return block.at - begin;
}

function note(found: Found, block: Block, row: number): void {
    found.count++;
    if (found.first.length >= 5) return;
    const key = keyAt(block.keys, row);
    found.first.push(typeof key === "bigint" ? String(key) : JSON.stringify(key));
}
