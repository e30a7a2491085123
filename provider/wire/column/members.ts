/** The encoding of the values of a column. */
export type Form =
    /** A message whose field 1 is a packed list of numbers of `width` bytes. */
    | { kind: "fixed"; width: number }
    /** A message whose field 1 is a packed list of varints. */
    | { kind: "varint" }
    /** A message whose field `item` repeats strings, bytes or messages. */
    | { kind: "items"; item: number; of: "bytes" | "scalars" | "vectors" }
    /** A message whose field 1 is a packed list of floats, `dim` of them per row. */
    | { kind: "floats" }
    /** Bytes without a message, `bits * dim / 8` of them per row. */
    | { kind: "plain"; bits: number };

const fixed = (width: number): Form => ({ kind: "fixed", width });
const varint: Form = { kind: "varint" };
const bytes: Form = { kind: "items", item: 1, of: "bytes" };

/** The oneof of `schema.ScalarField` by field number (schema.proto, Milvus 3.0). */
export const scalarMembers: Partial<Record<number, Form>> = {
    1: varint, // bool_data
    2: varint, // int_data: Int8, Int16, Int32
    3: varint, // long_data
    4: fixed(4), // float_data
    5: fixed(8), // double_data
    6: bytes, // string_data
    7: bytes, // bytes_data
    8: { kind: "items", item: 1, of: "scalars" }, // array_data
    9: bytes, // json_data
    10: bytes, // geometry_data
    11: varint, // timestamptz_data
    12: bytes, // geometry_wkt_data
    13: bytes, // mol_data
    14: bytes, // mol_smiles_data
    15: varint, // date_data
    16: varint, // time_data
};

/** The oneof of `schema.VectorField` by field number (schema.proto, Milvus 3.0). */
export const vectorMembers: Partial<Record<number, Form>> = {
    2: { kind: "floats" }, // float_vector
    3: { kind: "plain", bits: 1 }, // binary_vector
    4: { kind: "plain", bits: 16 }, // float16_vector
    5: { kind: "plain", bits: 16 }, // bfloat16_vector
    6: bytes, // sparse_float_vector
    7: { kind: "plain", bits: 8 }, // int8_vector
    8: { kind: "items", item: 2, of: "vectors" }, // vector_array
};

/** Fields of `schema.FieldData`. */
export const fieldData = {
    type: 1,
    name: 2,
    scalars: 3,
    vectors: 4,
    id: 5,
    isDynamic: 6,
    valid: 7,
    structs: 8,
} as const;

/** The field of the second `valid_data`, inside the values (schema.proto after Milvus 3.0). */
export const innerValid = { [fieldData.scalars]: 17, [fieldData.vectors]: 9 } as const;

/**
 * The code of a `schema.DataType` and the member that an insert fills for it. Timestamptz and Geometry are inserted as
 * text.
 */
export const dataTypes: Partial<Record<string, { code: number; wrapper: 3 | 4; member: number }>> = {
    Bool: { code: 1, wrapper: 3, member: 1 },
    Int8: { code: 2, wrapper: 3, member: 2 },
    Int16: { code: 3, wrapper: 3, member: 2 },
    Int32: { code: 4, wrapper: 3, member: 2 },
    Int64: { code: 5, wrapper: 3, member: 3 },
    Float: { code: 10, wrapper: 3, member: 4 },
    Double: { code: 11, wrapper: 3, member: 5 },
    VarChar: { code: 21, wrapper: 3, member: 6 },
    Array: { code: 22, wrapper: 3, member: 8 },
    JSON: { code: 23, wrapper: 3, member: 9 },
    Geometry: { code: 24, wrapper: 3, member: 12 },
    Timestamptz: { code: 26, wrapper: 3, member: 6 },
    BinaryVector: { code: 100, wrapper: 4, member: 3 },
    FloatVector: { code: 101, wrapper: 4, member: 2 },
    Float16Vector: { code: 102, wrapper: 4, member: 4 },
    BFloat16Vector: { code: 103, wrapper: 4, member: 5 },
    SparseFloatVector: { code: 104, wrapper: 4, member: 6 },
    Int8Vector: { code: 105, wrapper: 4, member: 7 },
};
