import { setTimeout as delay } from "node:timers/promises";

import { listPartitions } from "../../milvus/partitions";
import { RunError } from "../errors";
import { type LatePass, type Settled, settleRange } from "./mergeRange";
import type { Range } from "../keys/keyRanges";
import { eachAtOnce } from "../copy/scheduler";
import { bringPartitions } from "./newPartitions";
import { openSides, type Passes } from "./passContext";
import { isTail } from "./tailRanges";

/** Passes after the cut-over that still find late writes, once its grace is over. */
const MOST_AFTER = 5;
/**
 * Keys that are settled at once. While clients write to the new collection, the fewer, the shorter is the moment between
 * the look at a row and its write; a strong read costs Milvus some 200 ms, milvus-lite nothing. Before that nobody does,
 * and a pass has to be faster than the writers of the old one.
 */
const AT_ONCE = { alone: 8192, milvus: 1000, lite: 32 };

/** The order of a pass. What is read last before the switch, and first after it, has missed the fewest writes. */
export type Order = "tails last" | "tails first" | "tails alone";

/**
 * One pass over what the old collection holds now. What it finds is settled when it returns, and does not count for the
 * next one. `alone` says that the cut-over is still to come. Errors: `MV337`, `MV319`.
 */
export async function settle(passes: Passes, order: Order, alone = false): Promise<Settled> {
    await bringPartitions(passes);
    const { ranges, source } = passes;
    const opened = await openSides(passes);
    // What clients have dropped there is theirs to drop.
    const there = alone ? undefined : new Set(await listPartitions(passes.target.client, passes.target.ref));
    const isThere = ({ partition }: Range) => !partition || !there || there.has(partition);
    const found: Settled = { applied: 0, kept: 0, ended: true };
    const places = [...ranges.keys()].filter((place) => isThere(ranges[place]!));
    const tails = places.filter((place) => isTail(ranges[place]!));
    const others = places.filter((place) => !isTail(ranges[place]!));
    const turns = { "tails last": [others, tails], "tails first": [tails, others], "tails alone": [tails] };
    for (const turn of turns[order])
        await eachAtOnce(turn, opened.workers, async (place) => {
            const atOnce = AT_ONCE[alone ? "alone" : opened.lite ? "lite" : "milvus"];
            const { applied, kept, ended } = await settlePlace(passes, place, {
                ...opened.of(ranges[place]!),
                alone,
                expires: opened.expires,
                atOnce,
            });
            found.applied += applied;
            found.kept += kept;
            found.ended &&= ended;
        });
    if (found.applied + found.kept > 0)
        passes.report.say(
            `${found.applied} late writes to ${source.ref.name} were brought over` +
                (found.kept > 0 ? `; of ${found.kept} rows the write to the new collection is newer` : ""),
        );
    return found;
}

async function settlePlace(
    { ranges, folder }: Passes,
    place: number,
    pass: Omit<LatePass, "base" | "next" | "journal">,
): Promise<Settled> {
    // Before the cut-over, too: an alias may be moved by hand, or by a program that makes it anew.
    const journal = await folder.journal(place);
    const [base, next] = [await folder.read(place), await folder.write(place)];
    try {
        const settled = await settleRange({ ...pass, base, next, journal }, ranges[place]!);
        await next.close();
        // What it has not come to is still to be met.
        if (settled.ended) await journal.remove();
        return settled;
    } catch (error) {
        await next.abandon();
        throw error;
    } finally {
        await base.close();
    }
}

/**
 * Passes after the cut-over until one finds nothing, once the old collection has had its grace: a proxy may hold it a
 * moment longer. Errors: `MV320` where the old one is written to all the time.
 */
export async function settleUntilQuiet(passes: Passes, graceEnds: number): Promise<void> {
    for (let late = 0; ;) {
        await delay(Math.max(0, graceEnds - Date.now()));
        const { applied, kept, ended } = await settle(passes, "tails first");
        if (applied + kept === 0 && ended) return;
        if (++late < MOST_AFTER) continue;
        const { source, target } = passes;
        throw new RunError(
            "MV320",
            `${source.ref.name}: not dropped, ${applied + kept} rows were written to it during the last pass, long after ${target.ref.name} took over. ` +
                `All were brought over so far, and both are kept. Point the writers to ${target.ref.name} or its alias, then run \`pulumi up\` again`,
        );
    }
}
