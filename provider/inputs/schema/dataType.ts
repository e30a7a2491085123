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

export type VectorType = (typeof vectorTypes)[number];
export type DataType = (typeof dataTypes)[number];

export function isVector(dataType: string | undefined): dataType is VectorType {
    return (vectorTypes as readonly (string | undefined)[]).includes(dataType);
}
