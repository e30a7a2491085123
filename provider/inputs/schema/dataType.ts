/** Milvus' own names of data types, as `DescribeCollection` returns them (schema.proto, Milvus 3.0). */
const scalarTypes = [
    "Bool",
    "Int8",
    "Int16",
    "Int32",
    "Int64",
    "Float",
    "Double",
    "VarChar",
    "JSON",
    "Geometry",
    "Timestamptz",
] as const;

export const vectorTypes = [
    "FloatVector",
    "Float16Vector",
    "BFloat16Vector",
    "BinaryVector",
    "Int8Vector",
    "SparseFloatVector",
] as const;

/** `Array` holds elements of a scalar type, or of `Struct` (Milvus 2.6.4). */
export const dataTypes = [...scalarTypes, "Array", ...vectorTypes] as const;

/** Element types of an `Array` (Milvus docs, "Array Field"; the server refuses JSON, Geometry and Timestamptz). */
export const elementTypes = [
    "Bool",
    "Int8",
    "Int16",
    "Int32",
    "Int64",
    "Float",
    "Double",
    "VarChar",
    "Struct",
] as const;

/** What a value of each type is (Milvus docs, "Schema Explained" and the page of each field type). */
export const dataTypeTexts: Readonly<Record<DataType, string>> = {
    Bool: "`true` or `false`.",
    Int8: "An integer of 8 bits.",
    Int16: "An integer of 16 bits.",
    Int32: "An integer of 32 bits.",
    Int64: "An integer of 64 bits. Beyond 2^53, a program writes it as a string of digits.",
    Float: "A floating-point number of 32 bits.",
    Double: "A floating-point number of 64 bits.",
    VarChar: "Text in UTF-8 of at most `maxLength` bytes.",
    JSON: "A JSON document.",
    Geometry: "A geometry in WKT, such as `POINT(1 2)` (Milvus 2.6.6).",
    Timestamptz: "A moment with its time zone, in ISO 8601 (Milvus 2.6.6).",
    Array: "At most `maxCapacity` elements of one `elementType`.",
    FloatVector: "`dim` numbers of 32 bits.",
    Float16Vector: "`dim` numbers of 16 bits, IEEE 754 half precision.",
    BFloat16Vector: "`dim` numbers of 16 bits, bfloat16.",
    BinaryVector: "`dim` bits, a multiple of 8.",
    Int8Vector: "`dim` integers of 8 bits (Milvus 2.6).",
    SparseFloatVector: "Numbers by their dimension; those that are absent are 0. It has no `dim`.",
};

export type VectorType = (typeof vectorTypes)[number];
export type DataType = (typeof dataTypes)[number];

export function isVector(dataType: string | undefined): dataType is VectorType {
    return (vectorTypes as readonly (string | undefined)[]).includes(dataType);
}
