import fc from "fast-check";
import { Root, type Type, Writer } from "protobufjs";
import { anyText } from "../support/random/text";

// eslint-disable-next-line @typescript-eslint/no-require-imports -- the SDK publishes its protos as a plain script
const json = (require("@zilliz/milvus2-sdk-node/dist/milvus/proto-json/milvus") as { default: object })
    .default;
const root = Root.fromJSON(json);

export const types = {
    fieldData: root.lookupType("milvus.proto.schema.FieldData"),
    queryResults: root.lookupType("milvus.proto.milvus.QueryResults"),
    insertRequest: root.lookupType("milvus.proto.milvus.InsertRequest"),
    upsertRequest: root.lookupType("milvus.proto.milvus.UpsertRequest"),
};

export type Message = Record<string, unknown>;

export function encode(type: Type, message: Message): Buffer {
    return Buffer.from(type.encode(type.fromObject(message)).finish());
}

export function decode(type: Type, bytes: Uint8Array): Message {
    return type.toObject(type.decode(bytes), { longs: String, bytes: Buffer, arrays: false });
}

/** A page as a server returns it. */
export function answer(...fields_data: Message[]): Buffer {
    return encode(types.queryResults, { status: {}, fields_data, collection_name: "docs" });
}

/** One column of some type: how to encode its rows as a `FieldData`, and how to generate random rows. */
export interface Kind {
    dataType: string;
    elementType?: string;
    dim?: number;
    /** A value of the kind, as protobufjs represents it. */
    value: fc.Arbitrary<unknown>;
    /** The oneof of `FieldData` with these values. */
    payload: (values: unknown[]) => Message;
}

const int64 = fc.oneof(
    fc.constantFrom(-(2n ** 63n), 2n ** 63n - 1n, 0n, -1n, 127n, 128n, 2n ** 28n, 2n ** 32n, 2n ** 35n),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
);
const bytes = (length: number) =>
    fc.uint8Array({ minLength: length, maxLength: length }).map((one) => Buffer.from(one));
export const text = fc.oneof(anyText({ maxLength: 12 }), fc.constantFrom("", "\u0000", "é", "😀", 'a"b\\'));
const jsonBytes = fc.json({ maxDepth: 2 }).map((one) => Buffer.from(one));

const scalars = (member: string) => (data: unknown[]) => ({ scalars: { [member]: { data } } });
const vector = (member: string, dim: number) => (data: unknown[]) => ({
    vectors: { dim, [member]: Buffer.concat(data as Buffer[]) },
});
const ints = (bits: number) => fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 });
const array = (elementType: string, member: string, element: fc.Arbitrary<unknown>): Kind => ({
    dataType: "Array",
    elementType,
    // An empty list as a server returns it: a row without its member, or a member without values.
    value: fc.oneof(
        fc.constant({}),
        fc.array(element, { maxLength: 4 }).map((data) => ({ [member]: { data } })),
    ),
    payload: (data) => ({ scalars: { array_data: { element_type: elementType, data } } }),
});

/** A kind for each data type that an answer can hold. */
export const kinds: Kind[] = [
    { dataType: "Bool", value: fc.boolean(), payload: scalars("bool_data") },
    { dataType: "Int8", value: ints(8), payload: scalars("int_data") },
    { dataType: "Int16", value: ints(16), payload: scalars("int_data") },
    { dataType: "Int32", value: ints(32), payload: scalars("int_data") },
    { dataType: "Int64", value: int64.map(String), payload: scalars("long_data") },
    { dataType: "Float", value: fc.float(), payload: scalars("float_data") },
    { dataType: "Double", value: fc.double(), payload: scalars("double_data") },
    { dataType: "VarChar", value: text, payload: scalars("string_data") },
    { dataType: "JSON", value: jsonBytes, payload: scalars("json_data") },
    { dataType: "Geometry", value: text, payload: scalars("geometry_wkt_data") },
    { dataType: "Timestamptz", value: text, payload: scalars("string_data") },
    array("Int64", "long_data", int64.map(String)),
    array("Bool", "bool_data", fc.boolean()),
    array("VarChar", "string_data", text),
    array("Double", "double_data", fc.double()),
    {
        dataType: "FloatVector",
        dim: 3,
        value: fc.array(fc.float(), { minLength: 3, maxLength: 3 }),
        payload: (rows) => ({ vectors: { dim: 3, float_vector: { data: rows.flat() } } }),
    },
    { dataType: "Float16Vector", dim: 4, value: bytes(8), payload: vector("float16_vector", 4) },
    { dataType: "BFloat16Vector", dim: 4, value: bytes(8), payload: vector("bfloat16_vector", 4) },
    { dataType: "BinaryVector", dim: 16, value: bytes(2), payload: vector("binary_vector", 16) },
    { dataType: "Int8Vector", dim: 4, value: bytes(4), payload: vector("int8_vector", 4) },
    {
        dataType: "SparseFloatVector",
        value: bytes(16),
        payload: (contents) => ({ vectors: { sparse_float_vector: { contents, dim: 9 } } }),
    },
];

const isVector = (kind: Kind) => kind.dataType.endsWith("Vector");

/** The value in the slot of a NULL: servers write a zero, an empty string, no members. */
function placeholder(kind: Kind): unknown {
    if (kind.dataType === "Array") return {};
    if (kind.dataType === "JSON") return Buffer.from("null");
    if (kind.dataType === "Bool") return false;
    return ["VarChar", "Geometry", "Timestamptz"].includes(kind.dataType) ? "" : 0;
}

/** A column as a server returns it: a slot for each row of a scalar, only the valid values of a vector. */
export function answered(kind: Kind, name: string, rows: unknown[], nullable: boolean): Message {
    const stored = isVector(kind)
        ? rows.filter((row) => row !== null)
        : rows.map((row) => (row === null ? placeholder(kind) : row));
    const valid_data = nullable ? rows.map((row) => row !== null) : undefined;
    return { type: kind.dataType, field_name: name, field_id: 101, ...kind.payload(stored), valid_data };
}

/** A column as an insert requires it: only the valid values. */
export function inserted(kind: Kind, name: string, rows: unknown[], flags: boolean): Message {
    const member = (value: unknown) =>
        kind.dataType === "Array" && Object.keys(value as object).length === 0
            ? { [kind.elementType === "Int64" ? "long_data" : members[kind.elementType!]!]: {} }
            : value;
    const stored = rows.filter((row) => row !== null).map(member);
    const valid_data = flags ? rows.map((row) => row !== null) : undefined;
    return { type: kind.dataType, field_name: name, ...kind.payload(stored), valid_data };
}

const members: Partial<Record<string, string>> = {
    Bool: "bool_data",
    VarChar: "string_data",
    Double: "double_data",
};

/** The message as protobufjs decodes it: the expected value for a column of the provider. */
export function oracle(message: Message): Message {
    return decode(types.fieldData, encode(types.fieldData, message));
}

/** The same list of numbers with a tag for each, as an encoder without packing writes it. */
export function unpacked(
    wrapper: number,
    member: number,
    write: (writer: Writer, index: number) => void,
    count: number,
) {
    const list = Writer.create();
    for (let i = 0; i < count; i++) write(list, i);
    const inside = Writer.create()
        .uint32((member << 3) | 2)
        .bytes(list.finish())
        .finish();
    return Buffer.from(
        Writer.create()
            .uint32((wrapper << 3) | 2)
            .bytes(inside)
            .finish(),
    );
}
