import { type Column, nullCount, rowsOf } from "./column";
import { WireError } from "../error";
import { pick, slotCount } from "./slots";
import type { Values } from "./values";

/** Rows `from` up to `to` (exclusive) of the columns: an answer may hold more rows than fit in one insert. */
export function sliceColumns(columns: readonly Column[], from: number, to: number): Column[] {
    return columns.map((column) => sliceColumn(column, from, to));
}

function sliceColumn(column: Column, from: number, to: number): Column {
    const { payload, valid } = column;
    const cut = { ...column, valid: valid?.subarray(from, to), bytes: new Uint8Array() };
    switch (payload.kind) {
        case "values":
            return {
                ...cut,
                payload: { kind: "values", values: sliceValues(payload.values, valid, from, to) },
            };
        case "structs":
            return {
                ...cut,
                payload: {
                    kind: "structs",
                    raw: undefined,
                    columns: sliceColumns(payload.columns, from, to),
                },
            };
        case "none":
            return cut;
        case "unknown":
            if (from === 0 && to === rowsOf(column)) return column;
            throw new WireError({
                kind: "unsupported",
                column: column.name,
                detail: "its values cannot be split; read smaller pages",
            });
    }
}

function sliceValues(values: Values, valid: Uint8Array | undefined, from: number, to: number): Values {
    const compact = valid !== undefined && slotCount(values) !== valid.length;
    const stored = (row: number) => (compact ? row - nullCount(valid.subarray(0, row)) : row);
    return { ...pick(values, [[stored(from), stored(to)]]), flags: values.flags?.subarray(from, to) };
}
