import type { Column, Payload } from "./column";
import { type Pieces, delimitedField, stringField, varintField } from "../encoding/emit";
import { fieldData, innerValid } from "./members";
import { slotsOf } from "./slots";
import type { Values } from "./values";

/** Encodes a column as `schema.FieldData`, without a field id: the server looks up the field by its name. */
export function encodeColumn(column: Column): Pieces {
    return [
        ...varintField(fieldData.type, column.type),
        ...stringField(fieldData.name, column.name),
        ...encodePayload(column.payload),
        ...varintField(fieldData.isDynamic, column.isDynamic ? 1 : 0),
        ...(column.valid ? delimitedField(fieldData.valid, [column.valid]) : []),
        ...column.unknown,
    ];
}

function encodePayload(payload: Payload): Pieces {
    switch (payload.kind) {
        case "values":
            return delimitedField(payload.values.wrapper, encodeValues(payload.values));
        case "structs":
            if (payload.raw) return delimitedField(fieldData.structs, [payload.raw]);
            return delimitedField(
                fieldData.structs,
                payload.columns.flatMap((child) => delimitedField(1, encodeColumn(child))),
            );
        case "unknown":
            return delimitedField(payload.wrapper, [payload.raw]);
        case "none":
            return [];
    }
}

/** The contents of a `ScalarField` or `VectorField`; the received bytes if nothing was rearranged. */
function encodeValues(values: Values): Pieces {
    if (values.raw) return [values.raw];
    return [
        ...(values.wrapper === fieldData.vectors ? varintField(1, values.dim) : []),
        ...encodeMember(values),
        ...(values.flags ? delimitedField(innerValid[values.wrapper], [values.flags]) : []),
        ...values.unknown,
    ];
}

/** The member of the oneof with its values: the encoding of a single array. */
function encodeMember({ member, form, body }: Values): Pieces {
    const list = form.kind === "fixed" || form.kind === "varint" || form.kind === "floats";
    if (list) return delimitedField(member, body.length > 0 ? delimitedField(1, [body]) : []);
    return delimitedField(member, [body]);
}

/** One slot as encoded in the body: an item includes its tag and length. */
export function slotBytes(values: Values, slot: number): Uint8Array {
    const { heads, ends } = slotsOf(values);
    return values.body.subarray(heads[slot], ends[slot]);
}
