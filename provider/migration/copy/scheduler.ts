import { eventually } from "../../milvus/rows/readPoint";
import { countRows } from "../../milvus/rows/rows";
import { PAGE_ROWS, type PageSource } from "../../milvus/rows/pages";
import { keyFilter } from "../../wire";
import { type Bounds, middle } from "../keys/midpoint";
import type { Position } from "../properties/checkpoint";
import { type Range, RangeScheduler, type Split, splitByCounting } from "../keys/keyRanges";
import { boundsOf } from "../read/readRange";

/** A range with fewer rows is not split: splitting costs several counts, and each part a small first page. */
const LEAST_ROWS = PAGE_ROWS / 2;

/**
 * Makes ranges from positions, each with the server's row count as an estimate: one full position per partition for a
 * new copy, those of the checkpoint for a resumed one.
 */
export async function rangesOf(
    source: Omit<PageSource, "partition">,
    dataType: "Int64" | "VarChar",
    positions: readonly Position[],
    whole = false,
): Promise<{ ranges: RangeScheduler; left: number }> {
    const waiting = await countedRanges(source, positions, whole);
    const split = splitRange(source, dataType, whole);
    const finished = positions
        .filter(({ done }) => done)
        .map((position) => ({ ...position, after: position.copied, left: 0 }));
    const left = waiting.reduce((total, range) => total + range.left, 0);
    return { ranges: new RangeScheduler(waiting, split, LEAST_ROWS, finished), left };
}

/** The positions that are not done, with their row counts. The largest comes first, so that none is left alone at the end. */
export async function countedRanges(
    source: Omit<PageSource, "partition">,
    positions: readonly Position[],
    whole: boolean,
): Promise<Range[]> {
    const count = rangeCounter(source, whole);
    const waiting: Range[] = [];
    for (const position of positions.filter(({ done }) => !done)) {
        const range = { ...position, after: position.copied };
        waiting.push({ ...range, left: await count(range, boundsOf(range)) });
    }
    return waiting.sort((a, b) => b.left - a.left);
}

/** Splits a range of the source by counts of the server. */
export function splitRange(
    source: Omit<PageSource, "partition">,
    dataType: "Int64" | "VarChar",
    whole: boolean,
): Split {
    return splitByCounting((bounds) => middle(bounds, dataType), rangeCounter(source, whole));
}

function rangeCounter(
    { client, ref, key, lineBreaks }: Omit<PageSource, "partition">,
    /**
     * True if the positions cover all rows: milvus-lite counts all rows in 24 ms, and those of a named partition in 1.4
     * s (50,000 rows).
     */
    whole: boolean,
): (range: Pick<Range, "partition">, bounds: Bounds) => Promise<number> {
    return ({ partition }, bounds) =>
        countRows(
            client,
            ref,
            keyFilter(key, bounds, lineBreaks),
            partition === undefined || whole ? [] : [partition],
            eventually,
        );
}

/** Runs `work` on every range, `workers` at a time. After the first failure the others stop at their next page. */
export async function scheduleRanges(
    ranges: RangeScheduler,
    workers: number,
    work: (range: Range, stopped: () => boolean) => Promise<void>,
): Promise<void> {
    let failed = false;
    await together(workers, async () => {
        try {
            for (let range = await ranges.next(); range && !failed; range = await ranges.next()) {
                await work(range, () => failed);
                // Work that stopped because of another failure has not reached the end of its range.
                if (!failed) ranges.done(range);
            }
        } catch (error) {
            failed = true;
            throw error;
        }
    });
}

/** Runs `work` on every item, `workers` at a time. After the first failure no further item starts. */
export async function forEachConcurrent<T>(
    all: readonly T[],
    workers: number,
    work: (one: T) => Promise<void>,
): Promise<void> {
    const waiting = [...all];
    await together(workers, async () => {
        try {
            while (waiting.length > 0) await work(waiting.shift()!);
        } catch (error) {
            waiting.length = 0;
            throw error;
        }
    });
}

/** Waits for all workers, so that none still runs during the cleanup; then throws the first failure. */
async function together(workers: number, worker: () => Promise<void>): Promise<void> {
    const ended = await Promise.allSettled(Array.from({ length: workers }, worker));
    const failure = ended.find((end) => end.status === "rejected");
    if (failure) throw failure.reason;
}
