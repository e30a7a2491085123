import { expect } from "chai";

import {
    WireError,
    type WireColumn,
    type WireValue,
    compileColumns,
    insertRequest,
    readPage,
} from "../../../provider/wire";
import { answer, decode, oracle, types } from "../support";

const page = (rows: number) =>
    readPage(
        answer({ type: "Int64", field_name: "id", scalars: { long_data: { data: Array(rows).fill(1) } } }),
    );

const column = (
    dataType: string,
    source: WireColumn["source"],
    extra: Partial<WireColumn> = {},
): WireColumn => ({
    name: "c",
    dataType,
    nullable: false,
    hasDefault: false,
    source,
    ...extra,
});

function sent(rows: number, one: WireColumn) {
    const request = insertRequest(
        { dbName: "", collectionName: "c" },
        compileColumns([one])(page(rows)),
        rows,
    );
    return (decode(types.insertRequest, request) as { fields_data: object[] }).fields_data[0];
}

const scalars = (member: string, one: unknown) => ({ scalars: { [member]: { data: [one, one, one] } } });
const vectors = (dim: number, member: string, bytes: number[]) => ({
    vectors: { dim, [member]: Buffer.from([...bytes, ...bytes, ...bytes]) },
});

/** Data type, extra arguments, value, and the encoding of three rows of it. */
const examples: [string, Partial<WireColumn>, WireValue, object][] = [
    ["Bool", {}, true, scalars("bool_data", true)],
    ["Int8", {}, -128, scalars("int_data", -128)],
    ["Int16", {}, 32767, scalars("int_data", 32767)],
    ["Int32", {}, -1, scalars("int_data", -1)],
    ["Int64", {}, "9223372036854775807", scalars("long_data", "9223372036854775807")],
    ["Int64", {}, -(2n ** 63n), scalars("long_data", "-9223372036854775808")],
    ["Float", {}, 0.5, scalars("float_data", 0.5)],
    ["Double", {}, -0.1, scalars("double_data", -0.1)],
    ["VarChar", {}, "", scalars("string_data", "")],
    ["VarChar", {}, "né 😀", scalars("string_data", "né 😀")],
    ["Geometry", {}, "POINT (1 2)", scalars("geometry_wkt_data", "POINT (1 2)")],
    ["Timestamptz", {}, "2025-01-02T03:04:05Z", scalars("string_data", "2025-01-02T03:04:05Z")],
    ["JSON", {}, { a: [1, null] }, scalars("json_data", Buffer.from('{"a":[1,null]}'))],
    [
        "JSON",
        {},
        Buffer.from('{"n":12345678901234567890}'),
        scalars("json_data", Buffer.from('{"n":12345678901234567890}')),
    ],
    [
        "FloatVector",
        { dim: 2 },
        [1, -2],
        { vectors: { dim: 2, float_vector: { data: [1, -2, 1, -2, 1, -2] } } },
    ],
    ["Float16Vector", { dim: 2 }, [1, -2], vectors(2, "float16_vector", [0, 0x3c, 0, 0xc0])],
    ["BFloat16Vector", { dim: 2 }, [1, -2], vectors(2, "bfloat16_vector", [0x80, 0x3f, 0, 0xc0])],
    ["BinaryVector", { dim: 16 }, [255, 1], vectors(16, "binary_vector", [255, 1])],
    ["Int8Vector", { dim: 2 }, [-1, 127], vectors(2, "int8_vector", [255, 127])],
];

describe("a constant column", () => {
    for (const [dataType, extra, value, payload] of examples) {
        it(`holds a ${dataType} in each row: ${typeof value === "bigint" ? String(value) : JSON.stringify(value)}`, () => {
            const expected = oracle({ type: dataType, field_name: "c", ...payload });
            expect(sent(3, column(dataType, { kind: "constant", value }, extra))).to.deep.equal(expected);
        });
    }

    it("holds an array, also an empty one with the member that Milvus 2.3 needs", () => {
        for (const data of [[1, -2], []]) {
            const expected = { array_data: { element_type: "Int64", data: [{ long_data: { data } }] } };
            expect(
                sent(1, column("Array", { kind: "constant", value: data }, { elementType: "Int64" })),
            ).to.deep.equal(oracle({ type: "Array", field_name: "c", scalars: expected }));
        }
        const words = column("Array", { kind: "constant", value: ["a", ""] }, { elementType: "VarChar" });
        expect(sent(1, words)).to.deep.include(
            oracle({
                scalars: {
                    array_data: { element_type: "VarChar", data: [{ string_data: { data: ["a", ""] } }] },
                },
            }),
        );
    });

    it("holds a sparse vector sorted by index", () => {
        const sparse = column("SparseFloatVector", { kind: "constant", value: { "70000": 2, "3": 0.5 } });
        const contents = Buffer.from("030000000000003f7011010000000040", "hex");
        expect(sent(2, sparse)).to.deep.include(
            oracle({ vectors: { sparse_float_vector: { contents: [contents, contents] } } }),
        );
    });

    it("has as many rows as each page", () => {
        const map = compileColumns([column("Bool", { kind: "constant", value: true })]);
        const lengths = [5, 5, 2, 5].map((rows) => {
            const payload = map(page(rows))[0]!.payload;
            return payload.kind === "values" && payload.values.body.length;
        });
        expect(lengths).to.deep.equal([5, 5, 2, 5]);
    });

    it("has flags if the field is nullable or has a default", () => {
        const constant = { kind: "constant", value: 1 } as const;
        expect(sent(2, column("Int8", constant, { nullable: true }))).to.deep.include({
            valid_data: [true, true],
        });
        expect(sent(2, column("Int8", constant, { hasDefault: true }))).to.deep.include({
            valid_data: [true, true],
        });
        expect(sent(2, column("Int8", constant))).not.to.have.property("valid_data");
    });

    it("is an empty dynamic field in each row", () => {
        const meta = column("JSON", { kind: "constant", value: {} }, { name: "$meta", isDynamic: true });
        expect(sent(1, meta)).to.deep.include({ field_name: "$meta", is_dynamic: true });
    });

    it("is rejected immediately if the value is not of its type", () => {
        const misfits: [string, WireValue, Partial<WireColumn>?][] = [
            ["Int8", 128],
            ["Int64", 2 ** 53],
            ["Int64", "ten"],
            ["Int64", "9223372036854775808"],
            ["Bool", 1],
            ["VarChar", 5],
            ["Float", "1"],
            ["FloatVector", [1], { dim: 2 }],
            ["Int8Vector", [200, 0], { dim: 2 }],
            ["Array", [true], { elementType: "Int64" }],
            ["SparseFloatVector", { "-1": 1 }],
        ];
        for (const [dataType, value, extra] of misfits) {
            const compile = () => compileColumns([column(dataType, { kind: "constant", value }, extra)]);
            expect(compile, dataType).to.throw(WireError, `c: not a value of type ${dataType}`);
        }
    });
});

describe("a column of NULLs", () => {
    it("has only flags, and an empty member that identifies the type", () => {
        expect(sent(2, column("Int64", { kind: "null" }, { nullable: true }))).to.deep.equal(
            oracle({
                type: "Int64",
                field_name: "c",
                scalars: { long_data: {} },
                valid_data: [false, false],
            }),
        );
        const array = column("Array", { kind: "null" }, { nullable: true, elementType: "Bool" });
        expect(sent(1, array)).to.deep.include(oracle({ scalars: { array_data: { element_type: "Bool" } } }));
        const vector = column("FloatVector", { kind: "null" }, { nullable: true, dim: 4 });
        expect(sent(1, vector)).to.deep.include(oracle({ vectors: { dim: 4, float_vector: {} } }));
    });
});
