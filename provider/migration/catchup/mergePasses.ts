import { setTimeout as delay } from "node:timers/promises";

import { listPartitions } from "../../milvus/collection/partitions";
import { RunError } from "../errors";
import { type MergePass, type MergeResult, mergeRange } from "./mergeRange";
import type { Range } from "../keys/keyRanges";
import { forEachConcurrent } from "../copy/scheduler";
import { carryOverPartitions } from "./newPartitions";
import { openPasses, type Passes } from "./passContext";
import { isTailRange } from "./tailRanges";

/** Passes after the cut-over that still find late writes, once its grace is over. */
const MOST_AFTER = 5;
/**
 * Keys that are settled at once. While clients write to the new collection, the fewer, the shorter is the moment between
 * the look at a row and its write; a strong read costs Milvus some 200 ms, milvus-lite nothing. Before that nobody does,
 * and a pass has to be faster than the writers of the old one.
 */
const AT_ONCE = { exclusive: 8192, milvus: 1000, lite: 32 };

/** The order of a pass. What is read last before the switch, and first after it, has missed the fewest writes. */
export type Order = "tail ranges last" | "tail ranges first" | "tail ranges alone";

/**
 * One pass over what the old collection holds now. What it finds is settled when it returns, and does not count for the
 * next one. `exclusive` says that the cut-over is still to come. Errors: `MV337`, `MV319`.
 */
export async function mergePass(passes: Passes, order: Order, exclusive = false): Promise<MergeResult> {
    await followManifest(passes);
    await carryOverPartitions(passes);
    const { ranges, source } = passes;
    const opened = await openPasses(passes);
    // What clients have dropped there is theirs to drop.
    const there = exclusive
        ? undefined
        : new Set(await listPartitions(passes.target.client, passes.target.ref));
    const isThere = ({ partition }: Range) => !partition || !there || there.has(partition);
    const found: MergeResult = { applied: 0, superseded: 0, ended: true };
    const places = [...ranges.keys()].filter((place) => isThere(ranges[place]!));
    const tailRanges = places.filter((place) => isTailRange(ranges[place]!));
    const others = places.filter((place) => !isTailRange(ranges[place]!));
    const turns = {
        "tail ranges last": [others, tailRanges],
        "tail ranges first": [tailRanges, others],
        "tail ranges alone": [tailRanges],
    };
    for (const turn of turns[order])
        await forEachConcurrent(turn, opened.workers, async (place) => {
            const atOnce = AT_ONCE[exclusive ? "exclusive" : opened.lite ? "lite" : "milvus"];
            const { applied, superseded, ended } = await mergePlace(passes, place, {
                ...opened.of(ranges[place]!),
                exclusive,
                expires: opened.expires,
                atOnce,
            });
            found.applied += applied;
            found.superseded += superseded;
            found.ended &&= ended;
        });
    if (found.applied + found.superseded > 0)
        passes.report.say(
            `${found.applied} late writes to ${source.ref.name} were brought over` +
                (found.superseded > 0
                    ? `; of ${found.superseded} rows the write to the new collection is newer`
                    : ""),
        );
    return found;
}

/** Another process of the same run may have added ranges of new partitions since. */
async function followManifest(passes: Passes): Promise<void> {
    const written = await passes.folder.written();
    if (!written || written.ranges.length <= passes.ranges.length) return;
    passes.ranges = written.ranges;
    passes.partitions = written.partitions;
}

async function mergePlace(
    { ranges, folder }: Passes,
    place: number,
    pass: Omit<MergePass, "baseline" | "next" | "journal">,
): Promise<MergeResult> {
    // Before the cut-over, too: an alias may be moved by hand, or by a program that makes it anew.
    const journal = await folder.journal(place);
    const [baseline, next] = [await folder.read(place), await folder.write(place)];
    try {
        const result = await mergeRange({ ...pass, baseline, next, journal }, ranges[place]!);
        await next.close();
        // What it has not come to is still to be met.
        if (result.ended) await journal.remove();
        return result;
    } catch (error) {
        await next.abandon();
        throw error;
    } finally {
        await baseline.close();
    }
}

/**
 * Passes after the cut-over until one finds nothing, once the old collection has had its grace: a proxy may hold it a
 * moment longer. Errors: `MV320` where the old one is written to all the time.
 */
export async function mergeUntilQuiet(passes: Passes, graceEnds: number): Promise<void> {
    for (let late = 0; ;) {
        await delay(Math.max(0, graceEnds - Date.now()));
        const { applied, superseded, ended } = await mergePass(passes, "tail ranges first");
        if (applied + superseded === 0 && ended) return;
        if (++late < MOST_AFTER) continue;
        const { source, target } = passes;
        throw new RunError(
            "MV320",
            `${source.ref.name}: not dropped, ${applied + superseded} rows were written to it during the last pass, long after ${target.ref.name} took over. ` +
                `All were brought over so far, and both are kept. Point the writers to ${target.ref.name} or its alias, then run \`pulumi up\` again`,
        );
    }
}
