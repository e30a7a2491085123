import type { PageSource } from "../../milvus/rows/pages";
import { columnOf, compareColumns, compareKeysAt, type MapPage, sameRow } from "../../wire";
import { type Block, BlockReader, hashesOf, part } from "../read/blockReader";
import { LivelockGuard } from "../read/livelockGuard";
import { mapNamed } from "../read/mapNamed";
import type { Range } from "../keys/keyRanges";

export interface ComparePair {
    source: PageSource;
    target: PageSource;
    map: MapPage;
    /** The key's name in the target. */
    key: string;
    batchBytes: number;
}

/** Receives what a join finds, row by row in key order. */
export interface Visitor {
    /** A row that is only in the source. */
    missing(source: Block, row: number): void;
    /** A row that is only in the target. */
    extra(target: Block, row: number): void;
    /** A row on both sides whose values differ. */
    different(source: Block, row: number): void;
    /**
     * The rows of the source from `from` up to `to` (exclusive) are done, and all their differences have been reported.
     */
    passed(source: Block, from: number, to: number): void;
    /** Called between blocks and at the end: the time to act on the differences. */
    pause(): Promise<void>;
}

/**
 * Reads both sides of a range in key order and joins them, in constant memory: sequences of equal keys are compared as
 * bytes, other rows one by one by their hashes.
 */
export async function joinRange(
    { source, target, map, key, batchBytes }: ComparePair,
    range: Pick<Range, "begin" | "upTo">,
    visitor: Visitor,
): Promise<void> {
    const left = new BlockReader(source, key, range, batchBytes, (page, keys) => mapNamed(map, page, keys));
    const right = new BlockReader(target, key, range, batchBytes, (page) => page.columns);
    const livelock = new LivelockGuard();
    for (;;) {
        // The same limit on both sides keeps the pages aligned as long as the rows are.
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
 * Compares as many rows as both blocks still have: column by column as bytes if their keys are equal, which is the
 * normal case; otherwise row by row. Blocks seldom end together, because servers choose their own page ends.
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
