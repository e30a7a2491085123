import { varints } from "../encoding/emit";
import { dataTypes } from "./members";
import { Cursor, DELIMITED, join } from "../encoding/scan";
import { slotsOf } from "./slots";
import type { Values } from "./values";

/**
 * Restores the member of each empty array. A query returns an empty array as a row without a member; inserted like
 * that, it crashes Milvus 2.3.5 (nil pointer in checkArrayElement, measured), and later versions reject it.
 */
export function fillEmptyArrays(values: Values, elementType: string | undefined): Values {
    if (values.form.kind !== "items" || values.form.of !== "scalars") return values;
    const { count, heads, starts, ends, extra } = slotsOf(values);
    const member = elementMember(extra) ?? dataTypes[elementType ?? ""]?.member;
    if (member === undefined) return values;
    const empty = Uint8Array.of(0x0a, 2, member * 8 + DELIMITED, 0);
    const pieces: Uint8Array[] = [];
    let from = 0;
    for (let slot = 0; slot < count; slot++) {
        if (ends[slot]! > starts[slot]!) continue;
        if (slot > from) pieces.push(values.body.subarray(heads[from], ends[slot - 1]));
        pieces.push(empty);
        from = slot + 1;
    }
    if (pieces.length === 0) return values;
    if (from < count) pieces.push(values.body.subarray(heads[from], ends[count - 1]));
    return { ...values, raw: undefined, body: join([...pieces, ...extra]) };
}

/** The member of `ScalarField` for the element type in the column (field 2 of `ArrayArray`). */
function elementMember(extra: readonly Uint8Array[]): number | undefined {
    const tag = varints(2 * 8)[0];
    for (const field of extra) {
        if (field[0] !== tag) continue;
        const code = new Cursor(field, 1).varint();
        return Object.values(dataTypes).find((type) => type?.code === code)?.member;
    }
    return undefined;
}
