/** A shared buffer to read bits in, because a page has millions of components. */
const scratch = new DataView(new ArrayBuffer(8));

/** 2^-25 to 2^24, exactly: a table is faster than `**`. */
const powers = Float64Array.from({ length: 50 }, (_, i) => 2 ** (i - 25));

/** The bits of a number in IEEE 754 half precision (`Float16Vector`), rounded to nearest, ties to even. */
export function halfBits(value: number): number {
    const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
    const size = Math.abs(value);
    if (Number.isNaN(size)) return 0x7e00;
    if (size >= 65520) return sign | 0x7c00;
    // Below 2^-14 a half has steps of 2^-24, above it 1024 steps per power of two; rounding up may carry into the next
    // one.
    if (size < 2 ** -14) return sign | roundEven(size * powers[49]!);
    const exponent = exponentOf(size);
    return sign | (((exponent + 14) << 10) + roundEven(size * powers[35 - exponent]!));
}

/** The bits of a number as bfloat16 (`BFloat16Vector`): the upper half of a float32, rounded to nearest, ties to even. */
export function bfloatBits(value: number): number {
    if (Number.isNaN(value)) return 0x7fc0;
    scratch.setFloat32(0, value);
    const bits = scratch.getUint32(0);
    return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
}

function exponentOf(size: number): number {
    scratch.setFloat64(0, size);
    return (scratch.getUint16(0) >> 4) - 1023;
}

function roundEven(value: number): number {
    const floor = Math.floor(value);
    const rest = value - floor;
    return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

/** The value of a half-precision number. */
export function halfValue(bits: number): number {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 0x1f;
    const fraction = bits & 0x3ff;
    if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
    if (exponent === 0) return sign * fraction * powers[1]!;
    return sign * (1024 + fraction) * powers[exponent]!;
}

/** The value of a bfloat16: the upper half of a float32. */
export function bfloatValue(bits: number): number {
    scratch.setUint32(0, bits << 16);
    return scratch.getFloat32(0);
}
