import type { Target } from "../cell/carry";
import type { WireValue } from "../cell/cell";
import type { Column } from "../column/column";
import { decodeColumn } from "../cell/decode";
import { Misfit } from "../error";
import { naming } from "../cell/gather";
import { shortly } from "../cell/shortly";

/**
 * Checks a mapped column against the limits of its field, so that a violation is found before the insert. Milvus counts
 * the bytes of each VarChar, also inside an Array, and the elements of an Array ("Milvus Limits" in its docs).
 * @throws WireError `does-not-fit` with the first row that exceeds a limit
 */
export function checkLimits(column: Column, target: Target, rows: number): Column {
    const { maxLength = Infinity, maxCapacity = Infinity } = target;
    if (maxLength === Infinity && maxCapacity === Infinity) return column;
    const read = decodeColumn(column, rows);
    const check = (value: WireValue): void => {
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
    for (let row = 0; row < rows; row++)
        naming(
            target.name,
            row,
            (at) => shortly(read(at)),
            () => {
                check(read(row));
            },
        );
    return column;
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
