/** The bits of a number as IEEE 754 half precision (`Float16Vector`), rounded to the nearest, ties to even. */
export function halfBits(value: number): number {
    const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
    const size = Math.abs(value);
    if (Number.isNaN(size)) return 0x7e00;
    if (size >= 65520) return sign | 0x7c00;
    // Below 2^-14 a half has steps of 2^-24, above it 1024 steps an octave; rounding up may carry into the next one.
    if (size < 2 ** -14) return sign | roundEven(size * 2 ** 24);
    const exponent = exponentOf(size);
    return sign | (((exponent + 14) << 10) + roundEven(size * 2 ** (10 - exponent)));
}

/** The bits of a number as bfloat16 (`BFloat16Vector`): a float32 cut to its upper half, ties to even. */
export function bfloatBits(value: number): number {
    const view = new DataView(new ArrayBuffer(4));
    view.setFloat32(0, value);
    const bits = view.getUint32(0);
    if (Number.isNaN(value)) return 0x7fc0;
    return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16;
}

function exponentOf(size: number): number {
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, size);
    return (view.getUint16(0) >> 4) - 1023;
}

function roundEven(value: number): number {
    const floor = Math.floor(value);
    const rest = value - floor;
    return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
