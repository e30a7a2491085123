import { expect } from "chai";
import fc from "fast-check";

import { columnOfValues, insertRequest, WireError } from "../../../provider/wire";
import { bfloatValue, halfValue } from "../../../provider/wire/encoding/float";
import type { Target } from "../../../provider/wire/cell/carry";
import { decode, types } from "../support";
import { anyText } from "../../support/random/text";
import { runs } from "../../support/tier";

const refused = Symbol("refused");
const dim = 8;

/** A type, and what it stores of a value: written without the code under test. */
interface Case {
    dataType: string;
    elementType?: string;
    limits?: Partial<Target>;
    /** Values that mostly fit. */
    value: fc.Arbitrary<unknown>;
    model: (value: never) => unknown;
}

const numbers = fc.oneof(
    fc.float({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(NaN, Infinity, -Infinity, 3.5e38, -3.5e38, 1e39, 65519, 65520, -0, 0, 1e-50),
);
const float = (value: unknown) =>
    typeof value === "number" && Number.isFinite(Math.fround(value)) ? Math.fround(value) : refused;
const integer = (bits: number) => (value: unknown) => {
    const digits = typeof value === "string" && /^-?\d+$/.test(value);
    if (!Number.isSafeInteger(value) && typeof value !== "bigint" && !digits) return refused;
    const whole = BigInt(value as number);
    return whole >= -(2n ** BigInt(bits - 1)) && whole < 2n ** BigInt(bits - 1) ? String(whole) : refused;
};
const wellFormed = (value: unknown) =>
    typeof value === "string" && Buffer.from(value).toString() === value ? value : refused;
const vectors = fc.oneof(
    fc.array(numbers, { minLength: dim, maxLength: dim }),
    fc.array(numbers, { minLength: dim - 1, maxLength: dim + 1 }),
    fc.float32Array({ minLength: dim, maxLength: dim }),
);
const listOf = (value: unknown, length = dim): number[] | undefined => {
    const list = value instanceof Float32Array ? Array.from(value) : value;
    return Array.isArray(list) && list.length === length && list.every((one) => typeof one === "number")
        ? list
        : undefined;
};
const shorts = (bytes: Buffer) =>
    Array.from({ length: bytes.length / 2 }, (_, at) => bytes.readUInt16LE(at * 2));

const cases: Case[] = [
    {
        dataType: "Bool",
        value: fc.boolean(),
        model: (v) => (typeof v === "boolean" ? v : refused),
    },
    ...[8, 16, 32, 64].map((bits): Case => ({
        dataType: `Int${bits}`,
        value: fc.oneof(
            fc.maxSafeInteger(),
            fc.integer({ min: -200, max: 200 }),
            fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }),
            fc.constantFrom(1.5, NaN, 2 ** 53, "7", "07.", 128, 127, -129, 32768, 2147483648),
        ),
        model: integer(bits),
    })),
    { dataType: "Float", value: numbers, model: float },
    {
        dataType: "Double",
        value: numbers,
        model: (v) => (Number.isFinite(v) ? v : refused),
    },
    {
        dataType: "VarChar",
        limits: { maxLength: 12 },
        value: fc.oneof(
            anyText({ maxLength: 8 }),
            fc.constantFrom("\ud800", "a\udc00", "😀", "\udc00\ud800", "é".repeat(7)),
        ),
        model: (v) => (Buffer.byteLength(String(v)) > 12 ? refused : wellFormed(v)),
    },
    {
        dataType: "JSON",
        value: fc.oneof(
            fc.jsonValue({ maxDepth: 2 }),
            fc.constantFrom([NaN], { a: { b: -Infinity } }, { a: 1n }, [undefined], new Map([[1, 2]]), {
                a: new Set([1]),
            }),
            fc.constantFrom(Buffer.from('{"a":1}'), Buffer.from("nul"), Buffer.from([0xff]), new Date(0)),
            fc.constantFrom(() => 1, Symbol("a"), new Float32Array(2)),
        ),
        model: (v: unknown) => {
            if (v instanceof Float32Array) return "[0,0]";
            if (Buffer.isBuffer(v)) return v.toString() === '{"a":1}' ? v.toString() : refused;
            return plain(v) ? JSON.stringify(v) : refused;
        },
    },
    {
        dataType: "Array",
        elementType: "Float",
        limits: { maxCapacity: 3 },
        value: fc.oneof(
            fc.array(
                fc.oneof({ weight: 4, arbitrary: numbers }, { weight: 1, arbitrary: fc.constant(null) }),
                {
                    maxLength: 4,
                },
            ),
            fc.float32Array({ maxLength: 3 }),
        ),
        model: (v: number[] | Float32Array) => {
            if (!Array.isArray(v) && !(v instanceof Float32Array)) return refused;
            const list = Array.from(v).map(float);
            return list.includes(refused) || list.length > 3 ? refused : list;
        },
    },
    {
        dataType: "FloatVector",
        value: fc.oneof(vectors, fc.constantFrom(Buffer.alloc(dim * 4), Buffer.alloc(dim * 4, 0xff))),
        model: (v: unknown) => {
            if (Buffer.isBuffer(v)) return v[0] === 0xff ? refused : Array(dim).fill(0);
            const list = listOf(v)?.map(float);
            return !list || list.includes(refused) ? refused : list;
        },
    },
    {
        dataType: "Float16Vector",
        value: fc.oneof(vectors, fc.constantFrom(Buffer.alloc(dim * 2), Buffer.alloc(dim * 2, 0x7c))),
        model: (v: unknown) => {
            if (Buffer.isBuffer(v)) return v[0] === 0x7c ? refused : Array(dim).fill(0);
            const list = listOf(v);
            // The largest half is 65504; 65520 is the first that rounds to infinity. Source: IEEE 754.
            return list?.every((one) => Math.abs(one) < 65520) ? list.map((one) => halfNear(one)) : refused;
        },
    },
    {
        dataType: "BFloat16Vector",
        value: vectors,
        model: (v: unknown) => {
            const list = listOf(v);
            if (!list?.every((one) => Math.abs(one) < 3.3961775292304757e38)) return refused;
            return list.map(bfloatNear);
        },
    },
    {
        dataType: "Int8Vector",
        value: fc.oneof(
            fc.array(fc.integer({ min: -129, max: 128 }), { minLength: dim, maxLength: dim }),
            fc.int8Array({ minLength: dim, maxLength: dim }),
            fc.constantFrom([0.5], Array(dim).fill(NaN)),
        ),
        model: (v: number[]) =>
            v.length === dim &&
            Array.from(v).every((one) => Number.isInteger(one) && one >= -128 && one < 128)
                ? Array.from(v)
                : refused,
    },
    {
        dataType: "BinaryVector",
        value: fc.oneof(
            fc.array(fc.integer({ min: -1, max: 256 }), { minLength: 1, maxLength: 1 }),
            fc.uint8Array({ minLength: 0, maxLength: 2 }),
        ),
        model: (v: number[]) =>
            v.length === 1 && Number.isInteger(v[0]) && v[0]! >= 0 && v[0]! < 256 ? Array.from(v) : refused,
    },
    {
        dataType: "SparseFloatVector",
        value: fc.oneof(
            fc.dictionary(
                fc.oneof(fc.nat().map(String), fc.constantFrom("-1", "1.5", "4294967295", "4294967294", "x")),
                fc.oneof(fc.float({ min: 0, noNaN: true, noDefaultInfinity: true }), numbers),
                { maxKeys: 3 },
            ),
            fc.constantFrom(
                { 1: 2, "1.0": 3 },
                [1],
                7,
                Buffer.alloc(7),
                sparse([
                    [2, 1],
                    [1, 1],
                ]),
            ),
            fc.constantFrom(
                sparse([[1, -1]]),
                sparse([[1, NaN]]),
                sparse([
                    [1, 2],
                    [3, 4],
                ]),
            ),
        ),
        model: (v: unknown) => {
            if (typeof v !== "object" || Array.isArray(v)) return refused;
            const pairs = Buffer.isBuffer(v) ? pairsOf(v) : Object.entries(v as Record<string, number>);
            const weights = pairs.map(([key, weight]) => [Number(key), weight] as const);
            const fits =
                new Set(weights.map(([key]) => key)).size === weights.length &&
                weights.every(
                    ([key, weight]) =>
                        Number.isInteger(key) &&
                        key >= 0 &&
                        key < 4294967295 &&
                        weight >= 0 &&
                        Number.isFinite(Math.fround(weight)),
                );
            const rising = weights.every(([key], at) => at === 0 || key > weights[at - 1]![0]);
            if (!fits || (Buffer.isBuffer(v) && (v.length % 8 > 0 || !rising))) return refused;
            return weights.sort(([a], [b]) => a - b).map(([key, weight]) => [key, Math.fround(weight)]);
        },
    },
];

/** Values of another type, for most types. */
const junk = fc.constantFrom(null, undefined, "x", true, ["x"], [null], { a: true }, Symbol("x"));

describe("a column of computed values", () => {
    for (const one of cases) {
        const { dataType, elementType, limits } = one;
        const target: Target = {
            name: "b",
            dataType,
            nullable: false,
            hasDefault: false,
            dim,
            ...(elementType && { elementType }),
            ...limits,
        };
        // A value of any other type, too.
        const value = fc.oneof({ weight: 8, arbitrary: one.value }, { weight: 1, arbitrary: junk });
        it(`of ${dataType}: stores each value, or reports the first row that the field refuses`, () => {
            fc.assert(
                fc.property(fc.array(value, { minLength: 1, maxLength: 4 }), (values) => {
                    const expected = values.map((each) => modelOf(one, each));
                    const found = columnOr(target, values);
                    const row = expected.indexOf(refused);
                    const missing = values.findIndex((each) => each === null || each === undefined);
                    // What does not fit is found before what is missing.
                    if (row >= 0) expect(found).to.deep.include({ kind: "does-not-fit", column: "b", row });
                    else if (missing >= 0)
                        expect(found).to.deep.include({ kind: "null-refused", row: missing });
                    else expect(found).to.deep.equal(expected);
                }),
                { numRuns: runs(300) },
            );
        });
    }

    it("keeps NULL where the field is nullable", () => {
        const target = { name: "b", dataType: "Int8", nullable: true, hasDefault: false };
        expect(columnOr(target, [1, null, undefined])).to.deep.equal(["1"]);
    });

    it("names the component that does not fit, and never the whole vector", () => {
        const target = { name: "b", dataType: "FloatVector", dim: 3, nullable: false, hasDefault: false };
        expect(
            columnOr(target, [
                [1, 2, 3],
                [1, NaN, 3],
            ]),
        ).to.deep.equal({
            kind: "does-not-fit",
            column: "b",
            row: 1,
            value: "a list of 3",
            wanted: "finite components in the range of the type, and component 1 is NaN",
        });
    });

    it("refuses JSON that the server does not store", () => {
        const target = { name: "b", dataType: "JSON", nullable: false, hasDefault: false } as const;
        expect(columnOr({ ...target, json: "objects and lists" }, [{}, [], "{}"])).to.deep.include({
            row: 2,
        });
        expect(columnOr({ ...target, json: "objects" }, [{}, []])).to.deep.include({ row: 1 });
    });
});

/** A value of another type is refused, NULL is left out. */
function modelOf({ model, dataType }: Case, value: unknown): unknown {
    if (value === null || value === undefined) return null;
    try {
        return model(value as never);
    } catch {
        // The model is written for values of its type.
        return dataType === "JSON" ? undefined : refused;
    }
}

/** The stored values as protobufjs decodes them, or the problem. */
function columnOr(target: Target, values: readonly unknown[]): unknown {
    let column;
    try {
        column = columnOfValues(target, values);
    } catch (error) {
        if (error instanceof WireError) return error.problem;
        throw error;
    }
    const request = insertRequest({ dbName: "", collectionName: "c" }, [column], values.length);
    const { fields_data } = decode(types.insertRequest, request) as {
        fields_data: { scalars?: Record<string, { data?: unknown[] }>; vectors?: Record<string, unknown> }[];
    };
    const { scalars, vectors } = fields_data[0]!;
    if (vectors) return storedVectors(target.dataType, vectors);
    const [stored] = Object.values(scalars!);
    return (stored?.data ?? []).map((value) => storedScalar(target.dataType, value));
}

function storedScalar(dataType: string, value: unknown): unknown {
    if (dataType.startsWith("Int")) return String(value);
    if (dataType === "JSON") return (value as Buffer).toString();
    if (dataType === "Array") return (Object.values(value as object)[0] as { data?: unknown[] }).data ?? [];
    return value;
}

function storedVectors(dataType: string, vectors: Record<string, unknown>): unknown[] {
    const { float_vector: floats, sparse_float_vector: sparses } = vectors as {
        float_vector?: { data: number[] };
        sparse_float_vector?: { contents: Buffer[] };
    };
    if (sparses) return sparses.contents.map(pairsOf);
    const bytes = (vectors[snake[dataType]!] ?? Buffer.alloc(0)) as Buffer;
    const components: number[] = {
        FloatVector: () => floats!.data,
        Float16Vector: () => shorts(bytes).map(halfValue),
        BFloat16Vector: () => shorts(bytes).map(bfloatValue),
        Int8Vector: () => Array.from(new Int8Array(bytes)),
        BinaryVector: () => Array.from(bytes),
    }[dataType]!();
    const size = dataType === "BinaryVector" ? dim / 8 : dim;
    return Array.from({ length: components.length / size }, (_, at) =>
        components.slice(at * size, (at + 1) * size),
    );
}

const snake: Record<string, string> = {
    Float16Vector: "float16_vector",
    BFloat16Vector: "bfloat16_vector",
    Int8Vector: "int8_vector",
    BinaryVector: "binary_vector",
};

function pairsOf(bytes: Buffer): [number, number][] {
    return Array.from({ length: Math.floor(bytes.length / 8) }, (_, at) => [
        bytes.readUInt32LE(at * 8),
        bytes.readFloatLE(at * 8 + 4),
    ]);
}

function sparse(pairs: [number, number][]): Buffer {
    const bytes = Buffer.alloc(pairs.length * 8);
    pairs.forEach(([index, weight], at) => {
        bytes.writeUInt32LE(index, at * 8);
        bytes.writeFloatLE(weight, at * 8 + 4);
    });
    return bytes;
}

/** Whether JSON holds the value as it is. */
function plain(value: unknown): boolean {
    if (value === null || ["string", "boolean"].includes(typeof value)) return true;
    if (typeof value === "number") return Number.isFinite(value);
    if (value instanceof Date) return true;
    if (Array.isArray(value)) return value.every(plain);
    return (
        typeof value === "object" &&
        [Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null) &&
        Object.values(value).every((one) => one === undefined || plain(one))
    );
}

/** The nearest half, found among all of them. */
function halfNear(value: number): number {
    const all = halves.filter(({ half }) => Math.sign(half) === Math.sign(value) || half === 0);
    let best = all[0]!;
    for (const one of all) {
        const [near, nearest] = [Math.abs(one.half - value), Math.abs(best.half - value)];
        if (near < nearest || (near === nearest && one.bits % 2 === 0)) best = one;
    }
    return Object.is(value, -0) || (best.half === 0 && value < 0) ? -Math.abs(best.half) : best.half;
}

const halves = Array.from({ length: 0x10000 }, (_, bits) => ({ bits, half: halfValue(bits) })).filter(
    ({ half, bits }) => Number.isFinite(half) && bits !== 0x8000,
);

/** Source: a bfloat16 is the upper half of a float32, rounded to the nearest, ties to even. */
function bfloatNear(value: number): number {
    const bytes = Buffer.alloc(4);
    bytes.writeFloatBE(value);
    const bits = bytes.readUInt32BE();
    const [low, rest] = [bits - (bits % 0x10000), bits % 0x10000];
    const up = rest > 0x8000 || (rest === 0x8000 && (low / 0x10000) % 2 === 1);
    bytes.writeUInt32BE(up ? low + 0x10000 : low);
    return bytes.readFloatBE();
}
