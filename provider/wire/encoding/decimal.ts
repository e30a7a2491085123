import { Misfit } from "../error";

/** A decimal number in a canonical form; zero has no digits. */
interface Decimal {
    negative: boolean;
    /** Without leading and trailing zeros. */
    digits: string;
    /** The power of ten of the last digit. */
    exponent: number;
}

/** JSON's grammar of a number; a VarChar holds numbers in the same form. */
const grammar = /^(-?)(0|[1-9]\d*)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Digits that identify every value of the type; other writers print this many. */
const precision = { Float: 9, Double: 17 };

/**
 * The shortest text that parses to this Double and no other; beyond 2^53 with an exponent, because it is not an
 * integer.
 */
export function doubleText(value: number): string {
    if (Object.is(value, -0)) return "-0";
    return Number.isInteger(value) && Math.abs(value) >= 2 ** 53 ? value.toExponential() : String(value);
}

/** The shortest text that parses to this Float and no other: 0.1, not the 0.10000000149011612 that it is as a Double. */
export function floatText(value: number): string {
    for (let digits = 1; digits <= precision.Float; digits++) {
        const shorter = Number(value.toPrecision(digits));
        if (Object.is(Math.fround(shorter), value)) return doubleText(shorter);
    }
    return doubleText(value);
}

/** Parses a number. @throws Misfit if the type would lose digits: "0.1" is a Float, "16777217" is not. */
export function readReal(text: string, type: "Float" | "Double"): number {
    const decimal = parse(text);
    if (!decimal) throw new Misfit("a decimal number");
    const value = type === "Float" ? Math.fround(Number(text)) : Number(text);
    if (!Number.isFinite(value)) throw new Misfit(`a number in the range of ${type}`);
    const shortest = type === "Float" ? floatText(value) : doubleText(value);
    const prints = same(decimal, parse(shortest)) || same(decimal, parse(value.toPrecision(precision[type])));
    if (!prints) throw new Misfit(`a number that ${type} holds with all its digits`);
    return value;
}

/** Parses a whole number in JSON: 3, 3.0 and 3e0 are equal. @throws Misfit for a fraction, and beyond 64 bits. */
export function readWhole(text: string): bigint {
    const decimal = parse(text);
    if (!decimal || decimal.exponent < 0) throw new Misfit("a whole number");
    if (decimal.digits.length + decimal.exponent > 19) throw new Misfit("a whole number of 64 bits");
    const size = BigInt(decimal.digits + "0".repeat(decimal.exponent));
    return decimal.negative ? -size : size;
}

function parse(text: string): Decimal | undefined {
    const match = grammar.exec(text);
    if (!match) return undefined;
    const [, sign, whole = "", fraction = "", power = "0"] = match;
    const all = whole + fraction;
    let from = 0;
    let to = all.length;
    while (from < to && all[from] === "0") from++;
    while (to > from && all[to - 1] === "0") to--;
    const digits = all.slice(from, to);
    const exponent = digits === "" ? 0 : Number(power) + whole.length - to;
    return { negative: sign === "-", digits, exponent };
}

function same(a: Decimal, b: Decimal | undefined): boolean {
    return a.negative === b?.negative && a.digits === b.digits && a.exponent === b.exponent;
}
