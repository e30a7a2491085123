import type { PageSource } from "../../milvus/rows/pages";
import { columnOf, compareColumns, compareKeysAt, type MapPage, sameRow } from "../../wire";
import { type Block, BlockReader, hashesOf, part } from "../read/blockReader";
import { LivelockGuard } from "../read/livelockGuard";
import type { Range } from "../keys/keyRanges";

export interface ComparePair {
    source: PageSource;
    target: PageSource;
    map: MapPage;
    /** The key's name in the target. */
    key: string;
    batchBytes: number;
}

/** What is done with what a join finds, row by row in the order of the keys. */
export interface Visitor {
    /** In the source alone. */
    missing(source: Block, row: number): void;
    /** In the target alone. */
    extra(target: Block, row: number): void;
    /** On both sides, with other values. */
    different(source: Block, row: number): void;
    /** Rows of the source from `from` up to `to` are done, with all that was found of them. */
    passed(source: Block, from: number, to: number): void;
    /** Called between blocks, and at the end: the time to act on what was found. */
    pause(): Promise<void>;
}

/**
 * Reads both sides of a range in the order of the keys and joins them, in constant memory: runs of the same keys are
 * compared as bytes, others row by row by their hashes.
 */
export async function joinRange(
    { source, target, map, key, batchBytes }: ComparePair,
    range: Pick<Range, "begin" | "upTo">,
    visitor: Visitor,
): Promise<void> {
    const left = new BlockReader(source, key, range, batchBytes, map);
    const right = new BlockReader(target, key, range, batchBytes, (page) => page.columns);
    const livelock = new LivelockGuard();
    for (;;) {
        // The same number of rows on both sides, so that pages fall together as long as the rows do.
        const limit = Math.min(left.limit, right.limit);
        const [a, b] = await Promise.all([left.fill(limit), right.fill(limit)]);
        if (!a && !b) return visitor.pause();
        if (!a) while (b!.at < b!.rows) visitor.extra(b!, b!.at++);
        else {
            const from = a.at;
            if (!b) while (a.at < a.rows) visitor.missing(a, a.at++);
            else run(a, b, key, visitor);
            visitor.passed(a, from, a.at);
        }
        await visitor.pause();
        if (a && livelock.isOver(a, !b)) return;
    }
}

/**
 * Compares as many rows as both blocks still have: column by column as bytes where their keys are the same, which is so
 * unless something differs; else row by row. Servers cut their pages as they like, so blocks seldom end together.
 */
function run(a: Block, b: Block, key: string, visitor: Visitor): void {
    const rows = Math.min(a.rows - a.at, b.rows - b.at);
    const own = part(a, rows);
    const other = { columns: part(b, rows) };
    if (compareColumns(columnOf({ columns: own }, key), columnOf(other, key), rows, 1).length > 0)
        return join(a, b, visitor);
    const differing = new Set(
        own.flatMap((one) => compareColumns(one, columnOf(other, one.name), rows, rows)),
    );
    for (const row of [...differing].sort((x, y) => x - y)) visitor.different(a, a.at + row);
    a.at += rows;
    b.at += rows;
}

/** Joins two blocks by key until one of them ends. */
function join(a: Block, b: Block, visitor: Visitor): void {
    const own = hashesOf(a);
    const other = hashesOf(b, a);
    while (a.at < a.rows && b.at < b.rows) {
        const order = compareKeysAt(a.keys, a.at, b.keys, b.at);
        if (order < 0) visitor.missing(a, a.at++);
        else if (order > 0) visitor.extra(b, b.at++);
        else {
            if (!sameRow(own, a.at, other, b.at)) visitor.different(a, a.at);
            a.at++;
            b.at++;
        }
    }
}
