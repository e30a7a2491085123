import { type DataType, dataTypes } from "../../provider/inputs/schema/dataType";

/** The numbers of pymilvus' `DataType` (schema.proto of Milvus). */
export const numbers: Readonly<Record<DataType, number>> = {
    Bool: 1,
    Int8: 2,
    Int16: 3,
    Int32: 4,
    Int64: 5,
    Float: 10,
    Double: 11,
    VarChar: 21,
    Array: 22,
    JSON: 23,
    Geometry: 24,
    Timestamptz: 26,
    BinaryVector: 100,
    FloatVector: 101,
    Float16Vector: 102,
    BFloat16Vector: 103,
    SparseFloatVector: 104,
    Int8Vector: 105,
};

/** As pymilvus writes a type: `FLOAT_VECTOR`. */
export const pymilvusName = (type: DataType): string =>
    type
        .replace(/(?<=[a-z\d])Vector$/, "_Vector")
        .replace(/^SparseFloat/, "Sparse_Float")
        .toUpperCase();

const plain = (text: string): string =>
    text
        .replace(/^DataType\./i, "")
        .replaceAll("_", "")
        .toLowerCase();

/** The type of a name or a number, in any spelling: `FLOAT_VECTOR`, `DataType.FLOAT_VECTOR`, `float_vector`, `FloatVector`, 101. */
export function dataTypeOf(written: unknown): DataType | undefined {
    return dataTypes.find((type) =>
        typeof written === "string" ? plain(type) === plain(written) : numbers[type] === written,
    );
}
