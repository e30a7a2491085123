import type { Key } from "../../wire";
import type { Neighbour } from "./nearest";

/** The exact neighbours of one query. */
export interface Exact {
    /** The nearest first. */
    neighbours: readonly Neighbour[];
    /** How far below the last neighbour a score counts as equally near. */
    tolerance: number;
}

/**
 * The share of the exact neighbours of one query that a search found. A hit is right if it is as near as the last exact
 * neighbour, so that any choice among rows at the same distance is right. Undefined where there are no neighbours.
 *
 * @param hits the keys that the search returned, in any order
 * @param scoreOf the exact score of a hit; undefined for a row that is not there
 */
export function recallOf(
    hits: readonly Key[],
    { neighbours, tolerance }: Exact,
    scoreOf: (key: Key) => number | undefined,
): number | undefined {
    const wanted = neighbours.length;
    if (wanted === 0) return undefined;
    const enough = neighbours[wanted - 1]!.score - tolerance;
    const right = [...new Set(hits)].filter((key) => (scoreOf(key) ?? -Infinity) >= enough);
    return Math.min(right.length, wanted) / wanted;
}

/** The share of `hits` of one side that the other side has, too. Undefined where one has none. */
export function overlapOf(hits: readonly Key[], others: readonly Key[]): number | undefined {
    const [mine, theirs] = [new Set(hits), new Set(others)];
    if (theirs.size === 0) return undefined;
    return [...theirs].filter((key) => mine.has(key)).length / theirs.size;
}

/** The mean and the lowest of the values that are there; undefined if none is. */
export function meanOf(
    values: readonly (number | undefined)[],
): { mean: number; lowest: number } | undefined {
    const there = values.filter((value) => value !== undefined);
    if (there.length === 0) return undefined;
    const sum = there.reduce((total, value) => total + value, 0);
    return { mean: sum / there.length, lowest: Math.min(...there) };
}
