import { countText } from "../../inputs/report/figures";
import { listPartitions } from "../../milvus/collection/partitions";
import { pause } from "../../milvus/transport/stopPoint";
import { RunError } from "../errors";
import { during, type Report } from "../report";
import { type MergePass, type MergeResult, mergeRange } from "./mergeRange";
import type { Range } from "../keys/keyRanges";
import { forEachConcurrent } from "../copy/scheduler";
import type { Key } from "../../wire";
import { carryOverPartitions } from "./newPartitions";
import { openPasses, type Passes } from "./passContext";
import { settleInserts } from "./settleInserts";
import { isTailRange, splitTailRanges } from "./tailRanges";

/** The maximum number of passes after the cutover and its grace that still find late writes. */
const MOST_AFTER = 5;
/**
 * The number of keys that are merged at once. While clients write to the new collection, fewer keys shorten the time
 * between reading a row and writing it; a strong read takes some 200 ms on Milvus and almost none on milvus-lite.
 * Before the cutover no client writes there, and a pass has to be faster than the writers of the old collection.
 */
const AT_ONCE = { exclusive: 8192, milvus: 1000, lite: 32 };

/** The order of a pass. A range read last before the switch, or first after it, has missed the fewest writes. */
export type Order = "tail ranges last" | "tail ranges first" | "tail ranges alone";

/**
 * Runs one pass over the current rows of the old collection. What it finds is merged when it returns, and does not
 * count for the next pass. `exclusive`: the cutover is still to come; `forgotten`: see `MergePass`. Errors: `MV337`,
 * `MV319`, `MV397`.
 */
export function mergePass(
    passes: Passes,
    order: Order,
    exclusive = false,
    forgotten?: MergePass["forgotten"],
): Promise<MergeResult> {
    const { report } = passes;
    return during(report, exclusive ? "catch-up" : "late-writes", async () => {
        const began = Date.now();
        const found = await passOver(passes, order, exclusive, forgotten);
        report.measure?.passed({ began, applied: found.applied, superseded: found.superseded });
        return found;
    });
}

async function passOver(
    passes: Passes,
    order: Order,
    exclusive: boolean,
    forgotten: MergePass["forgotten"],
): Promise<MergeResult> {
    await followManifest(passes);
    await carryOverPartitions(passes);
    const { ranges, source } = passes;
    const opened = await openPasses(passes);
    if (passes.folder.layout.rekeyed) await settleInserts(passes, exclusive);
    // A partition that clients dropped in the new collection stays dropped.
    const there = exclusive
        ? undefined
        : new Set(await listPartitions(passes.target.client, passes.target.ref));
    const isThere = ({ partition }: Range) => !partition || !there || there.has(partition);
    const found: MergeResult = { applied: 0, superseded: 0, ended: true };
    const last: (Key | undefined)[] = [];
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
            const { applied, superseded, ended, settledUpTo } = await mergePlace(passes, place, {
                ...opened.of(ranges[place]!),
                exclusive,
                expires: opened.expires,
                atOnce,
                forgotten,
            });
            found.applied += applied;
            found.superseded += superseded;
            found.ended &&= ended;
            last[place] = settledUpTo;
        });
    if (exclusive && order === "tail ranges alone") await shortenTailRanges(passes, last);
    if (found.applied + found.superseded > 0)
        passes.report.say(
            `${countText(found.applied)} late writes to ${source.ref.name} were carried over` +
                (found.superseded > 0
                    ? `; ${countText(found.superseded)} rows keep a newer write to the new collection`
                    : "") +
                ((passes.duplicates ?? 0) > 0
                    ? " (among them may be keys that were inserted more than once, of which queries returned another row)"
                    : ""),
        );
    return found;
}

/**
 * The next pass over the tail ranges reads only the rows beyond those of this one, so that few rows are new at the switch.
 * Clients may delete such a row in the new collection, which does not have it yet, and it would come back.
 */
async function shortenTailRanges(passes: Passes, last: readonly (Key | undefined)[]): Promise<void> {
    const { ranges, partitions, folder } = passes;
    const split = await splitTailRanges(ranges, last, folder);
    if (split.length === ranges.length) return;
    await folder.extend({ partitions, ranges: split });
    passes.ranges = split;
}

/** Another process of the same run may have added ranges for new partitions. */
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
): Promise<MergeResult & { settledUpTo: Key | undefined }> {
    // The journal is also needed before the cutover: an alias may be moved by hand, or by a program that replaces it.
    const journal = await folder.journal(place);
    const [baseline, next] = [await folder.read(place), await folder.write(place)];
    try {
        const result = await mergeRange({ ...pass, baseline, next, journal }, ranges[place]!);
        await next.close();
        // The next pass needs the journal for keys of interrupted passes that this one did not reach.
        const isSettled = result.ended || journal.left.size === 0;
        if (isSettled) await journal.remove();
        return { ...result, settledUpTo: isSettled ? next.last : undefined };
    } catch (error) {
        await next.abandon();
        throw error;
    } finally {
        await baseline.close();
    }
}

/** Waits until the old collection may go, and says so. */
export async function waitForGrace(report: Report, old: string, ends: number): Promise<void> {
    const left = ends - Date.now();
    if (left <= 0) return;
    const seconds = Math.ceil(left / 1000);
    report.say(`waiting ${seconds} s before ${old} goes, for clients that still use it (migration.grace)`);
    await pause(left);
}

/**
 * Runs passes after the cutover until one finds nothing. The first one starts after the grace of the old collection,
 * because a proxy may use the old one a moment longer. Errors: `MV320` if clients keep writing to the old collection.
 */
export async function mergeUntilQuiet(passes: Passes, graceEnds: number): Promise<void> {
    for (let late = 0; ;) {
        await waitForGrace(passes.report, passes.source.ref.name, graceEnds);
        const { applied, superseded, ended } = await mergePass(passes, "tail ranges first");
        if (applied + superseded === 0 && ended) return;
        if (++late < MOST_AFTER) continue;
        const { source, target } = passes;
        throw new RunError(
            "MV320",
            `${source.ref.name}: not dropped, ${countText(applied + superseded)} rows were written to it during the last pass, long after the switch to ${target.ref.name}. ` +
                `All of them were carried over, and both are kept. Point the writers to ${target.ref.name} or its alias, then run \`pulumi up\` again`,
        );
    }
}
