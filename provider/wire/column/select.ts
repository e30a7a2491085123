import type { Column } from "./column";
import { WireError } from "../error";
import { pick, slotCount } from "./slots";
import type { Values } from "./values";

/** Builds new columns from some rows of the given columns, in the given order. */
export function selectRows(columns: readonly Column[], rows: readonly number[]): Column[] {
    return columns.map((column) => selectColumn(column, rows));
}

function selectColumn(column: Column, rows: readonly number[]): Column {
    const { payload, valid } = column;
    const chosen = { ...column, valid: valid && flagsOf(valid, rows), bytes: new Uint8Array() };
    switch (payload.kind) {
        case "values":
            return {
                ...chosen,
                payload: { kind: "values", values: selectValues(payload.values, valid, rows) },
            };
        case "structs":
            return {
                ...chosen,
                payload: { kind: "structs", raw: undefined, columns: selectRows(payload.columns, rows) },
            };
        case "none":
            return chosen;
        case "unknown":
            throw new WireError({
                kind: "unsupported",
                column: column.name,
                detail: "its values cannot be read row by row",
            });
    }
}

function selectValues(values: Values, valid: Uint8Array | undefined, rows: readonly number[]): Values {
    const slots = slotCount(values);
    const flags = values.flags && flagsOf(values.flags, rows);
    if (valid === undefined || slots === valid.length)
        return {
            ...pick(
                values,
                runsOf(rows, (row) => row),
            ),
            flags,
        };
    // A compact column has no slot for a NULL: the slot of a row is the number of values before it.
    const before = new Int32Array(valid.length);
    for (let row = 1; row < valid.length; row++) before[row] = before[row - 1]! + valid[row - 1]!;
    const held = rows.filter((row) => valid[row] === 1);
    return {
        ...pick(
            values,
            runsOf(held, (row) => before[row]!),
        ),
        flags,
    };
}

/** Groups adjacent rows into runs. */
function runsOf(rows: readonly number[], slotOf: (row: number) => number): [number, number][] {
    const runs: [number, number][] = [];
    for (const row of rows) {
        const slot = slotOf(row);
        const last = runs.at(-1);
        if (last?.[1] === slot) last[1] = slot + 1;
        else runs.push([slot, slot + 1]);
    }
    return runs;
}

function flagsOf(flags: Uint8Array, rows: readonly number[]): Uint8Array {
    return Uint8Array.from(rows, (row) => flags[row]!);
}
