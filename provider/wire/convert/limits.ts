import type { Target } from "../cell/carry";
import type { WireValue } from "../cell/cell";
import type { Column } from "../column/column";
import { decodeColumn } from "../cell/decode";
import { Misfit } from "../error";
import { naming } from "../cell/gather";
import { shortly } from "../cell/shortly";

/** A check of one value, never NULL. @throws Misfit */
export type Check = (value: WireValue) => void;

/**
 * Checks a mapped column against the limits of its field, so that a violation is found before the insert: a server names
 * no row, and some servers store another value without an error.
 * @throws WireError `does-not-fit` with the first row that exceeds a limit
 */
export function checkLimits(column: Column, target: Target, rows: number): Column {
    const check = limitCheck(target);
    if (!check) return column;
    const read = decodeColumn(column, rows);
    for (let row = 0; row < rows; row++)
        naming(
            target.name,
            row,
            (at) => shortly(read(at)),
            () => {
                const value = read(row);
                if (value !== null) check(value);
            },
        );
    return column;
}

/** The check of a field's limits; undefined if it has none. */
export function limitCheck(target: Target): Check | undefined {
    return target.dataType === "JSON" ? jsonCheck(target) : sizeCheck(target);
}

/**
 * Milvus counts the bytes of each VarChar, also inside an Array, and the elements of an Array ("Milvus Limits" in its
 * docs).
 */
function sizeCheck({ maxLength = Infinity, maxCapacity = Infinity }: Target): Check | undefined {
    if (maxLength === Infinity && maxCapacity === Infinity) return undefined;
    const check: Check = (value) => {
        if (typeof value === "string") {
            // Each UTF-16 unit takes at most three bytes in UTF-8.
            const bytes = value.length * 3 <= maxLength ? 0 : Buffer.byteLength(value);
            if (bytes > maxLength)
                throw new Misfit(`text of at most ${String(maxLength)} bytes, not ${String(bytes)}`);
        }
        if (!Array.isArray(value)) return;
        if (value.length > maxCapacity)
            throw new Misfit(`at most ${String(maxCapacity)} elements, not ${String(value.length)}`);
        value.forEach(check);
    };
    return check;
}

/** The first bytes of an object and of a list. */
const [OBJECT, LIST] = [0x7b, 0x5b];

const storedJson = {
    objects: { firsts: [OBJECT], wanted: "a JSON object (this server stores no other JSON)" },
    "objects and lists": {
        firsts: [OBJECT, LIST],
        wanted: "a JSON object or list (this server stores no other JSON)",
    },
} as const satisfies Record<NonNullable<Target["json"]>, { firsts: readonly number[]; wanted: string }>;

/**
 * milvus-lite 3 stores a JSON string without its quotes, so that `"{}"` becomes an object and `"a"` is no JSON any more;
 * Milvus 2.3 refuses everything but objects (both measured).
 */
function jsonCheck({ json }: Target): Check | undefined {
    if (json === undefined) return undefined;
    const { firsts, wanted } = storedJson[json];
    return (value) => {
        const first = (value as Uint8Array).find((byte) => byte > 0x20);
        if (!(firsts as readonly (number | undefined)[]).includes(first)) throw new Misfit(wanted);
    };
}

/** Counts the rows with a text of more than `limit` bytes, alone or in an array. */
export function countLonger(column: Column, rows: number, limit: number): number {
    const read = decodeColumn(column, rows);
    const longer = (value: WireValue): boolean =>
        typeof value === "string"
            ? value.length * 3 > limit && Buffer.byteLength(value) > limit
            : Array.isArray(value) && value.some(longer);
    let found = 0;
    for (let row = 0; row < rows; row++) if (longer(read(row))) found++;
    return found;
}
