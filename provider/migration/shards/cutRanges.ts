import type { Range, Split } from "../keys/keyRanges";

/** How far the size of a part may be from what it should be, as a part of one shard's rows. */
const TOLERANCE = 0.1;

/**
 * Cuts ranges into `count` lists with about the same number of rows each, in the order of the ranges. Only what lies across
 * a cut is split. A range that cannot be split stays whole in one list, and lists may be empty.
 */
export async function cutRanges(ranges: readonly Range[], count: number, split: Split): Promise<Range[][]> {
    if (count === 1) return [[...ranges]];
    const total = ranges.reduce((sum, { left }) => sum + left, 0);
    const [lower, upper] = [Math.floor(count / 2), Math.ceil(count / 2)];
    const wanted = (total * lower) / count;
    const slack = (total / count) * TOLERANCE;
    const below: Range[] = [];
    const above: Range[] = [];
    let passed = 0;
    for (const range of ranges) {
        const from = passed;
        passed += range.left;
        if (passed <= wanted + slack) below.push(range);
        else if (from >= wanted - slack) above.push(range);
        else {
            const parts = await splitAt(range, wanted - from, slack, split);
            // What cannot be split goes where most of it belongs.
            if (parts) {
                below.push(parts[0]);
                above.push(parts[1]);
            } else (wanted - from > range.left / 2 ? below : above).push(range);
        }
    }
    return [...(await cutRanges(below, lower, split)), ...(await cutRanges(above, upper, split))];
}

/** Splits a range behind about `rows` of its rows. */
async function splitAt(
    range: Range,
    rows: number,
    slack: number,
    split: Split,
): Promise<[Range, Range] | undefined> {
    const beyond = (count: number) => (range.left - count) / range.left;
    const found = await split(range, { least: beyond(rows + slack), most: beyond(rows - slack) });
    if (!found) return undefined;
    const { at, rows: left } = found;
    return [
        { ...range, upTo: at, left: Math.max(0, range.left - left) },
        { ...range, begin: at, after: at, copied: at, left },
    ];
}
