import { type Target, carryColumn } from "../cell/carry";
import type { ValueType, WireValue } from "../cell/cell";
import type { Column } from "../column/column";
import { valueConverter } from "./convertValue";
import { decodeColumn } from "../cell/decode";
import { isDense } from "./dense";
import { WireError } from "../error";
import { gatherColumn } from "../cell/gather";
import { dataTypes } from "../column/members";
import { shortly } from "../cell/shortly";

/** The type of a column's values, and how they are converted. */
export interface Conversion {
    type: ValueType;
    /** Rounds to the nearest value (ties to even) if the target is less precise; otherwise such a value is rejected. */
    lossy: boolean;
    /** The value that replaces NULLs, including JSON's null. */
    backfill?: WireValue;
}

export type ConvertColumn = (column: Column, rows: number) => Column;

/**
 * Builds the conversion of a column's values to the target's type: exact, or rejected with the row.
 * @throws WireError immediately `unsupported` if the types have no conversion; while mapping `does-not-fit`,
 * `null-refused`, `malformed`.
 */
export function columnConverter(target: Target, { type, lossy, backfill }: Conversion): ConvertColumn {
    const convert = valueConverter(type, target, lossy);
    if (!convert) {
        const detail = `there is no conversion from ${type.dataType} to ${target.dataType}`;
        throw new WireError({ kind: "unsupported", column: target.name, detail });
    }
    if (widens(type.dataType, target.dataType))
        return (column, rows) => carryColumn(retyped(column, target), target, rows, backfill);
    return (column, rows) => {
        const read = decodeColumn(column, rows);
        return gatherColumn(target, rows, {
            valueOf: (row) => {
                const value = read(row);
                return value === null ? null : convert(value);
            },
            show: (row) => (isDense(type.dataType) ? "a vector" : shortly(read(row))),
            ...(backfill !== undefined && { backfill }),
        });
    };
}

const integers = ["Int8", "Int16", "Int32", "Int64"];

function widens(from: string, to: string): boolean {
    return integers.includes(from) && integers.indexOf(from) <= integers.indexOf(to);
}

/** The varints of a wider integer are the same bytes, because protobuf sign-extends all of them to 64 bits. */
function retyped(column: Column, { dataType }: Target): Column {
    const { payload } = column;
    if (payload.kind !== "values") return column;
    const values = { ...payload.values, member: dataTypes[dataType]!.member, raw: undefined };
    return { ...column, payload: { kind: "values", values } };
}
