import { countText } from "../../inputs/report/figures";
import { type Key, keyAt } from "../../wire";
import type { Block } from "../read/blockReader";
import { joinRange, type ComparePair } from "./mergeJoin";
import { keyText } from "../keys/keyText";
import type { Range } from "../keys/keyRanges";

/** The number of rows that differ, and the keys of the first ones. */
interface Found {
    count: number;
    first: string[];
}

export interface Differences {
    /** Rows that are only in the source. */
    missing: Found;
    /** Rows that are only in the target. */
    extra: Found;
    different: Found;
}

export function noDifferences(): Differences {
    return {
        missing: { count: 0, first: [] },
        extra: { count: 0, first: [] },
        different: { count: 0, first: [] },
    };
}

/** Adds the differences between both sides of a range to `found`. */
export function compareRange(
    comparePair: ComparePair,
    range: Pick<Range, "begin" | "upTo">,
    found: Differences,
    progress: (rows: number) => void,
): Promise<void> {
    return joinRange(comparePair, range, {
        missing: (source, row) => record(found.missing, keyOf(source, row)),
        extra: (target, row) => record(found.extra, keyOf(target, row)),
        different: (source, row) => record(found.different, keyOf(source, row)),
        passed: (_source, from, to) => progress(to - from),
        pause: () => Promise.resolve(),
    });
}

/** `2 missing (17, 23); 1 different ("a")`; undefined if nothing differs. */
export function differencesText(differences: Differences): string | undefined {
    const parts = Object.entries(differences).flatMap(([kind, { count, first }]: [string, Found]) =>
        count === 0
            ? []
            : [`${countText(count)} ${kind} (${first.join(", ")}${count > first.length ? ", ..." : ""})`],
    );
    return parts.length === 0 ? undefined : parts.join("; ");
}

/** Counts a row, and keeps its key if it is one of the first five. */
export function record(found: Found, key: Key): void {
    found.count++;
    if (found.first.length < 5) found.first.push(keyText(key));
}

function keyOf({ keys }: Block, row: number): Key {
    return keyAt(keys, row);
}
