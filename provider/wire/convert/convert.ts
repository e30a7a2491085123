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

/** What a column's values are, and how they become those of another type. */
export interface Conversion {
    type: ValueType;
    /** Rounds to the nearest (ties to even) where the target holds less; without it such a value is refused. */
    lossy: boolean;
    /** The value that NULLs become, JSON's null among them. */
    backfill?: WireValue;
}

export type ConvertColumn = (column: Column, rows: number) => Column;

/**
 * Makes the conversion of a column's values to the target's type: exact, or refused with the row.
 * @throws WireError at once `unsupported` where nothing converts the types; while mapping `does-not-fit`,
 * `null-refused`, `malformed`.
 */
export function columnConverter(target: Target, { type, lossy, backfill }: Conversion): ConvertColumn {
    const convert = valueConverter(type, target, lossy);
    if (!convert) {
        const detail = `a ${type.dataType} does not become a ${target.dataType}`;
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

/** The varints of a wider integer are the same bytes, protobuf extends the sign of all to 64 bits. */
function retyped(column: Column, { dataType }: Target): Column {
    const { payload } = column;
    if (payload.kind !== "values") return column;
    const values = { ...payload.values, member: dataTypes[dataType]!.member, raw: undefined };
    return { ...column, payload: { kind: "values", values } };
}
