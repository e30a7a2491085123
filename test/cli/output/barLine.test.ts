import { expect } from "chai";
import fc from "fast-check";
import pc from "picocolors";

import { barLine } from "../../../cli/output/barLine";

const plain = { name: "docs", step: "copy", style: pc.createColors(false) } as const;

describe("the live bar", () => {
    it("shows rows, rate and time left beside the bar", () => {
        const text = barLine({ ...plain, done: 12_345, total: 27_000, seconds: 4, columns: 100 });
        expect(text).to.match(
            /^docs {2}copy {2}█+░+ {2} 45 % {2}12,345 of 27,000 rows {2}3,086 rows\/s {2}5 s left$/,
        );
    });

    it("leaves out what has no room, the rows last", () => {
        const state = { ...plain, done: 12_345, total: 27_000, seconds: 4 };
        expect(barLine({ ...state, columns: 60 }))
            .to.include("rows")
            .and.not.include("left");
        expect(barLine({ ...state, columns: 20 })).to.equal("docs  copy  45 %");
    });

    it("is one line of the terminal, whatever it shows", () => {
        const natural = fc.nat(1e9);
        fc.assert(
            fc.property(
                natural,
                natural,
                natural,
                fc.integer({ min: 1, max: 300 }),
                (done, total, seconds, columns) => {
                    const name = "a".repeat(done % 300);
                    expect(barLine({ ...plain, name, done, total, seconds, columns }).length).to.be.lessThan(
                        columns,
                    );
                },
            ),
        );
    });
});
