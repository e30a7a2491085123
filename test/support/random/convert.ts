import { elementOf, halfBits, type Half, type Type, type Value } from "./cells";
import { decimal, isNumber, type Json, readJson } from "./json";

/** A value without a counterpart in the target: such a row stops the migration. */
export class Unfit extends Error {}

type Convert = (value: Exclude<Value, null>) => Value;

const ranges: Partial<Record<Type["dataType"], [bigint, bigint]>> = {
    Int8: [-(2n ** 7n), 2n ** 7n - 1n],
    Int16: [-(2n ** 15n), 2n ** 15n - 1n],
    Int32: [-(2n ** 31n), 2n ** 31n - 1n],
    Int64: [-(2n ** 63n), 2n ** 63n - 1n],
};
const isWhole = ({ dataType }: Type) => dataType in ranges;
const isReal = ({ dataType }: Type) => dataType === "Float" || dataType === "Double";
const isText = ({ dataType }: Type) => dataType === "VarChar";
const isHalf = ({ dataType }: Type) => dataType === "Float16Vector" || dataType === "BFloat16Vector";
const isServers = ({ dataType }: Type) => dataType === "Geometry" || dataType === "Timestamptz";

/** Whether a conversion between the types can lose digits. */
export function isLossy(from: Type, to: Type): boolean {
    if (to.dataType === "Array")
        return isLossy(from.dataType === "Array" ? elementOf(from) : from, elementOf(to));
    if (from.dataType === "Double" && to.dataType === "Float") return true;
    return isHalf(to) && from.dataType !== to.dataType;
}

export function isSame(from: Type, to: Type): boolean {
    return from.dataType === to.dataType && from.elementType === to.elementType && from.dim === to.dim;
}

/** The documented conversion of a value to another type; undefined if there is none. */
export function converter(from: Type, to: Type): Convert | undefined {
    if (to.dataType === "JSON")
        return (value) => (isText(from) ? parsed(value as string) : toJson(value, from));
    if (to.dataType === "Array") return toArray(from, to);
    if (from.dataType === "JSON") return isServers(to) ? undefined : (value) => fromJson(value as Json, to);
    if (from.dataType === "Bool" && to.dataType === "Bool") return (value) => value;
    if (isText(to)) {
        if (isServers(from) || isText(from)) return (value) => within(value as string, to);
        if (isWhole(from) || isReal(from) || from.dataType === "Bool")
            return (value) =>
                within(isReal(from) ? digits(value as number, from) : `${value as bigint | boolean}`, to);
    }
    if (isWhole(to)) {
        if (isWhole(from)) return (value) => ranged(value as bigint, to);
        if (isReal(from)) return (value) => ranged(wholeOf(value as number), to);
        if (isText(from)) return (value) => ranged(wholeText(value as string), to);
    }
    if (isReal(to)) {
        if (isWhole(from)) return (value) => exactly(value as bigint, to);
        if (isReal(from)) return (value) => narrowed(value as number, to);
        if (isText(from)) return (value) => realText(value as string, to);
    }
    if (to.dataType === "Bool" && isText(from)) return (value) => boolText(value as string);
    if (from.dim === to.dim && (from.dataType === "FloatVector" || isHalf(from))) {
        if (to.dataType === "FloatVector") return (value) => value;
        if (isHalf(to)) return (value) => (value as number[]).map((one) => rounded(one, to.dataType as Half));
    }
    return undefined;
}

function toArray(from: Type, to: Type): Convert | undefined {
    const to1 = elementOf(to);
    const capped = (values: Value[]): Value[] => {
        if (values.length > (to.maxCapacity ?? Infinity)) throw new Unfit("too many elements");
        return values;
    };
    if (from.dataType === "JSON")
        return (value) => {
            if (!Array.isArray(value)) throw new Unfit("no list");
            return capped(
                value.map((one) => (one === null ? unfit("null in a list") : fromJson(one as Json, to1))),
            );
        };
    if (isServers(from)) return undefined;
    const from1 = from.dataType === "Array" ? elementOf(from) : from;
    const convert = isSame(from1, to1) ? (value: Value) => limited(value, to1) : converter(from1, to1);
    if (!convert) return undefined;
    return from.dataType === "Array"
        ? (value) => capped((value as Exclude<Value, null>[]).map(convert))
        : (value) => capped([convert(value)]);
}

/** An unchanged value, checked against the limits of its field. */
export function limited(value: Value, type: Type): Value {
    if (typeof value === "string" && isText(type)) return within(value, type);
    if (Array.isArray(value) && type.dataType === "Array") {
        if (value.length > (type.maxCapacity ?? Infinity)) throw new Unfit("too many elements");
        return value.map((one) => limited(one, elementOf(type)));
    }
    return value;
}

/** A value as JSON: numbers with the fewest digits that identify them. @throws Unfit for a value that JSON cannot hold */
export function toJson(value: Exclude<Value, null>, type: Type): Json {
    if (type.dataType === "JSON") return value as Json;
    if (Array.isArray(value))
        return (value as Exclude<Value, null>[]).map((one) => toJson(one, elementOf(type)));
    if (typeof value === "bigint") return { digits: String(value) };
    if (typeof value === "number")
        return Number.isFinite(value) ? { digits: digits(value, type) } : unfit("not a JSON number");
    return value;
}

/** A JSON value as one of the type; the caller handles JSON's null. */
export function fromJson(value: Json, to: Type): Value {
    if (to.dataType === "JSON") return value;
    if (to.dataType === "Array") return toArray({ dataType: "JSON" }, to)!(value as Exclude<Value, null>);
    if (to.dataType === "Bool") return typeof value === "boolean" ? value : unfit("no Bool");
    if (isText(to)) return typeof value === "string" ? within(value, to) : unfit("no text");
    if (!isNumber(value)) throw new Unfit("no number");
    if (isReal(to)) return realText(value.digits, to);
    const [, sign, kept, power] = /^(-?)(\d+)(?:e(-?\d+))?$/.exec(decimal(value.digits))!;
    if (Number(power ?? 0) < 0 || Number(power ?? 0) > 20) throw new Unfit("not a whole number");
    return ranged(BigInt(`${sign!}${kept!}${"0".repeat(Number(power ?? 0))}`), to);
}

function within(text: string, { maxLength = 65_535 }: Type): string {
    return Buffer.byteLength(text) <= maxLength ? text : unfit("too long");
}

function ranged(value: bigint, { dataType }: Type): bigint {
    const [least, most] = ranges[dataType]!;
    return value >= least && value <= most ? value : unfit("out of range");
}

function wholeOf(value: number): bigint {
    return Number.isInteger(value) ? BigInt(value) : unfit("a fraction");
}

function wholeText(text: string): bigint {
    return /^(0|-?[1-9]\d*)$/.test(text) ? BigInt(text) : unfit("not a whole number");
}

function exactly(value: bigint, to: Type): number {
    const real = fitted(Number(value), to);
    return BigInt(real) === value ? real : unfit("more digits than the type holds");
}

function narrowed(value: number, to: Type): number {
    const real = fitted(value, to);
    return Number.isFinite(value) && !Number.isFinite(real) ? unfit("out of range") : real;
}

/** A text is a number of the type if that number, written in the fewest digits, is the same. */
function realText(text: string, to: Type): number {
    if (!/^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/.test(text)) throw new Unfit("no number");
    const real = fitted(Number(text), to);
    if (!Number.isFinite(real)) throw new Unfit("out of range");
    return decimal(digits(real, to)) === decimal(text) ? real : unfit("more digits than the type holds");
}

function boolText(text: string): boolean {
    return text === "true" || text === "false" ? text === "true" : unfit("no Bool");
}

function parsed(text: string): Json {
    try {
        return readJson(text);
    } catch {
        return unfit("no JSON");
    }
}

function rounded(value: number, type: Half): number {
    return halfBits(value, type) === undefined ? unfit("out of range") : value;
}

const fitted = (value: number, { dataType }: Type) => (dataType === "Float" ? Math.fround(value) : value);

/** The fewest digits that identify a float. */
function digits(value: number, { dataType }: Type): string {
    if (Object.is(value, -0)) return "-0";
    const wanted = Array.from({ length: 9 }, (_, at) => Number(value.toPrecision(at + 1)));
    const shortest = dataType === "Float" ? wanted.find((one) => Math.fround(one) === value) : undefined;
    return String(shortest ?? value);
}

function unfit(why: string): never {
    throw new Unfit(why);
}
