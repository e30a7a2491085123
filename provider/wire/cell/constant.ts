import { type ValueType, type WireValue, elementTypeField, encodeCell, isItem } from "./cell";
import { delimitedField } from "../encoding/emit";
import { WireError } from "../error";
import { dataTypes, fieldData, scalarMembers, vectorMembers } from "../column/members";
import { join } from "../encoding/scan";
import type { Values } from "../column/values";

/**
 * The values of a column that holds `value` in each of `rows` rows, encoded once and repeated.
 * @throws WireError `bad-value` if `value` is not of the type, `unsupported` for an unknown type.
 */
export function constantValues(name: string, type: ValueType, value: WireValue, rows: number): Values {
    const empty = noValues(name, type);
    const encode = encodeCell[type.dataType]!;
    let cell: Uint8Array;
    try {
        cell = encode(value, type);
    } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        throw new WireError({ kind: "bad-value", column: name, dataType: type.dataType, detail });
    }
    const unit = isItem(type.dataType) ? join(delimitedField(1, [cell])) : cell;
    const body = unit.length === 0 ? unit : Buffer.alloc(unit.length * rows, unit);
    return { ...empty, body: join([body, empty.body]) };
}

/** The values of a column of NULLs: an empty member, because a server reads the type from it. */
export function noValues(name: string, type: ValueType): Values {
    const known = dataTypes[type.dataType];
    const form = (known?.wrapper === fieldData.scalars ? scalarMembers : vectorMembers)[known?.member ?? 0];
    if (!known || !form)
        throw new WireError({
            kind: "unsupported",
            column: name,
            detail: `${type.dataType} has no encoding`,
        });
    const extra = type.dataType === "Array" ? elementTypeField(type.elementType) : [];
    const sparse = type.dataType === "SparseFloatVector";
    return {
        wrapper: known.wrapper,
        member: known.member,
        form,
        dim: known.wrapper === fieldData.vectors && !sparse ? (type.dim ?? 0) : 0,
        body: join(extra),
        raw: undefined,
        unknown: [],
        flags: undefined,
    };
}
