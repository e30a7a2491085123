/** A 128-bit hash as four 32-bit words. */
export type Hash128 = readonly [number, number, number, number];

/**
 * Computes MurmurHash3_x86_128 (Austin Appleby, public domain) of `bytes[from, to)` with a seed of four words, and adds
 * it to the four words at `out[at]`. Addition makes the hash of a row independent of the column order.
 */
export function addHash(
    view: DataView,
    from: number,
    to: number,
    seed: Hash128,
    out: Uint32Array,
    at: number,
): void {
    let h1 = seed[0];
    let h2 = seed[1];
    let h3 = seed[2];
    let h4 = seed[3];
    const length = to - from;
    const blocks = from + (length & ~15);
    let p = from;
    for (; p < blocks; p += 16) {
        h1 ^= mix1(view.getInt32(p, true));
        h1 = (((h1 << 19) | (h1 >>> 13)) + h2) | 0;
        h1 = (Math.imul(h1, 5) + 0x561ccd1b) | 0;
        h2 ^= mix2(view.getInt32(p + 4, true));
        h2 = (((h2 << 17) | (h2 >>> 15)) + h3) | 0;
        h2 = (Math.imul(h2, 5) + 0x0bcaa747) | 0;
        h3 ^= mix3(view.getInt32(p + 8, true));
        h3 = (((h3 << 15) | (h3 >>> 17)) + h4) | 0;
        h3 = (Math.imul(h3, 5) + 0x96cd1c35) | 0;
        h4 ^= mix4(view.getInt32(p + 12, true));
        h4 = (((h4 << 13) | (h4 >>> 19)) + h1) | 0;
        h4 = (Math.imul(h4, 5) + 0x32ac3b17) | 0;
    }
    if (p < to) {
        h1 ^= mix1(word(view, p, to));
        if (p + 4 < to) h2 ^= mix2(word(view, p + 4, to));
        if (p + 8 < to) h3 ^= mix3(word(view, p + 8, to));
        if (p + 12 < to) h4 ^= mix4(word(view, p + 12, to));
    }
    h1 ^= length;
    h2 ^= length;
    h3 ^= length;
    h4 ^= length;
    finish(h1, h2, h3, h4, out, at);
}

/** Mixes the four words at `out[at]` once more, so that the sums of rows are not sums per column. */
export function sealHash(out: Uint32Array, at: number): void {
    const h1 = out[at]!;
    const h2 = out[at + 1]!;
    const h3 = out[at + 2]!;
    const h4 = out[at + 3]!;
    for (let i = 0; i < 4; i++) out[at + i] = 0;
    finish(h1 | 0, h2 | 0, h3 | 0, h4 | 0, out, at);
}

function finish(h1: number, h2: number, h3: number, h4: number, out: Uint32Array, at: number): void {
    h1 = (h1 + h2 + h3 + h4) | 0;
    h2 = (h2 + h1) | 0;
    h3 = (h3 + h1) | 0;
    h4 = (h4 + h1) | 0;
    h1 = avalanche(h1);
    h2 = avalanche(h2);
    h3 = avalanche(h3);
    h4 = avalanche(h4);
    h1 = (h1 + h2 + h3 + h4) | 0;
    out[at]! += h1;
    out[at + 1]! += h2 + h1;
    out[at + 2]! += h3 + h1;
    out[at + 3]! += h4 + h1;
}

/** Up to four bytes as a little-endian word. */
function word(view: DataView, from: number, to: number): number {
    let value = 0;
    for (let i = 0; i < 4 && from + i < to; i++) value |= view.getUint8(from + i) << (i * 8);
    return value;
}

function mix1(k: number): number {
    k = Math.imul(k, 0x239b961b);
    return Math.imul((k << 15) | (k >>> 17), 0xab0e9789);
}

function mix2(k: number): number {
    k = Math.imul(k, 0xab0e9789);
    return Math.imul((k << 16) | (k >>> 16), 0x38b34ae5);
}

function mix3(k: number): number {
    k = Math.imul(k, 0x38b34ae5);
    return Math.imul((k << 17) | (k >>> 15), 0xa1e38b93);
}

function mix4(k: number): number {
    k = Math.imul(k, 0xa1e38b93);
    return Math.imul((k << 18) | (k >>> 14), 0x239b961b);
}

function avalanche(h: number): number {
    h ^= h >>> 16;
    h = Math.imul(h, 0x85ebca6b);
    h ^= h >>> 13;
    h = Math.imul(h, 0xc2b2ae35);
    return h ^ (h >>> 16);
}
