import { fillEmptyArrays } from "../column/arrays";
import type { ValueType, WireValue } from "./cell";
import type { Column, Payload } from "../column/column";
import { nullCount } from "../column/column";
import { constantValues, noValues } from "./constant";
import { slotBytes } from "../column/encode";
import { WireError, malformed } from "../error";
import { dataTypes } from "../column/members";
import { join } from "../encoding/scan";
import { pick, slotsOf } from "../column/slots";
import type { Values } from "../column/values";

/** A field of the target, as far as the encoding of its column needs it. */
export interface Target extends ValueType {
    name: string;
    nullable: boolean;
    hasDefault: boolean;
    /** The dynamic field; its name is `$meta`. */
    isDynamic?: boolean;
    /** Maximum bytes of a VarChar, or of each one in an Array; set if rows of the source can exceed it. */
    maxLength?: number;
    /** Maximum elements of an Array; set if rows of the source can exceed it. */
    maxCapacity?: number;
    /** The JSON that the server stores; set if a value can be another kind of JSON. */
    json?: "objects" | "objects and lists";
}

/**
 * Converts a column of an answer to the form of an insert (Milvus docs, "Nullable & Default"; the server's insert
 * validation, 2.5 and later): only the valid values, and `valid_data` if and only if the field is nullable or has a
 * default. An answer already in that form is passed on as bytes.
 * @param backfill the value that replaces NULLs; without it they stay NULL.
 * @throws WireError `null-refused` for a NULL if the target does not accept NULL.
 */
export function carryColumn(column: Column, target: Target, rows: number, backfill?: WireValue): Column {
    const nulls = nullCount(column.valid);
    const keepsNulls = nulls > 0 && backfill === undefined;
    if (keepsNulls && !target.nullable) {
        const row = column.valid!.indexOf(0);
        throw new WireError({ kind: "null-refused", column: target.name, row, count: nulls });
    }
    const takesFlags = target.nullable || target.hasDefault;
    const allValid = () => new Uint8Array(rows).fill(1);
    const valid = takesFlags ? (keepsNulls ? column.valid : allValid()) : undefined;
    const payload = carryPayload(column, target, rows, nulls, backfill);
    return {
        ...column,
        name: target.name,
        type: dataTypes[target.dataType]?.code ?? column.type,
        payload:
            payload.kind === "values"
                ? { kind: "values", values: withFlags(payload.values, valid) }
                : payload,
        valid,
        bytes: new Uint8Array(),
    };
}

function carryPayload(
    column: Column,
    target: Target,
    rows: number,
    nulls: number,
    backfill?: WireValue,
): Payload {
    const { payload } = column;
    switch (payload.kind) {
        case "values": {
            const values =
                nulls === 0 ? payload.values : withoutNulls(payload.values, column, target, backfill);
            return { kind: "values", values: fillEmptyArrays(values, target.elementType) };
        }
        case "none":
            if (nulls < rows) throw malformed(`${column.name} has no values`);
            if (backfill === undefined) return { kind: "values", values: noValues(target.name, target) };
            return { kind: "values", values: constantValues(target.name, target, backfill, rows) };
        case "structs":
            if (nulls === 0 && payload.columns.every((child) => nullCount(child.valid) === 0)) return payload;
            return {
                kind: "structs",
                raw: undefined,
                columns: payload.columns.map((child) => carryChild(child, rows)),
            };
        case "unknown":
            if (nulls === 0) return payload;
            throw new WireError({
                kind: "unsupported",
                column: column.name,
                detail: "its NULLs cannot be carried",
            });
    }
}

/** A field of a struct is NULL with its struct; only the answer holds its type. */
function carryChild(child: Column, rows: number): Column {
    const target = { name: child.name, dataType: "", nullable: child.valid !== undefined, hasDefault: false };
    return carryColumn(child, target, rows);
}

/** Removes NULLs, or replaces them with `backfill`. An answer has a slot for each NULL, or for none. */
function withoutNulls(values: Values, column: Column, target: Target, backfill?: WireValue): Values {
    const valid = column.valid!;
    const rows = valid.length;
    const { count, extra } = slotsOf(values);
    const dense = count === rows;
    if (!dense && count !== rows - nullCount(valid))
        throw malformed(`${column.name} has ${String(count)} values for ${String(rows)} rows`);
    if (backfill === undefined) return dense ? pick(values, validRuns(valid)) : values;
    const one = constantValues(target.name, target, backfill, 1);
    if (one.member !== values.member || one.dim !== values.dim)
        throw new WireError({
            kind: "unsupported",
            column: column.name,
            detail: "its NULLs cannot be filled",
        });
    const filler = slotBytes(one, 0);
    const pieces: Uint8Array[] = [];
    let next = 0;
    for (let row = 0; row < rows; row++) {
        pieces.push(valid[row] === 0 ? filler : slotBytes(values, dense ? row : next++));
    }
    return { ...values, raw: undefined, body: join([...pieces, ...extra]) };
}

function validRuns(valid: Uint8Array): [from: number, to: number][] {
    const runs: [number, number][] = [];
    for (let from = valid.indexOf(1); from >= 0;) {
        const end = valid.indexOf(0, from);
        const to = end < 0 ? valid.length : end;
        runs.push([from, to]);
        from = valid.indexOf(1, to);
    }
    return runs;
}

/** A server that reads both copies of `valid_data` rejects them if they differ: the inner copy follows the outer one. */
function withFlags(values: Values, valid: Uint8Array | undefined): Values {
    if (!values.flags) return values;
    const same = valid !== undefined && Buffer.compare(values.flags, valid) === 0;
    return same ? values : { ...values, raw: undefined, flags: valid };
}
