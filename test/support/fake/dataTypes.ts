import { record, type FieldSchema } from "./messages";

/** The member of `schema.ScalarField` for the values of a type, and the filler in the slot of a NULL. */
const scalars: Partial<Record<string, { member: string; filler: unknown }>> = {
    Bool: { member: "bool_data", filler: false },
    Int8: { member: "int_data", filler: 0 },
    Int16: { member: "int_data", filler: 0 },
    Int32: { member: "int_data", filler: 0 },
    Int64: { member: "long_data", filler: "0" },
    Float: { member: "float_data", filler: 0 },
    Double: { member: "double_data", filler: 0 },
    VarChar: { member: "string_data", filler: "" },
    JSON: { member: "json_data", filler: Buffer.alloc(0) },
    Array: { member: "array_data", filler: {} },
    Geometry: { member: "geometry_wkt_data", filler: "" },
    Timestamptz: { member: "string_data", filler: "" },
};

/** The member of `schema.VectorField`, and the bits per dimension; 0 if each vector is a separate value. */
const vectors: Partial<Record<string, { member: string; bits: number }>> = {
    FloatVector: { member: "float_vector", bits: 32 },
    BinaryVector: { member: "binary_vector", bits: 1 },
    Float16Vector: { member: "float16_vector", bits: 16 },
    BFloat16Vector: { member: "bfloat16_vector", bits: 16 },
    Int8Vector: { member: "int8_vector", bits: 8 },
    SparseFloatVector: { member: "sparse_float_vector", bits: 0 },
    ArrayOfVector: { member: "vector_array", bits: 0 },
};

export const scalarOf = (type: string) => scalars[type];
export const vectorOf = (type: string) => vectors[type];

/** The vectors that can be searched, including those in Structs. */
export function isVector(field: Pick<FieldSchema, "data_type">): boolean {
    return vectorOf(field.data_type) !== undefined;
}

/** A numeric type parameter of a field: `dim`, `max_length`, `max_capacity`. */
export function parameter(field: FieldSchema, name: string): number | undefined {
    const text = record(field.type_params)[name];
    return text === undefined ? undefined : Number(text);
}

/** A field's default as a cell; undefined if it has none. */
export function defaultCell(field: FieldSchema): unknown {
    return Object.values(field.default_value ?? {})[0];
}
