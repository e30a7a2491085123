import { eventually } from "../../milvus/rows/readPoint";
import { countRows } from "../../milvus/rows/rows";
import { PAGE_ROWS, type PageSource } from "../../milvus/rows/pages";
import { keyFilter } from "../../wire";
import { middle } from "../keys/midpoint";
import type { Position } from "../properties/checkpoint";
import { splitByCounting, type Range, RangeScheduler } from "../keys/keyRanges";
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
    /**
     * True if the positions cover all rows: milvus-lite counts all rows in 24 ms, and those of a named partition in 1.4
     * s (50,000 rows).
     */
    whole = false,
): Promise<{ ranges: RangeScheduler; left: number }> {
    const { client, ref, key, lineBreaks } = source;
    const count = ({ partition }: Pick<Range, "partition">, filter: string): Promise<number> =>
        countRows(client, ref, filter, partition === undefined || whole ? [] : [partition], eventually);
    const waiting: Range[] = [];
    const finished: Range[] = [];
    for (const position of positions) {
        const range = { ...position, after: position.copied };
        if (position.done) finished.push({ ...range, left: 0 });
        else
            waiting.push({ ...range, left: await count(range, keyFilter(key, boundsOf(range), lineBreaks)) });
    }
    const split = splitByCounting(
        (bounds) => middle(bounds, dataType),
        (range, bounds) => count(range, keyFilter(key, bounds, lineBreaks)),
    );
    // The largest partition comes first, so that none is left alone at the end.
    waiting.sort((a, b) => b.left - a.left);
    const left = waiting.reduce((total, range) => total + range.left, 0);
    return { ranges: new RangeScheduler(waiting, split, LEAST_ROWS, finished), left };
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
