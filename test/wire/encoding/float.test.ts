import { expect } from "chai";

import { bfloatBits, halfBits } from "../../../provider/wire/encoding/float";

/** The value of a half-precision number. */
function fromHalf(bits: number): number {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 31;
    const fraction = bits & 1023;
    if (exponent === 31) return fraction ? NaN : sign * Infinity;
    return sign * (exponent ? (1 + fraction / 1024) * 2 ** (exponent - 15) : fraction * 2 ** -24);
}

describe("a half", () => {
    it("keeps each of the 65,536 values", () => {
        for (let bits = 0; bits < 65536; bits++) {
            const value = fromHalf(bits);
            if (Number.isNaN(value)) expect(halfBits(value)).to.equal(0x7e00);
            else if (halfBits(value) !== bits)
                expect.fail(`${String(value)} became ${halfBits(value).toString(16)}`);
        }
    });

    it("rounds to the nearest value, ties to even", () => {
        for (let bits = 0; bits < 0x7bff; bits++) {
            const middle = (fromHalf(bits) + fromHalf(bits + 1)) / 2;
            if (halfBits(middle) !== bits + (bits & 1)) expect.fail(String(middle));
            if (halfBits(middle * (1 + 2 ** -40)) !== bits + 1) expect.fail(`above ${String(middle)}`);
        }
        expect(halfBits(65519)).to.equal(0x7bff);
        expect(halfBits(65520)).to.equal(0x7c00);
        expect(halfBits(-1e9)).to.equal(0xfc00);
    });
});

describe("a bfloat16", () => {
    it("is the rounded upper half of a float", () => {
        expect(bfloatBits(1)).to.equal(0x3f80);
        expect(bfloatBits(-0)).to.equal(0x8000);
        expect(bfloatBits(1 + 2 ** -8)).to.equal(0x3f80);
        expect(bfloatBits(1 + 3 * 2 ** -8)).to.equal(0x3f82);
        expect(bfloatBits(NaN)).to.equal(0x7fc0);
        expect(bfloatBits(3.4e38)).to.equal(0x7f80);
    });
});
