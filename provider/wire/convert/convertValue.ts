import type { ValueType, WireValue } from "../cell/cell";
import { doubleText, floatText, readReal } from "../encoding/decimal";
import { convertDense, isDense } from "./dense";
import { Misfit } from "../error";
import { jsonReader, readJson } from "./fromJson";
import { jsonText } from "./jsonText";
import { wholeValue } from "../json/scan";

/** Converts one value, never NULL, to the target's type; null if JSON's null becomes NULL. @throws Misfit */
export type ConvertValue = (value: WireValue) => WireValue;

/** The first bytes of a JSON object and of a JSON list. */
const [OBJECT, LIST] = [0x7b, 0x5b];

type Family = "bool" | "whole" | "real" | "text" | "opaque" | "json" | "array" | "dense";
type Make = (from: ValueType, to: ValueType, lossy: boolean) => ConvertValue | undefined;

const families: Partial<Record<string, Family>> = {
    Bool: "bool",
    Int8: "whole",
    Int16: "whole",
    Int32: "whole",
    Int64: "whole",
    Float: "real",
    Double: "real",
    VarChar: "text",
    // Only the server knows the meaning of this text.
    Geometry: "opaque",
    Timestamptz: "opaque",
    JSON: "json",
    Array: "array",
};

/** The conversion of values of one type to another; undefined if there is none. The encoder decides what fits. */
export function valueConverter(from: ValueType, to: ValueType, lossy: boolean): ConvertValue | undefined {
    const [source, target] = [familyOf(from), familyOf(to)];
    return source && target && table[source][target]?.(from, to, lossy);
}

function familyOf({ dataType }: ValueType): Family | undefined {
    return isDense(dataType) ? "dense" : families[dataType];
}

const same: Make = () => (value) => value;
const text: Make = () => (value) => (value as boolean | number | bigint).toString();
const json: Make = (from) => (value) => Buffer.from(jsonText(value, from), "utf8");
const fromJson: Make = (_, to) => {
    const read = jsonReader(to);
    return read && ((value) => readJson(value as Uint8Array, read));
};
/** An object or a list becomes its JSON text, a JSON string its characters. A number is no text: 7 and "7" stay apart. */
const jsonToText: Make = (from, to, lossy) => {
    const read = fromJson(from, to, lossy)!;
    return (value) => {
        const bytes = value as Uint8Array;
        const first = bytes.find((byte) => byte > 0x20);
        if (first !== OBJECT && first !== LIST) return read(value);
        const { from: begin, to: end } = wholeValue(bytes);
        return Buffer.from(bytes.subarray(begin, end)).toString("utf8");
    };
};
const one: Make = (from, to, lossy) => {
    const convert = valueConverter(from, { dataType: to.elementType ?? "" }, lossy);
    return convert && ((value) => [convert(value)]);
};

const table: Record<Family, Partial<Record<Family, Make>>> = {
    bool: { bool: same, text, json, array: one },
    whole: { whole: same, real: (_, to) => (value) => toReal(value, to), text, json, array: one },
    real: {
        whole: () => toWhole,
        real: (_, to, lossy) => (value) => narrow(value as number, to, lossy),
        text: (from) => (value) => (from.dataType === "Float" ? floatText : doubleText)(value as number),
        json,
        array: one,
    },
    text: {
        bool: () => readBool,
        whole: () => readInteger,
        real: (_, to) => (value) => readReal(value as string, to.dataType as "Float" | "Double"),
        text: same,
        json: () => parseJson,
        array: one,
    },
    opaque: { text: same, json },
    json: {
        bool: fromJson,
        whole: fromJson,
        real: fromJson,
        text: jsonToText,
        json: same,
        array: fromJson,
    },
    array: {
        json,
        array: (from, to, lossy) => {
            const [source, target] = [
                { dataType: from.elementType ?? "" },
                { dataType: to.elementType ?? "" },
            ];
            const convert = valueConverter(source, target, lossy);
            return convert && ((value) => (value as WireValue[]).map(convert));
        },
    },
    dense: {
        dense: (from, to, lossy) => (value) =>
            convertDense(value as Uint8Array, from.dataType, to.dataType, lossy),
    },
};

function toReal(value: WireValue, { dataType }: ValueType): number {
    const real = dataType === "Float" ? Math.fround(Number(value)) : Number(value);
    if (BigInt(real) !== BigInt(value as number | bigint))
        throw new Misfit(`a whole number that ${dataType} holds exactly`);
    return real;
}

function toWhole(value: WireValue): bigint {
    if (!Number.isInteger(value)) throw new Misfit("a whole number");
    return BigInt(value as number);
}

function narrow(value: number, { dataType }: ValueType, lossy: boolean): number {
    const real = dataType === "Float" ? Math.fround(value) : value;
    if (Object.is(real, value)) return real;
    if (!lossy) throw new Misfit("a number that Float holds exactly");
    if (!Number.isFinite(real)) throw new Misfit("a number in the range of Float");
    return real;
}

function readBool(value: WireValue): boolean {
    if (value !== "true" && value !== "false") throw new Misfit(`"true" or "false"`);
    return value === "true";
}

/** "007" and "+7" are not the canonical text of 7: reading them as 7 would lose how they were written. */
function readInteger(value: WireValue): bigint {
    if (!/^(0|-?[1-9]\d{0,18})$/.test(value as string)) throw new Misfit("a whole number in digits");
    return BigInt(value as string);
}

function parseJson(value: WireValue): Uint8Array {
    let parsed: unknown;
    try {
        parsed = JSON.parse(value as string);
    } catch {
        throw new Misfit("JSON");
    }
    // A server that parses JSON makes such a number infinite, and writes it back as no JSON (milvus-lite 3, measured).
    if (hugeNumber.test(value as string) && isBeyondDouble(parsed))
        throw new Misfit("JSON with numbers in the range of Double");
    return Buffer.from(value as string, "utf8");
}

/** Text that may hold a number beyond the range of Double: an exponent of three digits, or more than 300 digits. */
const hugeNumber = /[eE]\+?\d{3}|\d{300}/;

function isBeyondDouble(value: unknown): boolean {
    if (typeof value === "number") return !Number.isFinite(value);
    return typeof value === "object" && value !== null && Object.values(value).some(isBeyondDouble);
}
