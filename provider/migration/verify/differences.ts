import { type Key, keyAt } from "../../wire";
import type { Block } from "../read/blockReader";
import { joinRange, type ComparePair } from "./mergeJoin";
import { keyText } from "../keys/keyText";
import type { Range } from "../keys/keyRanges";

/** How many rows differ, and the keys of the first ones. */
interface Found {
    count: number;
    first: string[];
}

export interface Differences {
    /** In the source alone. */
    missing: Found;
    /** In the target alone. */
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

/** Counts in `found` what differs between both sides of a range. */
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

/** `2 missing (17, 23); 1 different ("a")`; undefined where nothing differs. */
export function differencesText(differences: Differences): string | undefined {
    const parts = Object.entries(differences).flatMap(([kind, { count, first }]: [string, Found]) =>
        count === 0 ? [] : [`${count} ${kind} (${first.join(", ")}${count > first.length ? ", ..." : ""})`],
    );
    return parts.length === 0 ? undefined : parts.join("; ");
}

/** Counts a row, and keeps its key where it is one of the first. */
export function record(found: Found, key: Key): void {
    found.count++;
    if (found.first.length < 5) found.first.push(keyText(key));
}

function keyOf({ keys }: Block, row: number): Key {
    return keyAt(keys, row);
}
