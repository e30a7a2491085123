import type { DataType } from "../../../inputs/schema/dataType";
import { isVector } from "../../../inputs/schema/dataType";
import type { Field } from "../../../inputs/schema/collection";
import type { FieldValue } from "../../../inputs/schema/field";
import type { ColumnSource } from "../mapping";
import { asServerSpells } from "./spelling";

/** The zero value of each type; undefined where no value is a safe default. */
const zero = {
    Bool: false,
    Int8: 0,
    Int16: 0,
    Int32: 0,
    Int64: 0,
    Float: 0,
    Double: 0,
    VarChar: "",
    JSON: {},
    Array: [],
    Geometry: undefined,
    Timestamptz: undefined,
    FloatVector: undefined,
    Float16Vector: undefined,
    BFloat16Vector: undefined,
    BinaryVector: undefined,
    Int8Vector: undefined,
    SparseFloatVector: undefined,
} satisfies Record<DataType, FieldValue | undefined>;

export type Fill =
    | { kind: "filled"; by: "backfill" | "default" | "null" | "zero"; source: ColumnSource }
    | { kind: "impossible"; reason: "vector" | "type" };

/**
 * The value of a new field in existing rows: its `backfill`, else its default, else NULL where it is nullable, else the
 * zero of its type. A vector has no zero, because searches would find it.
 */
export function fill(field: Field): Fill {
    const backfill = given(field.backfill);
    if (backfill !== undefined) return constant("backfill", asServerSpells(field, backfill));
    // `backfill: null` asks for NULL even where there is a default.
    if (field.backfill === null && field.nullable) return nulls;
    const byDefault = given(field.defaultValue);
    if (byDefault !== undefined) return constant("default", asServerSpells(field, byDefault));
    if (field.nullable) return nulls;
    const value = zero[field.dataType];
    if (value !== undefined) return constant("zero", value);
    return { kind: "impossible", reason: isVector(field.dataType) ? "vector" : "type" };
}

/** The value that replaces NULL in a field that is no longer nullable; undefined where the program gives none. */
export function fillOfNulls(field: Field): FieldValue | undefined {
    const value = given(field.backfill) ?? given(field.defaultValue);
    return value === undefined ? undefined : asServerSpells(field, value);
}

/** Whether the program gives no value for existing rows; then the transform computes the field, where there is one. */
export function saysNoValue({ from, backfill, defaultValue }: Field): boolean {
    return from === undefined && backfill === undefined && defaultValue === undefined;
}

const nulls: Fill = { kind: "filled", by: "null", source: { kind: "null" } };

function constant(by: "backfill" | "default" | "zero", value: FieldValue): Fill {
    return { kind: "filled", by, source: { kind: "constant", value } };
}

function given(value: FieldValue | undefined): FieldValue | undefined {
    return value === null ? undefined : value;
}
