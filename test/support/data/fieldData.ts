import type { Message } from "../../../provider/milvus/transport/protocol";
import type { FieldArguments } from "./field";
import type { Value } from "./values";

/** The member of `schema.ScalarField` for the values of a type. */
const scalars: Record<string, string> = {
    Bool: "bool_data",
    Int8: "int_data",
    Int16: "int_data",
    Int32: "int_data",
    Int64: "long_data",
    Float: "float_data",
    Double: "double_data",
    VarChar: "string_data",
    JSON: "json_data",
    Array: "array_data",
    Geometry: "geometry_wkt_data",
    Timestamptz: "string_data",
};

/** The member of `schema.VectorField`; byte vectors store all rows in one buffer. */
const vectors: Record<string, string> = {
    FloatVector: "float_vector",
    Float16Vector: "float16_vector",
    BFloat16Vector: "bfloat16_vector",
    BinaryVector: "binary_vector",
    SparseFloatVector: "sparse_float_vector",
};

/** Encodes values of a field as `schema.FieldData` in the form of an insert: of a nullable field only the valid ones. */
export function toFieldData(field: FieldArguments, values: Value[]): Message {
    const optional = field.nullable === true || field.defaultValue !== undefined;
    const valid = values.filter((value) => value !== null);
    return {
        type: field.dataType,
        field_name: field.name,
        is_dynamic: field.name === "$meta",
        ...(vectors[field.dataType]
            ? { vectors: toVectors(field, valid) }
            : { scalars: toScalars(field, valid) }),
        ...(optional && { valid_data: values.map((value) => value !== null) }),
    };
}

function toScalars({ dataType, elementType }: FieldArguments, values: Value[]): Message {
    const member = scalars[dataType]!;
    if (dataType !== "Array") return { [member]: { data: values } };
    const data = (values as Value[][]).map((elements) => ({ [scalars[elementType!]!]: { data: elements } }));
    return { [member]: { data, element_type: elementType } };
}

function toVectors({ dataType, dim }: FieldArguments, values: Value[]): Message {
    const member = vectors[dataType]!;
    if (dataType === "FloatVector") return { dim, [member]: { data: (values as number[][]).flat() } };
    if (dataType === "SparseFloatVector") return { [member]: { contents: values } };
    return { dim, [member]: Buffer.concat(values as Buffer[]) };
}

/** The values of a column as one text per row: floats as their bits, bytes in hexadecimal, JSON unchanged. */
export function toCells(column: Message): string[] {
    const cells = column.vectors
        ? vectorCells(column.vectors as Message)
        : scalarCells(column.scalars as Message);
    const flags = (column.valid_data as boolean[] | undefined) ?? [];
    if (flags.length === 0) return cells;
    // A server returns a slot for each row, or only the valid values.
    let next = 0;
    const slots = cells.length === flags.length;
    return flags.map((valid, row) => (valid ? cells[slots ? row : next++]! : "NULL"));
}

function scalarCells(wrapper: Message): string[] {
    const [member, list] = Object.entries(wrapper).find(([, value]) => (value as Message | null)?.data)!;
    const data = (list as Message).data as unknown[];
    switch (member) {
        case "float_data":
            return (data as number[]).map((value) => bits(Float32Array.of(value)));
        case "double_data":
            return (data as number[]).map((value) => bits(Float64Array.of(value)));
        case "json_data":
            return (data as Uint8Array[]).map((value) => Buffer.from(value).toString());
        case "array_data":
            return (data as Message[]).map((value) =>
                Object.keys(value).length === 0 ? "[]" : arrayCell(value),
            );
        default:
            return data.map(String);
    }
}

function arrayCell(elements: Message): string {
    return `[${scalarCells(elements)
        .map((cell) => JSON.stringify(cell))
        .join()}]`;
}

function vectorCells(wrapper: Message): string[] {
    if (wrapper.sparse_float_vector)
        return ((wrapper.sparse_float_vector as Message).contents as Uint8Array[]).map(hex);
    const dim = Number(wrapper.dim);
    if (wrapper.float_vector) {
        const { buffer } = Float32Array.from((wrapper.float_vector as Message).data as number[]);
        return rows(new Uint8Array(buffer), dim * 4);
    }
    const [member, bytes] = Object.entries(wrapper).find(
        ([name, value]) => name.endsWith("_vector") && value,
    )!;
    return rows(bytes as Uint8Array, member === "binary_vector" ? dim / 8 : dim * 2);
}

function rows(bytes: Uint8Array, width: number): string[] {
    return Array.from({ length: bytes.length / width }, (_, row) =>
        hex(bytes.subarray(row * width, (row + 1) * width)),
    );
}

function bits(value: Float32Array | Float64Array): string {
    return hex(new Uint8Array(value.buffer));
}

function hex(bytes: Uint8Array): string {
    return Buffer.from(bytes).toString("hex");
}
