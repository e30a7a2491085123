import { compareKeys, type Key } from "../../wire";

/** The keys greater than `after` and not greater than `upTo`; a missing bound is open. */
export interface Bounds {
    after?: Key;
    upTo?: Key;
}

const SMALLEST = -(2n ** 63n);
const LARGEST = 2n ** 63n - 1n;
/** The code points that a string may hold; the surrogates between the two planes are not among them. */
const FIRST_SURROGATE = 0xd800;
const SURROGATES = 0x800;
const LETTERS = 0x110000 - SURROGATES;

/**
 * A key about halfway between the bounds, in the order of the server; undefined if there is none. No row needs to have
 * it.
 */
export function middle(bounds: Bounds, dataType: "Int64" | "VarChar"): Key | undefined {
    const key = dataType === "Int64" ? middleNumber(bounds) : middleText(bounds);
    const { after, upTo } = bounds;
    if (after !== undefined && compareKeys(key, after) <= 0) return undefined;
    if (upTo !== undefined && compareKeys(key, upTo) >= 0) return undefined;
    return key;
}

function middleNumber({ after, upTo }: Bounds): bigint {
    const low = (after as bigint | undefined) ?? SMALLEST;
    const high = (upTo as bigint | undefined) ?? LARGEST;
    return (low + high) >> 1n;
}

/** Reads texts as fractions with one digit per letter. Two digits more than their common prefix are precise enough. */
function middleText({ after, upTo }: Bounds): string {
    const low = digits((after as string | undefined) ?? "");
    const high = upTo === undefined ? [LETTERS - 1] : digits(upTo as string);
    const length = common(low, high) + 3;
    const sum = new Array<number>(length);
    let carry = 0;
    for (let place = length - 1; place >= 0; place--) {
        const digit = (low[place] ?? 0) + (high[place] ?? 0) + carry;
        carry = digit >= LETTERS ? 1 : 0;
        sum[place] = digit - carry * LETTERS;
    }
    const half = sum.map((digit) => {
        const whole = digit + carry * LETTERS;
        carry = whole & 1;
        return whole >> 1;
    });
    while (half.at(-1) === 0) half.pop();
    return String.fromCodePoint(...half.map(letter));
}

function common(a: readonly number[], b: readonly number[]): number {
    let place = 0;
    while (place < a.length && a[place] === b[place]) place++;
    return place;
}

/** A filter of milvus-lite before 3 cannot express a line break; its neighbour replaces it. */
function letter(digit: number): number {
    const point = digit < FIRST_SURROGATE ? digit : digit + SURROGATES;
    return point === 0x0d || point === 0x0a ? 0x0e : point;
}

function digits(text: string): number[] {
    return Array.from(text, (one) => {
        const point = one.codePointAt(0)!;
        return point < FIRST_SURROGATE ? point : point - SURROGATES;
    });
}
