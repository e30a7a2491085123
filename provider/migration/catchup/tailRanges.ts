import type { Key } from "../../wire";
import type { Range } from "../keys/keyRanges";
import type { BaselineFolder } from "./baselineFolder";

/**
 * Gives the keys beyond the last known key of each partition a range of their own. New rows with growing keys, as
 * `autoId` generates them, fall into it, and reading it is fast. `last` has the last key of each range.
 */
export async function splitTailRanges(
    ranges: readonly Range[],
    last: readonly (Key | undefined)[],
    folder: BaselineFolder,
): Promise<Range[]> {
    const split = [...ranges];
    for (const [place, range] of ranges.entries()) {
        const end = last[place];
        if (!isTailRange(range) || end === undefined) continue;
        split[place] = { ...range, upTo: end };
        await folder.writeEmpty(split.length);
        split.push({ ...range, begin: end, after: end, copied: end, left: 0 });
    }
    return split;
}

/** True for the last range of a partition, which has no upper bound. */
export function isTailRange({ upTo }: Range): boolean {
    return upTo === undefined;
}
