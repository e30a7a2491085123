import { delimitedField, varints } from "../encoding/emit";
import { Misfit } from "../error";
import { bfloatBits, halfBits } from "../encoding/float";
import { dataTypes, fieldData } from "../column/members";
import { join } from "../encoding/scan";
import { encodeVarint } from "../encoding/varint64";

/** A value as JSON represents it; an Int64 beyond 2^53 is a bigint or a string of digits; bytes stay as they are. */
export type WireValue =
    null | boolean | number | bigint | string | Uint8Array | WireValue[] | { [key: string]: WireValue };

/** The type that a value is encoded for. */
export interface ValueType {
    dataType: string;
    elementType?: string;
    dim?: number;
}

type Encode = (value: WireValue, type: ValueType) => Uint8Array;

/** Encodes one value for the body of a column, items without tag and length; throws a Misfit. */
export const encodeCell: Partial<Record<string, Encode>> = {
    Bool: (value) => Uint8Array.of(need(typeof value === "boolean", "true or false") && value ? 1 : 0),
    Int8: integer(8),
    Int16: integer(16),
    Int32: integer(32),
    Int64: integer(64),
    Float: (value) => floats([value], 4),
    Double: (value) => floats([value], 8),
    VarChar: text,
    Geometry: text,
    Timestamptz: text,
    JSON: (value) => (value instanceof Uint8Array ? value : Buffer.from(JSON.stringify(value), "utf8")),
    Array: array,
    FloatVector: (value, { dim }) => whole(value, 4, dim) ?? floats(list(value, dim), 4),
    Float16Vector: (value, { dim }) => whole(value, 2, dim) ?? halves(list(value, dim), halfBits),
    BFloat16Vector: (value, { dim }) => whole(value, 2, dim) ?? halves(list(value, dim), bfloatBits),
    Int8Vector: (value, { dim }) => bytes(value, dim ?? 0, -128, 127),
    BinaryVector: (value, { dim }) => bytes(value, (dim ?? 0) / 8, 0, 255),
    SparseFloatVector: sparse,
};

function need(fits: boolean, wanted: string): true {
    if (!fits) throw new Misfit(wanted);
    return true;
}

function integer(bits: number): Encode {
    return (value) => {
        const digits = typeof value === "string" && /^-?\d+$/.test(value);
        need(Number.isSafeInteger(value) || typeof value === "bigint" || digits, "a whole number");
        const whole = BigInt(value as number | bigint | string);
        need(BigInt.asIntN(bits, whole) === whole, `a whole number of ${String(bits)} bits`);
        return encodeVarint(whole);
    };
}

/** A surrogate without its pair has no UTF-8: it would be written as another character. */
const halfCharacter = /\p{Surrogate}/u;

function text(value: WireValue): Uint8Array {
    if (typeof value !== "string") throw new Misfit("a string");
    need(!halfCharacter.test(value), "text without half a character (a single surrogate)");
    return Buffer.from(value, "utf8");
}

function list(value: WireValue, length: number | undefined): WireValue[] {
    if (!Array.isArray(value)) throw new Misfit("a list");
    need(value.length === length, `a list of ${String(length)} numbers`);
    return value;
}

function number(value: WireValue): number {
    if (typeof value !== "number") throw new Misfit("a number");
    return value;
}

function floats(values: WireValue[], width: 4 | 8): Uint8Array {
    const view = new DataView(new ArrayBuffer(values.length * width));
    values.forEach((value, i) => {
        if (width === 4) view.setFloat32(i * 4, number(value), true);
        else view.setFloat64(i * 8, number(value), true);
    });
    return new Uint8Array(view.buffer);
}

function halves(values: WireValue[], bits: (value: number) => number): Uint8Array {
    const view = new DataView(new ArrayBuffer(values.length * 2));
    values.forEach((value, i) => {
        view.setUint16(i * 2, bits(number(value)), true);
    });
    return new Uint8Array(view.buffer);
}

/** A vector that is already encoded as bytes. */
function whole(value: WireValue, width: number, dim = 0): Uint8Array | undefined {
    if (!(value instanceof Uint8Array)) return undefined;
    need(value.length === dim * width, `${String(dim * width)} bytes`);
    return value;
}

function bytes(value: WireValue, length: number, least: number, most: number): Uint8Array {
    return (
        whole(value, 1, length) ??
        Uint8Array.from(list(value, length), (one) => {
            const byte = number(one);
            need(Number.isInteger(byte) && byte >= least && byte <= most, "a byte");
            return byte;
        })
    );
}

/** Pairs of index (uint32) and value (float32), sorted by index (Milvus docs, "Sparse Vector"). */
function sparse(value: WireValue): Uint8Array {
    if (value instanceof Uint8Array) return value;
    if (typeof value !== "object" || value === null || Array.isArray(value))
        throw new Misfit("indexes with their values");
    const pairs = Object.entries(value).sort(([a], [b]) => Number(a) - Number(b));
    const view = new DataView(new ArrayBuffer(pairs.length * 8));
    pairs.forEach(([key, one], i) => {
        const index = Number(key);
        need(Number.isInteger(index) && index >= 0 && index < 2 ** 32 - 1, "indexes below 2^32 - 1");
        view.setUint32(i * 8, index, true);
        view.setFloat32(i * 8 + 4, number(one), true);
    });
    return new Uint8Array(view.buffer);
}

/** A `ScalarField` with the elements. An empty array needs its member too, or Milvus 2.3 crashes. */
function array(value: WireValue, { elementType = "" }: ValueType): Uint8Array {
    const element = dataTypes[elementType];
    const encode = encodeCell[elementType];
    if (!Array.isArray(value)) throw new Misfit("a list");
    if (!element || !encode || element.wrapper !== fieldData.scalars)
        throw new Misfit(`an element type, not ${elementType},`);
    const cells = value.map((one) => encode(one, { dataType: elementType }));
    const content = isItem(elementType)
        ? cells.flatMap((one) => delimitedField(1, [one]))
        : delimitedField(1, cells);
    return join(delimitedField(element.member, cells.length > 0 ? content : []));
}

/** True for a type whose values are stored separately, each with a tag and a length. */
export function isItem(dataType: string): boolean {
    return ["VarChar", "Geometry", "Timestamptz", "JSON", "Array", "SparseFloatVector"].includes(dataType);
}

/** The element type of an array column: field 2 of `ArrayArray`. */
export function elementTypeField(elementType: string | undefined): Uint8Array[] {
    const code = dataTypes[elementType ?? ""]?.code;
    return code === undefined ? [] : [varints(2 * 8, code)];
}
