import { type Cells, cellsOf } from "../cell/cells";
import { type Column, rowsOf } from "../column/column";
import { jsonMeaning } from "../json/meaning";
import type { Values } from "../column/values";

/**
 * Compares two columns, as servers return them or mapped, and returns up to `limit` rows that differ, in ascending
 * order. Identical packing is compared directly; JSON is compared by its meaning.
 */
export function compareColumns(a: Column, b: Column, rows: number, limit = 10): number[] {
    if (identical(a, b)) return [];
    const others = new Map(cellsOf(b, rows, "").map((cells) => [cells.name, cells]));
    const differing = new Set<number>();
    for (const cells of cellsOf(a, rows, "")) {
        compareCells(cells, others.get(cells.name), rows, limit, differing);
        others.delete(cells.name);
    }
    for (const cells of others.values()) compareCells(cells, undefined, rows, limit, differing);
    return [...differing].sort((x, y) => x - y).slice(0, limit);
}

/** Missing cells are NULL in each row. */
function compareCells(a: Cells, b: Cells | undefined, rows: number, limit: number, out: Set<number>): void {
    let found = 0;
    for (let row = 0; row < rows && found < limit; row++) {
        const left = a.starts[row]!;
        const right = b?.starts[row] ?? -1;
        const same = left < 0 || right < 0 ? left === right : sameCell(a, b!, row);
        if (same) continue;
        out.add(row);
        found++;
    }
}

function sameCell(a: Cells, b: Cells, row: number): boolean {
    const left = a.body.subarray(a.starts[row], a.ends[row]);
    const right = b.body.subarray(b.starts[row], b.ends[row]);
    if (Buffer.compare(left, right) === 0) return true;
    return a.json && b.json && Buffer.compare(jsonMeaning(left), jsonMeaning(right)) === 0;
}

/** True if the bytes prove that all rows are identical; false proves nothing. */
function identical(a: Column, b: Column): boolean {
    if (a.payload.kind === "unknown" && b.payload.kind === "unknown")
        return rowsOf(a) === rowsOf(b) && equal(a.payload.raw, b.payload.raw);
    if (a.payload.kind !== "values" || b.payload.kind !== "values") return false;
    return (
        sameForm(a.payload.values, b.payload.values) &&
        equal(a.valid, b.valid) &&
        equal(a.payload.values.body, b.payload.values.body)
    );
}

function sameForm(a: Values, b: Values): boolean {
    return a.wrapper === b.wrapper && a.member === b.member && a.dim === b.dim;
}

function equal(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
    return a === b || (a !== undefined && b !== undefined && Buffer.compare(a, b) === 0);
}
