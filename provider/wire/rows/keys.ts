import type { Column } from "../column/column";
import { WireError } from "../error";
import { slotCount, slotsOf } from "../column/slots";
import { decodeVarints } from "../encoding/varint64";

/** A primary key: Int64 as a bigint, so that it is exact; VarChar as a string. */
export type Key = bigint | string;

/** The primary keys of a page, without an object per row. */
export type Keys =
    /** `halves`: the same integers as alternating low and high words, which compare without an object per row. */
    | { kind: "Int64"; count: number; values: BigInt64Array; halves: Int32Array }
    /** UTF-8; key `i` is the range from `starts[i]` to `ends[i]`. */
    | { kind: "VarChar"; count: number; body: Uint8Array; starts: Int32Array; ends: Int32Array };

const LONGS = 3;
const STRINGS = 6;

/** Decodes a key column. @throws WireError `unsupported` for a column that is neither Int64 nor VarChar. */
export function keysOf(column: Column): Keys {
    const values = column.payload.kind === "values" ? column.payload.values : undefined;
    if (values?.wrapper === 3 && values.member === LONGS) {
        const count = slotCount(values);
        const halves = decodeVarints(values.body, count);
        return { kind: "Int64", count, values: new BigInt64Array(halves.buffer), halves };
    }
    if (values?.wrapper === 3 && values.member === STRINGS) {
        const { count, starts, ends } = slotsOf(values);
        return { kind: "VarChar", count, body: values.body, starts, ends };
    }
    throw new WireError({ kind: "unsupported", column: column.name, detail: "not a column of primary keys" });
}

/** Keys of one type, as a page has them. */
export function keysOfValues(values: readonly Key[]): Keys {
    const count = values.length;
    if (typeof values[0] === "bigint") {
        const longs = BigInt64Array.from(values as readonly bigint[]);
        return { kind: "Int64", count, values: longs, halves: new Int32Array(longs.buffer) };
    }
    const texts = values.map((value) => Buffer.from(String(value), "utf8"));
    const ends = Int32Array.from(
        texts,
        (
            (end) =>
            ({ length }: Buffer) =>
                (end += length)
        )(0),
    );
    const starts = Int32Array.from(texts, ({ length }, row) => ends[row]! - length);
    return { kind: "VarChar", count, body: Buffer.concat(texts), starts, ends };
}

/** The key of a row; the last one of a page is `keyAt(keys, keys.count - 1)`. */
export function keyAt(keys: Keys, row: number): Key {
    if (row < 0 || row >= keys.count) throw new RangeError(`there is no row ${String(row)}`);
    if (keys.kind === "Int64") return keys.values[row]!;
    return Buffer.from(keys.body.subarray(keys.starts[row], keys.ends[row])).toString("utf8");
}

/**
 * Milvus' order of keys: Int64 by value, VarChar by UTF-8 bytes, which is code point order (measured on milvus 2.3.5,
 * milvus-lite 2.5.1 and 3.2.2). JavaScript's `<` on strings differs beyond U+FFFF.
 */
export function compareKeys(a: Key, b: Key): number {
    if (typeof a === "bigint" && typeof b === "bigint") return a < b ? -1 : a > b ? 1 : 0;
    if (typeof a === "string" && typeof b === "string")
        return Buffer.compare(Buffer.from(a, "utf8"), Buffer.from(b, "utf8"));
    throw new TypeError("keys of different types cannot be compared");
}

/** `compareKeys` for Int64 keys in two words each. */
export function compareHalves(lowA: number, highA: number, lowB: number, highB: number): number {
    return Math.sign(highA - highB || (lowA >>> 0) - (lowB >>> 0));
}

/** `compareKeys` for a row of each page, without decoding the keys. Both pages have keys of one type. */
export function compareKeysAt(a: Keys, rowA: number, b: Keys, rowB: number): number {
    if (a.kind === "Int64" && b.kind === "Int64")
        return compareHalves(
            a.halves[rowA * 2]!,
            a.halves[rowA * 2 + 1]!,
            b.halves[rowB * 2]!,
            b.halves[rowB * 2 + 1]!,
        );
    if (a.kind === "VarChar" && b.kind === "VarChar")
        return Buffer.compare(
            a.body.subarray(a.starts[rowA], a.ends[rowA]),
            b.body.subarray(b.starts[rowB], b.ends[rowB]),
        );
    throw new TypeError("keys of different types cannot be compared");
}
