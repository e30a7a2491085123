import type { WireValue } from "./cell";
import { type Column, nullCount } from "../column/column";
import { WireError, malformed } from "../error";
import { fieldData } from "../column/members";
import { slotOfRow } from "../column/placing";
import { slotsOf } from "../column/slots";
import { type Values, parseValues } from "../column/values";
import { decodeVarints } from "../encoding/varint64";
import { viewOf } from "../encoding/view";

/** The value of a row; null for NULL. */
export type ReadRow = (row: number) => WireValue;

type ReadSlot = (slot: number) => WireValue;
type Reader = (values: Values) => ReadSlot;

/**
 * Decodes the values of a column for a conversion: Int64 as bigint, JSON and vectors as bytes, arrays as lists.
 * @throws WireError `unsupported` for values without a conversion, `malformed`
 */
export function decodeColumn(column: Column, rows: number): ReadRow {
    const { payload, name } = column;
    if (payload.kind === "none") {
        if (nullCount(column.valid) < rows) throw malformed(`${name} has no values`);
        return () => null;
    }
    const read = payload.kind === "values" ? readerOf(payload.values) : undefined;
    if (payload.kind !== "values" || !read)
        throw new WireError({
            kind: "unsupported",
            column: name,
            detail: "its values have no conversion",
        });
    const slots = slotOfRow(column, slotsOf(payload.values).count, rows);
    return (row) => (slots[row]! < 0 ? null : read(slots[row]!));
}

/** The JSON of each row; undefined for NULL. @throws WireError `unsupported` for a column of another type */
export function jsonRows(column: Column, rows: number): (row: number) => Uint8Array | undefined {
    const read = decodeColumn(column, rows);
    return (row) => {
        const json = read(row);
        if (json === null || json instanceof Uint8Array) return json ?? undefined;
        throw new WireError({
            kind: "unsupported",
            column: column.name,
            detail: "it is not a JSON column",
        });
    };
}

function readerOf(values: Values): ReadSlot | undefined {
    const readers = values.wrapper === fieldData.scalars ? scalars : vectors;
    return readers[values.member]?.(values);
}

const bytes: Reader = (values) => {
    const { starts, ends } = slotsOf(values);
    return (slot) => values.body.subarray(starts[slot], ends[slot]);
};

const text: Reader = (values) => {
    const { starts, ends } = slotsOf(values);
    const body = Buffer.from(values.body.buffer, values.body.byteOffset, values.body.byteLength);
    return (slot) => body.toString("utf8", starts[slot], ends[slot]);
};

const halves = (values: Values) => decodeVarints(values.body, slotsOf(values).count);

/** Readers by the member of `schema.ScalarField`. */
const scalars: Partial<Record<number, Reader>> = {
    1: (values) => {
        const ints = halves(values);
        return (slot) => ints[slot * 2] !== 0;
    },
    2: (values) => {
        const ints = halves(values);
        return (slot) => ints[slot * 2]!;
    },
    3: (values) => {
        const longs = new BigInt64Array(halves(values).buffer);
        return (slot) => longs[slot]!;
    },
    4: (values) => {
        const floats = viewOf(values.body);
        return (slot) => floats.getFloat32(slot * 4, true);
    },
    5: (values) => {
        const doubles = viewOf(values.body);
        return (slot) => doubles.getFloat64(slot * 8, true);
    },
    6: text,
    8: (values) => {
        const { starts, ends } = slotsOf(values);
        return (slot) => elements(values.body.subarray(starts[slot], ends[slot]));
    },
    9: bytes,
    12: text,
};

/** Readers by the member of `schema.VectorField`: dense vectors with numeric components. */
const vectors: Partial<Record<number, Reader>> = { 2: bytes, 4: bytes, 5: bytes, 7: bytes };

/** An empty array may arrive without its member. */
function elements(row: Uint8Array): WireValue[] {
    const values = parseValues(fieldData.scalars, row);
    if (!values) return [];
    const read = readerOf(values);
    if (!read || values.flags) throw malformed("an array has elements without a conversion");
    return Array.from({ length: slotsOf(values).count }, (_, slot) => read(slot));
}
