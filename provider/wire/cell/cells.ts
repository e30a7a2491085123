import type { Column } from "../column/column";
import { WireError } from "../error";
import { dataTypes, fieldData, scalarMembers } from "../column/members";
import { withOneNaN } from "../encoding/nan";
import { slotOfRow } from "../column/placing";
import { DELIMITED } from "../encoding/scan";
import { slotsOf } from "../column/slots";
import { type Values, parseValues } from "../column/values";
import { decodeVarints } from "../encoding/varint64";

/** The value of each row in canonical bytes: identical for equal values, however the server packed them. */
export interface Cells {
    /** The column's name; `struct[field]` for a field of a struct array. */
    name: string;
    /** True for JSON: cells that differ may still be equal, see `jsonMeaning`. */
    json: boolean;
    body: Uint8Array;
    /** Where a row's value begins in `body`; -1 for NULL. */
    starts: Int32Array;
    ends: Int32Array;
}

/**
 * Returns the cells of a column: integers as eight bytes, every NaN of a Float or Double as the same one, all other
 * values as encoded, so that -0 differs from 0. A struct array has one set of cells for each of its fields. A column
 * that holds only NULLs may have none.
 * @throws WireError `malformed` if the column does not have `rows` rows, `unsupported` for values of an unknown kind.
 */
export function cellsOf(column: Column, rows: number, name = column.name): Cells[] {
    const { payload } = column;
    switch (payload.kind) {
        case "values":
            return [{ name, json: isJson(payload.values), ...place(payload.values, column, rows) }];
        case "structs":
            return payload.columns.flatMap((child) =>
                cellsOf(child, rows, `${name}[${shortName(child.name)}]`),
            );
        case "none":
            return [];
        case "unknown":
            throw new WireError({
                kind: "unsupported",
                column: name,
                detail: "its values cannot be compared row by row",
            });
    }
}

function isJson({ wrapper, member }: Values): boolean {
    return wrapper === fieldData.scalars && member === dataTypes["JSON"]!.member;
}

/** A server may name a field of a struct `field` or `struct[field]`. */
function shortName(name: string): string {
    return /\[(.+)\]$/.exec(name)?.[1] ?? name;
}

function place(values: Values, column: Column, rows: number): Omit<Cells, "name" | "json"> {
    const { body, starts, ends } = canonical(values);
    const slots = slotOfRow(column, starts.length, rows);
    if (!column.valid) return { body, starts, ends };
    const from = new Int32Array(rows).fill(-1);
    const to = new Int32Array(rows).fill(-1);
    for (let row = 0; row < rows; row++) {
        if (slots[row]! < 0) continue;
        from[row] = starts[slots[row]!]!;
        to[row] = ends[slots[row]!]!;
    }
    return { body, starts: from, ends: to };
}

function canonical(values: Values): Omit<Cells, "name" | "json"> {
    const slots = slotsOf(values);
    if (values.form.kind === "items" && values.form.of === "scalars") return canonicalArrays(values);
    const { starts: from, ends: to } = slots;
    if (values.form.kind === "fixed")
        return { body: withOneNaN(values.body, values.form.width), starts: from, ends: to };
    if (values.form.kind !== "varint") return { body: values.body, starts: from, ends: to };
    const halves = decodeVarints(values.body, slots.count);
    const starts = new Int32Array(slots.count);
    const ends = new Int32Array(slots.count);
    for (let slot = 0; slot < slots.count; slot++) {
        starts[slot] = slot * 8;
        ends[slot] = slot * 8 + 8;
    }
    return { body: new Uint8Array(halves.buffer), starts, ends };
}

/** An empty array arrives without a member, or as a member without values: the cell of a row holds only its values. */
function canonicalArrays(values: Values): Omit<Cells, "name" | "json"> {
    const slots = slotsOf(values);
    const starts = new Int32Array(slots.count);
    const ends = new Int32Array(slots.count);
    const pieces: Uint8Array[] = [];
    let at = 0;
    for (let slot = 0; slot < slots.count; slot++) {
        starts[slot] = at;
        for (const piece of arrayCell(values.body.subarray(slots.starts[slot], slots.ends[slot]))) {
            pieces.push(piece);
            at += piece.length;
        }
        ends[slot] = at;
    }
    return { body: Buffer.concat(pieces, at), starts, ends };
}

function arrayCell(row: Uint8Array): Uint8Array[] {
    const simple = packedArray(row);
    if (simple) return [simple];
    const elements = parseValues(3, row);
    if (!elements) return [];
    // Single elements may be NULL (Milvus after 3.0): the flags are part of the value.
    return elements.flags ? [elements.body, elements.flags] : [elements.body];
}

/** The fast path for nearly every row: one member with one packed list. */
function packedArray(row: Uint8Array): Uint8Array | undefined {
    if (row.length < 4 || row[0]! >= 0x80 || (row[0]! & 7) !== DELIMITED) return undefined;
    if (scalarMembers[row[0]! >> 3]?.kind === "items") return undefined;
    if (row[1]! !== row.length - 2 || row[2]! !== 0x0a || row[3]! !== row.length - 4) return undefined;
    return row.subarray(4);
}
