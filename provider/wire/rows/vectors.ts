import type { Column } from "../column/column";
import { WireError } from "../error";
import { slotOfRow } from "../column/placing";
import { type Slots, slotsOf } from "../column/slots";
import { components } from "../encoding/component";
import { viewOf } from "../encoding/view";

/** The vectors of a page as bytes, without an object per row. */
export interface VectorRows {
    body: Uint8Array;
    slots: Slots;
    /** The slot of each row, -1 for NULL. */
    slotOfRow: Int32Array;
}

/** @throws WireError `unsupported` for a column without values of a known kind */
export function vectorRows(column: Column, rows: number): VectorRows {
    const { payload, name } = column;
    // A server may leave out the values of a column that holds only NULLs.
    if (payload.kind === "none" && column.valid?.every((flag) => flag === 0))
        return { body: new Uint8Array(), slots: noSlots, slotOfRow: new Int32Array(rows).fill(-1) };
    if (payload.kind !== "values")
        throw new WireError({ kind: "unsupported", column: name, detail: "not a column of vectors" });
    const slots = slotsOf(payload.values);
    return { body: payload.values.body, slots, slotOfRow: slotOfRow(column, slots.count, rows) };
}

const none = new Int32Array();
const noSlots: Slots = { count: 0, heads: none, starts: none, ends: none, extra: [] };

/** The numbers of dense vectors, one after the other: a Float32Array holds each type of them exactly. */
export function floatsOf(body: Uint8Array, dataType: string): Float32Array {
    // A copy is aligned as a Float32Array requires; the slice of a Buffer is none.
    if (dataType === "FloatVector") return new Float32Array(new Uint8Array(body).buffer);
    if (dataType === "Int8Vector")
        return Float32Array.from(new Int8Array(body.buffer, body.byteOffset, body.length));
    const { width, read } = components[dataType]!;
    const view = viewOf(body);
    const floats = new Float32Array(body.length / width);
    for (let at = 0; at < floats.length; at++) floats[at] = read(view, at * width);
    return floats;
}
