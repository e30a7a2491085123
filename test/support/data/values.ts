import type { FieldArguments } from "./field";
import type { Random } from "./random";

/** A value as the protocol represents it: int64 as text, byte vectors as bytes; null is NULL. */
export type Value = string | number | boolean | Buffer | number[] | Value[] | null;

const texts = [
    "",
    " ",
    'a "quoted" word',
    "it's",
    "back\\slash\\",
    "line\nbreak\r\n\ttab",
    "Grüße, 世界 🌍",
    "e\u0301 is not \u00e9",
    "\u202eright to left",
    "nul\u0000inside",
    "{}",
    "null",
];
/** Only objects: milvus-lite 3.2.2 stores no other JSON. */
const jsons = [
    "{}",
    '{"list":[],"null":null,"true":true,"text":"text"}',
    '{"numbers":[0,-1.5e300,9007199254740993,1e-7,0.1]}',
    '{"big":9223372036854775807,"small":-9223372036854775808}',
    '{"a":{"b":[1,2,{"c":null}]},"":"empty key"}',
    '{"unicode":"世界 🌍","escaped":"\\"\\\\\\n"}',
];
const floats = [
    0,
    -0,
    1,
    -1,
    Math.fround(0.1),
    1.401298464324817e-45,
    3.4028234663852886e38,
    1.1754943508222875e-38,
];
const doubles = [0, -0, 0.1, 1 / 3, 5e-324, Number.MAX_VALUE, -Number.MAX_VALUE, 2 ** 53 + 2];
const int64s = [-(2n ** 63n), 2n ** 63n - 1n, 0n, -1n, 2n ** 53n + 1n, -(2n ** 53n) - 1n].map(String);

/** A value of a field: sometimes one that breaks careless code, otherwise any. */
export function randomValue(field: FieldArguments, random: Random): Value {
    if (field.nullable && random.below(4) === 0) return null;
    const any = makers[field.dataType as keyof typeof makers] as Maker | undefined;
    if (!any) throw new Error(`the test data have no values of ${field.dataType}`);
    return any(random, field);
}

type Maker = (random: Random, field: FieldArguments) => Value;

const makers = {
    Bool: (random) => random.below(2) === 1,
    Int8: (random) => random.pick([-128, 127, random.below(256) - 128]),
    Int16: (random) => random.pick([-32_768, 32_767, random.below(65_536) - 32_768]),
    Int32: (random) => random.pick([-(2 ** 31), 2 ** 31 - 1, random.bits() | 0]),
    Int64: (random) => random.pick([random.pick(int64s), String(random.int64())]),
    Float: (random) => random.pick([random.pick(floats), finiteFloat(random)]),
    Double: (random) => random.pick([random.pick(doubles), (random.bits() - 2 ** 31) / 3]),
    VarChar: (random, { maxLength = 65_535 }) => text(random, maxLength),
    JSON: (random, { name }) => Buffer.from(name === "$meta" ? dynamicValue(random) : random.pick(jsons)),
    Geometry: (random) => `POINT (${random.below(180)} ${random.below(90)})`,
    Timestamptz: (random) => new Date(random.below(2 ** 31) * 1000).toISOString().replace(".000Z", "Z"),
    Array: (random, { elementType, maxLength, maxCapacity = 4 }) =>
        Array.from({ length: random.below(maxCapacity + 1) }, () =>
            randomValue({ name: "", dataType: elementType as FieldArguments["dataType"], maxLength }, random),
        ),
    FloatVector: (random, { dim = 0 }) => Array.from({ length: dim }, () => finiteFloat(random)),
    Float16Vector: (random, { dim = 0 }) => finiteHalves(random.bytes(dim * 2)),
    BFloat16Vector: (random, { dim = 0 }) => finiteHalves(random.bytes(dim * 2)),
    BinaryVector: (random, { dim = 0 }) => random.bytes(dim / 8),
    SparseFloatVector: (random) => sparse(random),
} satisfies Partial<Record<FieldArguments["dataType"], Maker>>;

function text(random: Random, maxLength: number): string {
    const value = random.pick([random.pick(texts), `text ${random.bits().toString(36)}`]);
    return Buffer.byteLength(value) <= maxLength ? value : value.slice(0, Math.floor(maxLength / 4));
}

function dynamicValue(random: Random): string {
    return random.pick([
        "{}",
        `{"user":"u${random.below(9)}","rank":${random.below(1000) / 8}}`,
        '{"nested":{"list":[1,"zwei",null]},"big":9007199254740993}',
        '{"Größe":"ключ","":0}',
    ]);
}

/** Any float32 except infinities and NaN, which servers reject: the highest bit of the exponent stays 0. */
function finiteFloat(random: Random): number {
    const bytes = random.bytes(4);
    bytes[3]! &= 0xbf;
    return bytes.readFloatLE();
}

/** The same for 16 bits: in both formats it is bit 6 of the second byte. */
function finiteHalves(bytes: Buffer): Buffer {
    for (let at = 1; at < bytes.length; at += 2) bytes[at]! &= 0xbf;
    return bytes;
}

/** Pairs of index (uint32) and weight (float32), ascending, as Milvus stores them. */
function sparse(random: Random): Buffer {
    const positions = [
        ...new Set(Array.from({ length: 1 + random.below(5) }, () => random.below(100_000))),
    ].sort((a, b) => a - b);
    const bytes = Buffer.alloc(positions.length * 8);
    positions.forEach((position, at) => {
        bytes.writeUInt32LE(position, at * 8);
        bytes.writeFloatLE((1 + random.below(1000)) / 7, at * 8 + 4);
    });
    return bytes;
}
