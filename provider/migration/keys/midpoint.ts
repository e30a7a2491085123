import { compareKeys, type Key } from "../../wire";

/** Keys greater than `after` and not greater than `upTo`; a missing bound is open. */
export interface Bounds {
    after?: Key;
    upTo?: Key;
}

const SMALLEST = -(2n ** 63n);
const LARGEST = 2n ** 63n - 1n;
/** Code points that a string may hold: surrogates stand between the two planes and are none. */
const FIRST_SURROGATE = 0xd800;
const SURROGATES = 0x800;
const LETTERS = 0x110000 - SURROGATES;

/**
 * A key about halfway between the bounds, in the order of the server; undefined where none lies between. It need not
 * be the key of a row.
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

/** Texts are read as fractions, a letter a digit; two more digits than they have in common are exact enough. */
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

/** A line break has no spelling in a filter of milvus-lite before 3: its neighbour stands in. */
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
