import fc from "fast-check";

const points = 0x11_0000;
const surrogates = { first: 0xd800, count: 0x800 };

/**
 * Any character of Unicode. `fc.string({ unit: "binary" })` takes 1.4 s of CPU to build its table of them, once in each process.
 */
const anyCharacter = fc
    .oneof(fc.nat(0x7f), fc.nat(points - surrogates.count - 1))
    .map((place) => String.fromCodePoint(place < surrogates.first ? place : place + surrogates.count));

/** Names that an object has by itself: as a key they find what nobody put there. */
const inherited = ["__proto__", "constructor", "toString"];

/** A text of any characters. */
export function anyText(length: { minLength?: number; maxLength?: number } = {}): fc.Arbitrary<string> {
    const { minLength = 0, maxLength = Infinity } = length;
    const text = fc.string({ unit: anyCharacter, ...length });
    const names = inherited.filter((one) => one.length >= minLength && one.length <= maxLength);
    if (names.length === 0) return text;
    return fc.oneof({ weight: 20, arbitrary: text }, { weight: 1, arbitrary: fc.constantFrom(...names) });
}
