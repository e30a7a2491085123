import { stripVTControlCharacters } from "node:util";

import { expect } from "chai";
import fc from "fast-check";
import { createColors } from "picocolors";

import { wrapped } from "../../../cli/output/wrapped";

describe("a line on a terminal", () => {
    it("is broken between words, and goes on below its text", () => {
        expect(wrapped("  - name: dropped, with its values in 2,000 rows", 30)).to.equal(
            "  - name: dropped, with its\n      values in 2,000 rows",
        );
        expect(wrapped("docs: done", 80)).to.equal("docs: done");
        expect(wrapped("", 80)).to.equal("");
    });

    it("is broken where it would be without its colours", () => {
        const { bold, dim } = createColors(true);
        const plain = "  steps: copy 10 rows, build index, load, cut over";
        const coloured = dim(plain).replace("copy", bold("copy"));
        for (const columns of [20, 30, 49, 50, 51, 52, 80])
            expect(stripVTControlCharacters(wrapped(coloured, columns))).to.equal(wrapped(plain, columns));
        expect(stripVTControlCharacters(wrapped(dim(plain), 45))).to.equal(
            "  steps: copy 10 rows, build index, load,\n    cut over",
        );
    });

    it("has the same words, and no more room than there is unless a word has", () => {
        const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 40 });
        fc.assert(
            fc.property(words, fc.integer({ min: 20, max: 100 }), (text, columns) => {
                const lines = wrapped(`  ${text.join(" ")}`, columns).split("\n");
                expect(lines.join(" ").split(/ +/).filter(Boolean)).to.deep.equal(text);
                for (const line of lines) expect(line.length).to.be.lessThan(columns);
            }),
        );
    });
});
