import { eventually } from "../milvus/readPoint";
import { countRows } from "../milvus/rows";
import { PAGE_ROWS, type PageSource } from "../milvus/pages";
import { keyFilter } from "../milvus/wire";
import { middle } from "./keySpace";
import { cutByCounting, type Range, Ranges } from "./ranges";

/** A range with fewer rows is read as it is: cutting it costs some counts, and each part a small first page. */
const LEAST_ROWS = 3 * PAGE_ROWS;

/** All rows of the given partitions as ranges to share, each with about as many rows as the server counts. */
export async function rangesOf(
    source: Omit<PageSource, "partition">,
    dataType: "Int64" | "VarChar",
    partitions: readonly (string | undefined)[],
): Promise<{ ranges: Ranges; counted: number }> {
    const { client, ref, key, lineBreaks } = source;
    const count = ({ partition }: Pick<Range, "partition">, filter: string): Promise<number> =>
        countRows(client, ref, filter, partition === undefined ? [] : [partition], eventually);
    const waiting: Range[] = [];
    let counted = 0;
    for (const partition of partitions) {
        const left = await count({ partition }, "");
        counted += left;
        waiting.push({ partition, begin: undefined, after: undefined, upTo: undefined, left });
    }
    const cut = cutByCounting(
        (bounds) => middle(bounds, dataType),
        (range, bounds) => count(range, keyFilter(key, bounds, lineBreaks)),
    );
    // The largest partition first, so that none is left alone at the end.
    waiting.sort((a, b) => b.left - a.left);
    return { ranges: new Ranges(waiting, cut, LEAST_ROWS), counted };
}

/** Runs `work` on every range, `workers` at a time. The first failure ends all: the others stop at their next page. */
export async function shareRanges(
    ranges: Ranges,
    workers: number,
    work: (range: Range, stopped: () => boolean) => Promise<void>,
): Promise<void> {
    let failed = false;
    await together(workers, async () => {
        try {
            for (let range = await ranges.next(); range && !failed; range = await ranges.next()) {
                await work(range, () => failed);
                ranges.done(range);
            }
        } catch (error) {
            failed = true;
            throw error;
        }
    });
}

/** The same for ranges that are cut already. */
export async function eachAtOnce(
    ranges: readonly Range[],
    workers: number,
    work: (range: Range) => Promise<void>,
): Promise<void> {
    const waiting = [...ranges];
    await together(workers, async () => {
        try {
            for (let range = waiting.shift(); range; range = waiting.shift()) await work(range);
        } catch (error) {
            waiting.length = 0;
            throw error;
        }
    });
}

/** Waits for all, so that nothing goes on behind the back of who cleans up; then tells the first failure. */
async function together(workers: number, worker: () => Promise<void>): Promise<void> {
    const ended = await Promise.allSettled(Array.from({ length: workers }, worker));
    const failure = ended.find((end) => end.status === "rejected");
    if (failure) throw failure.reason;
}
