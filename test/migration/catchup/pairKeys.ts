import fc from "fast-check";

import type { Range } from "../../../provider/migration/keys/keyRanges";
import { compareKeys, type Key } from "../../../provider/wire";

export type KeyType = "Int64" | "VarChar";

/** Large enough that a pass does not take the rows at the end for those of a writer that stays ahead. */
export const cuts = fc.array(fc.integer({ min: 6, max: 12 }), { minLength: 1, maxLength: 6 });

/** Few enough keys that both sides often have the same. */
export const keysOf: Record<KeyType, fc.Arbitrary<Key>> = {
    Int64: fc.oneof(
        fc.bigInt({ min: -15n, max: 15n }),
        fc.constantFrom(-(2n ** 63n), -(2n ** 63n) + 1n, 2n ** 63n - 1n, 2n ** 53n + 1n),
    ),
    VarChar: fc.oneof(
        fc.stringMatching(/^k[0-2]{1,3}$/),
        fc.constantFrom("", " ", '"', "\\", "a\nb", "\r", "\t", "ü", "\uff5e", "🌍", "k\u0000", '\\"'),
    ),
};

/** All keys, or those after one and up to another. */
export function rangeOf(begin: Key | undefined, upTo: Key | undefined): Range {
    return { partition: undefined, begin, after: begin, upTo, copied: begin, left: 0, done: true };
}

export function within({ begin, upTo }: Range, key: Key): boolean {
    return (
        (begin === undefined || compareKeys(key, begin) > 0) &&
        (upTo === undefined || compareKeys(key, upTo) <= 0)
    );
}

/** A range with ordered bounds, or open ones. */
export const boundsOf = (key: fc.Arbitrary<Key>) =>
    fc
        .tuple(fc.option(key, { nil: undefined }), fc.option(key, { nil: undefined }))
        .map(([a, b]) =>
            a !== undefined && b !== undefined && compareKeys(a, b) > 0 ? rangeOf(b, a) : rangeOf(a, b),
        );

export const sorted = (keys: Iterable<Key>): Key[] => [...keys].sort(compareKeys);
