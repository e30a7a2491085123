import { expect } from "chai";
import fc from "fast-check";

import { doubleText, floatText, readReal, readWhole } from "../../../provider/wire/encoding/decimal";
import { Misfit } from "../../../provider/wire/error";
import { runs } from "../../support/tier";

const finite = { noNaN: true, noDefaultInfinity: true };

describe("the text of a number", () => {
    it("parses to the same Double, and is JSON", () => {
        fc.assert(
            fc.property(fc.double(finite), (value) => {
                const text = doubleText(value);
                expect(Object.is(readReal(text, "Double"), value), text).to.equal(true);
                expect(Object.is(JSON.parse(text), value), text).to.equal(true);
                expect(text.length).to.be.at.most(25);
            }),
            { numRuns: runs(2000) },
        );
    });

    it("parses to the same Float, and is the shortest such text", () => {
        fc.assert(
            fc.property(fc.float(finite), (value) => {
                const text = floatText(value);
                expect(Object.is(readReal(text, "Float"), value), text).to.equal(true);
                expect(text.length).to.be.at.most(17);
                const digits = Number(text)
                    .toExponential()
                    .replace(/e.*|\D/g, "").length;
                if (digits > 1 && value !== 0)
                    expect(Math.fround(Number(value.toPrecision(digits - 1)))).not.to.equal(value);
            }),
            { numRuns: runs(2000) },
        );
    });

    it("is short if the number is", () => {
        expect([0.1, 16777216, 1e20, -0, 5, 1e-7].map(doubleText)).to.deep.equal([
            "0.1",
            "16777216",
            "1e+20",
            "-0",
            "5",
            "1e-7",
        ]);
        expect(
            [0.1, 3.4028234663852886e38, 1.401298464324817e-45].map((one) => floatText(Math.fround(one))),
        ).to.deep.equal(["0.1", "3.4028235e+38", "1e-45"]);
    });
});

describe("a number in a text", () => {
    it("may have leading and trailing zeros, and all the digits that other writers print", () => {
        for (const text of ["0.10", "1e-1", "0.1e0", "0.10000000000000001"])
            expect(readReal(text, "Double")).to.equal(0.1);
        expect(readReal("0.100000001", "Float")).to.equal(Math.fround(0.1));
    });

    it("is rejected if it would lose digits or exceeds the range", () => {
        for (const [text, type] of [
            ["16777217", "Float"],
            ["9007199254740993", "Double"],
            ["0.1234567890123456789", "Double"],
            ["1e-400", "Double"],
            ["1e39", "Float"],
            ["1e309", "Double"],
            ["", "Double"],
            ["0x10", "Double"],
            ["NaN", "Double"],
            ["01", "Double"],
        ] as const)
            expect(() => readReal(text, type), text).to.throw(Misfit);
    });

    it("is whole by its value, up to 64 bits", () => {
        expect(["3", "3.0", "30e-1", "0.3e1", "-0"].map(readWhole)).to.deep.equal([3n, 3n, 3n, 3n, 0n]);
        expect(readWhole("9223372036854775807")).to.equal(2n ** 63n - 1n);
        expect(readWhole("1e18")).to.equal(10n ** 18n);
        for (const text of ["3.1", "1e-1", "1e999999999", "1e20", "three"])
            expect(() => readWhole(text), text).to.throw(Misfit);
    });
});
