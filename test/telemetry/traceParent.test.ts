import { expect } from "chai";
import fc from "fast-check";

import { readTraceParent, writeTraceParent } from "../../provider/telemetry/traceParent";

const hex = (length: number) =>
    fc
        .array(fc.integer({ min: 0, max: 15 }), { minLength: length, maxLength: length })
        .map((digits) => digits.map((digit) => digit.toString(16)).join(""))
        .filter((text) => !/^0+$/.test(text));

describe("a trace context", () => {
    it("is read as it was written", () => {
        fc.assert(
            fc.property(hex(32), hex(16), fc.constantFrom("00", "01"), (traceId, spanId, flags) => {
                const text = `00-${traceId}-${spanId}-${flags}`;
                const read = readTraceParent(text);
                expect(read).to.include({ traceId, spanId, isRemote: true });
                expect(writeTraceParent(read!)).to.equal(text);
            }),
        );
    });

    it("is refused where it is none", () => {
        const [trace, span] = ["4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"];
        for (const text of [
            undefined,
            "",
            trace,
            `ff-${trace}-${span}-01`,
            `00-${"0".repeat(32)}-${span}-01`,
            `00-${trace}-${"0".repeat(16)}-01`,
            `00-${trace}-${span}-01-more`,
        ])
            expect(readTraceParent(text), text).to.equal(undefined);
        // A later version may add to it.
        expect(readTraceParent(`01-${trace}-${span}-01-more`)).to.include({ traceId: trace, traceFlags: 1 });
    });
});
