import { expect } from "chai";
import fc from "fast-check";

import { compileColumns, insertRequest, readPage, type WireColumn, WireError } from "../../../provider/wire";
import { halfBits } from "../../../provider/wire/encoding/float";
import { columnConverter } from "../../../provider/wire/convert/convert";
import { conversionOf, type Typed } from "../../../provider/plan/mapping/column/conversion";
import { dataTypes, elementTypes, isVector } from "../../../provider/inputs/schema/dataType";
import { type Kind, answer, answered, decode, inserted, kinds, oracle, text, types } from "../support";
import { runs } from "../../support/tier";

const refused = Symbol("refused");

/** A pair of types, values of the first as protobufjs represents them, and the expected results. */
interface Case {
    from: string;
    to: string;
    dim?: number;
    elementType?: string;
    lossy?: boolean;
    value: fc.Arbitrary<unknown>;
    /** The expected conversion, written without the code under test. */
    model: (value: never) => unknown;
}

const kindOf = (dataType: string, elementType?: string) =>
    kinds.find((kind) => kind.dataType === dataType && kind.elementType === elementType)!;
const values = (dataType: string) => kindOf(dataType).value;
const int64 = values("Int64") as fc.Arbitrary<string>;
const whole = (bits: number) => (value: number | string) =>
    BigInt.asIntN(bits, BigInt(value)) === BigInt(value) ? Number(value) : refused;
const json = (value: unknown) => Buffer.from(JSON.stringify(value));
/** A surrogate without its pair: UTF-8 cannot hold it. */
const half = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const anyJson = fc.oneof(
    fc.json({ maxDepth: 1 }),
    int64,
    fc.constantFrom(" 7 ", "7.0", "7e0", "1e400", '"7"', "null", "nul", "[7", "{}", "", '"\\u00e9"', "-0"),
);
const jsonValue = (value: Buffer): unknown => {
    try {
        return value.length === 0 ? null : JSON.parse(value.toString());
    } catch {
        return refused;
    }
};
const numbers = fc.oneof(
    int64,
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.constantFrom(
        "",
        " 1",
        "1 ",
        "+1",
        "007",
        "-0",
        "1e3",
        "0x10",
        "1_000",
        "NaN",
        "Infinity",
        "1.",
        ".5",
        "1e999",
    ),
);
const float16 = fc.integer({ min: 0, max: 0xffff }).filter((bits) => (bits & 0x7c00) !== 0x7c00);
const halves = (bits: number[]) => {
    const bytes = Buffer.alloc(bits.length * 2);
    bits.forEach((one, i) => bytes.writeUInt16LE(one, i * 2));
    return bytes;
};
const floats = fc.float({ noNaN: true, noDefaultInfinity: true });

const cases: Case[] = [
    { from: "Int8", to: "Int16", value: values("Int8"), model: (v) => v },
    { from: "Int32", to: "Int64", value: values("Int32"), model: (v) => String(v) },
    { from: "Int64", to: "Int32", value: fc.oneof(int64, values("Int32").map(String)), model: whole(32) },
    { from: "Int32", to: "Int8", value: fc.integer({ min: -200, max: 200 }), model: whole(8) },
    {
        from: "Int64",
        to: "Double",
        value: int64,
        model: (v: string) => (BigInt(Number(v)) === BigInt(v) ? Number(v) : refused),
    },
    {
        from: "Int32",
        to: "Float",
        value: values("Int32"),
        model: (v: number) => (Math.fround(v) === v ? v : refused),
    },
    { from: "Int64", to: "VarChar", value: int64, model: (v) => v },
    { from: "Bool", to: "VarChar", value: fc.boolean(), model: (v) => String(v) },
    { from: "Float", to: "Double", value: fc.float(), model: (v) => v },
    {
        from: "Double",
        to: "Float",
        value: fc.oneof(floats, fc.double()),
        model: (v: number) => (Object.is(Math.fround(v), v) ? v : refused),
    },
    {
        from: "Double",
        to: "Float",
        lossy: true,
        value: fc.double({ noNaN: true, noDefaultInfinity: true }),
        model: (v: number) => (Number.isFinite(Math.fround(v)) ? Math.fround(v) : refused),
    },
    {
        from: "Double",
        to: "Int64",
        value: fc.oneof(fc.maxSafeInteger(), fc.double()),
        model: (v: number) =>
            Number.isInteger(v) && v >= -(2 ** 63) && v < 2 ** 63 ? String(BigInt(v)) : refused,
    },
    {
        from: "VarChar",
        to: "Int64",
        value: fc.oneof(int64, numbers, text),
        model: (v: string) => (/\d$/.test(v) && /^[-\d]+$/.test(v) && sameLong(v) ? v : refused),
    },
    {
        from: "VarChar",
        to: "Bool",
        value: fc.constantFrom("true", "false", "True", "1", ""),
        model: (v: string) => (v === "true" ? true : v === "false" ? false : refused),
    },
    {
        from: "VarChar",
        to: "JSON",
        value: fc.oneof(
            fc.json(),
            text,
            fc.constantFrom('{"a":[1e400]}', "-1e400", '{"a":"1e400"}', `[1${"0".repeat(400)}]`, "[1e308]"),
        ),
        model: (v: string) =>
            v === "" || jsonValue(Buffer.from(v)) === refused || holdsInfinity(JSON.parse(v))
                ? refused
                : Buffer.from(v),
    },
    {
        from: "VarChar",
        to: "Array",
        elementType: "VarChar",
        value: text,
        model: (v) => ({ string_data: { data: [v] } }),
    },
    {
        from: "Int32",
        to: "Array",
        elementType: "Int64",
        value: values("Int32"),
        model: (v) => ({ long_data: { data: [String(v)] } }),
    },
    { from: "Bool", to: "JSON", value: fc.boolean(), model: json },
    { from: "Int64", to: "JSON", value: int64, model: (v) => Buffer.from(v) },
    { from: "Geometry", to: "JSON", value: text, model: json },
    {
        from: "JSON",
        to: "Bool",
        value: anyJson.map((one) => Buffer.from(one)),
        model: (v: Buffer) => only(jsonValue(v), "boolean"),
    },
    {
        from: "JSON",
        to: "VarChar",
        value: fc
            .oneof(
                anyJson,
                text.map((one) => JSON.stringify(one)),
                fc.constantFrom(' {"a" : [1.50, "é"]} ', "[]", '"\\ud800"', '"\\ud83d\\ude00"'),
            )
            .map((one) => Buffer.from(one)),
        model: (v: Buffer) => {
            const value = jsonValue(v);
            return typeof value === "object" && value !== null
                ? v.toString().trim()
                : only(value, "string", half);
        },
    },
    {
        from: "JSON",
        to: "Int64",
        value: anyJson.map((one) => Buffer.from(one)),
        model: (v: Buffer) => {
            const value = jsonValue(v);
            if (typeof value !== "number") return value === null ? null : refused;
            // Above 2^53, where JavaScript rounds, the digits are used.
            const digits = /^\s*(-?\d+)\s*$/.exec(v.toString())?.[1] ?? String(value);
            return /^-?\d+$/.test(digits) && whole(64)(digits) !== refused ? String(BigInt(digits)) : refused;
        },
    },
    {
        from: "FloatVector",
        to: "Float16Vector",
        dim: 3,
        value: fc.tuple(float16, float16, float16).map((bits) => bits.map(halfOracle)),
        model: (v: number[]) => halves(v.map(halfBits)),
    },
    {
        from: "FloatVector",
        to: "Float16Vector",
        dim: 3,
        lossy: true,
        value: fc.tuple(fc.constantFrom(0, 65519, -65519, 65520, 1e9), fc.constant(0), fc.constant(1)),
        model: (v: number[]) =>
            Math.abs(v[0]!) >= 65520
                ? refused
                : halves([v[0]! > 0 ? 0x7bff : v[0]! < 0 ? 0xfbff : 0, 0, 0x3c00]),
    },
    {
        from: "FloatVector",
        to: "BFloat16Vector",
        dim: 1,
        lossy: true,
        value: fc.constantFrom([1], [1.00390625], [1.01171875], [3.4e38], [-0.5]),
        model: ([v]: number[]) =>
            ({
                1: halves([0x3f80]),
                1.00390625: halves([0x3f80]),
                1.01171875: halves([0x3f82]),
                "-0.5": halves([0xbf00]),
            })[String(v)] ?? refused,
    },
    {
        from: "FloatVector",
        to: "Int8Vector",
        dim: 2,
        lossy: true,
        value: fc.tuple(fc.constantFrom(-128, 127, 0, 3, 128, 0.5), fc.constant(1)),
        model: (v: number[]) =>
            Number.isInteger(v[0]) && v[0]! < 128 ? Buffer.from(Int8Array.from(v).buffer) : refused,
    },
    {
        from: "Float16Vector",
        to: "FloatVector",
        dim: 2,
        value: fc.tuple(float16, float16).map(halves),
        model: (v: Buffer) => [halfOracle(v.readUInt16LE(0)), halfOracle(v.readUInt16LE(2))],
    },
    {
        from: "BFloat16Vector",
        to: "FloatVector",
        dim: 1,
        value: float16.map((bits) => halves([bits])),
        model: (v: Buffer) => [Buffer.concat([Buffer.alloc(2), v]).readFloatLE()],
    },
];

describe("a converted column", () => {
    for (const one of cases) {
        const { from, to, elementType, lossy = false } = one;
        const name = `${from} to ${to}${elementType ? `<${elementType}>` : ""}${lossy ? ", lossy" : ""}`;
        it(`${name}: converts each value, or reports the first row that does not fit`, () => {
            fc.assert(
                fc.property(fc.array(fc.option(one.value), { minLength: 1, maxLength: 6 }), (rows) => {
                    const results = rows.map((value) => (value === null ? null : one.model(value as never)));
                    const row = results.indexOf(refused);
                    const run = () => converted(one, rows);
                    if (row >= 0) expect(problem(run)).to.deep.include({ kind: "does-not-fit", row });
                    else
                        expect(run()).to.deep.equal(
                            oracle(inserted(sized(kindOf(to, elementType), one), "b", results, true)),
                        );
                }),
                { numRuns: runs(200) },
            );
        });
    }

    it("converts each pair of types that the planner converts, and no other", () => {
        const scalars = elementTypes.filter((name) => name !== "Struct");
        const all: Typed[] = [
            ...dataTypes
                .filter((dataType) => dataType !== "Array")
                .map((dataType): Typed => ({ dataType, ...(isVector(dataType) && { dim: 8 }) })),
            ...scalars.map((elementType): Typed => ({ dataType: "Array", elementType })),
        ];
        for (const from of all)
            for (const to of all) {
                const target = { name: "b", nullable: false, hasDefault: false, ...to } as never;
                const misses = problem(() => columnConverter(target, { type: from, lossy: true }));
                const pair = `${from.dataType}<${from.elementType}> to ${to.dataType}<${to.elementType}>`;
                expect(misses === undefined, pair).to.equal(conversionOf(from, to) !== undefined);
            }
    });

    it("keeps NULL, replaces it with the backfill, or rejects it if the field is not nullable", () => {
        const int32: Case = { from: "Int32", to: "VarChar", value: fc.constant(1), model: String };
        const rows = [1, null, 3];
        const strings = (data: string[]) => ({ scalars: { string_data: { data } } });
        expect(converted(int32, rows)).to.deep.include(oracle(strings(["1", "3"])));
        const filled = converted(int32, rows, { nullable: false }, { backfill: "none" });
        expect(filled).to.deep.include(oracle(strings(["1", "none", "3"])));
        expect(filled).not.to.have.property("valid_data");
        expect(problem(() => converted(int32, rows, { nullable: false }))).to.deep.equal({
            kind: "null-refused",
            column: "b",
            row: 1,
            count: 1,
        });
    });

    it("reports the value that does not fit, and what would fit", () => {
        const price: Case = { from: "VarChar", to: "Int32", value: text, model: String };
        expect(() => converted(price, ["1", "12 EUR"])).to.throw(
            'b: row 1 of the page holds "12 EUR"; the field needs a whole number in digits.',
        );
        const long = `"${"x".repeat(59)}...`;
        expect(problem(() => converted(price, ["x".repeat(1000)]))).to.deep.include({ value: long });
        const vector: Case = { from: "FloatVector", to: "Int8Vector", dim: 3, value: text, model: String };
        expect(problem(() => converted(vector, [[1, 2, 0.5]]))).to.deep.include({
            value: "a vector",
            wanted: "components that are whole numbers from -128 to 127, and component 2 is 0.5",
        });
    });
});

describe("a column of JSON for a server that stores only some JSON", () => {
    const kindsOf = { objects: ["object"], "objects and lists": ["object", "list"] } as const;
    const kindOfJson = (text: string) => {
        const value = JSON.parse(text) as unknown;
        return Array.isArray(value) ? "list" : typeof value === "object" && value ? "object" : "scalar";
    };
    const texts = fc.oneof(
        fc.json({ maxDepth: 1 }),
        fc.constantFrom(" {} ", "\n[1]", '"{}"', '"[1]"', "null", "7", "true", '""'),
    );

    for (const [json, stored] of Object.entries(kindsOf) as [keyof typeof kindsOf, readonly string[]][])
        for (const [how, source, dataType] of [
            ["text", { kind: "convert", from: "a", type: { dataType: "VarChar" }, lossy: false }, "VarChar"],
            ["a JSON path", { kind: "extract", from: "a", path: ["k"] }, "JSON"],
        ] as [string, WireColumn["source"], string][])
            it(`converted from ${how}: reports the first row that holds no JSON ${json}`, () => {
                fc.assert(
                    fc.property(fc.array(texts, { minLength: 1, maxLength: 5 }), (rows) => {
                        const answers = rows.map((one) =>
                            how === "text" ? one : Buffer.from(`{"k":${one}}`),
                        );
                        const run = () =>
                            mapped(dataType, answers, { dataType: "JSON", nullable: true, json, source });
                        // JSON's null at a path is NULL.
                        const fits = (one: string) =>
                            stored.includes(kindOfJson(one)) || (how !== "text" && one.trim() === "null");
                        const row = rows.findIndex((one) => !fits(one));
                        if (row >= 0)
                            expect(problem(run)).to.deep.include({ kind: "does-not-fit", column: "b", row });
                        else expect(problem(run)).to.equal(undefined);
                    }),
                );
            });

    it("is not checked where it is carried: the server that returned it stores it", () => {
        const run = () =>
            mapped("JSON", [Buffer.from("7")], {
                dataType: "JSON",
                source: { kind: "carry", from: "a" },
            });
        expect(problem(run)).to.equal(undefined);
    });
});

describe("a reduced limit", () => {
    it("counts the bytes of a VarChar, and reports the first row that exceeds it", () => {
        const rows = ["", "ééé", "éééé", "long as well"];
        const carry = (maxLength: number) => () =>
            mapped("VarChar", rows, { maxLength, source: { kind: "carry", from: "a" } });
        expect(problem(carry(12))).to.equal(undefined);
        expect(problem(carry(6))).to.deep.equal({
            kind: "does-not-fit",
            column: "b",
            row: 2,
            value: '"éééé"',
            wanted: "text of at most 6 bytes, not 8",
        });
    });

    it("applies to the result of a conversion", () => {
        const source = { kind: "convert", from: "a", type: { dataType: "Int32" }, lossy: false } as const;
        const run = () => mapped("Int32", [999, 1000], { maxLength: 3, source });
        expect(problem(run)).to.deep.include({ row: 1, value: '"1000"' });
    });

    it("counts the elements of an Array, and the bytes of each", () => {
        const rows = [["a", "b"], ["aaa"], ["a", "b", "c"]].map((data) => ({ string_data: { data } }));
        const array = {
            dataType: "Array",
            elementType: "VarChar",
            source: { kind: "carry", from: "a" },
        } as const;
        const run = (limits: object) => () => mapped("Array", rows, { ...array, ...limits }, "VarChar");
        expect(problem(run({ maxCapacity: 2 }))).to.deep.include({
            row: 2,
            wanted: "at most 2 elements, not 3",
        });
        expect(problem(run({ maxLength: 2 }))).to.deep.include({ row: 1 });
        expect(problem(run({ maxLength: 3, maxCapacity: 3 }))).to.equal(undefined);
    });
});

/** The column of the insert that a conversion makes, as protobufjs decodes it. */
function converted(one: Case, rows: unknown[], target: Partial<WireColumn> = {}, source: object = {}) {
    const { from, to, elementType, dim, lossy = false } = one;
    const type = { dataType: from, ...(dim && { dim }) };
    return mapped(
        from,
        rows,
        {
            dataType: to,
            nullable: true,
            ...(elementType && { elementType }),
            ...(dim && { dim }),
            ...target,
            source: { kind: "convert", from: "a", type, lossy, ...source },
        },
        undefined,
        one,
    );
}

function mapped(
    from: string,
    rows: unknown[],
    target: Partial<WireColumn> & Pick<WireColumn, "source">,
    elementType?: string,
    size: { dim?: number } = {},
) {
    const nullable = rows.includes(null);
    const column = answered(sized(kindOf(from, elementType), size), "a", rows, nullable);
    const id = { type: "Int64", field_name: "id", scalars: { long_data: { data: rows.map(() => 7) } } };
    const page = readPage(answer(id, column));
    const defaults = { name: "b", dataType: "VarChar", nullable: false, hasDefault: false };
    const columns = compileColumns([{ ...defaults, ...target }])(page);
    const request = insertRequest({ dbName: "", collectionName: "c" }, columns, page.rows);
    return (decode(types.insertRequest, request) as { fields_data: object[] }).fields_data[0];
}

/** The kind with another dimension. */
function sized(kind: Kind, { dim }: { dim?: number }): Kind {
    if (dim === undefined) return kind;
    const payload = (data: unknown[]) => {
        const made = kind.payload(data) as { vectors: object };
        return { vectors: { ...made.vectors, dim } };
    };
    return { ...kind, dim, payload };
}

function problem(run: () => unknown) {
    try {
        run();
    } catch (error) {
        if (error instanceof WireError) return error.problem;
        throw error;
    }
    return undefined;
}

function only(value: unknown, wanted: string, unfit?: RegExp): unknown {
    if (typeof value === "string" && unfit?.test(value)) return refused;
    return value === null || typeof value === wanted ? value : refused;
}

/** `JSON.parse` makes a number beyond the range of Double infinite, as the servers do. */
function holdsInfinity(value: unknown): boolean {
    const found: unknown[] = [];
    JSON.stringify(value, (_, one: unknown) => (found.push(one), one));
    return found.some((one) => one === Infinity || one === -Infinity);
}

function sameLong(digits: string): boolean {
    try {
        return String(BigInt(digits)) === digits && whole(64)(digits) !== refused;
    } catch {
        return false;
    }
}

/** Source: IEEE 754, the binary16 format. */
function halfOracle(bits: number): number {
    const [sign, exponent, fraction] = [bits >> 15 ? -1 : 1, (bits >> 10) & 31, (bits & 1023) / 1024];
    return exponent === 0 ? sign * 2 ** -14 * fraction : sign * 2 ** (exponent - 15) * (1 + fraction);
}
