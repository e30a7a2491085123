import { expect } from "chai";

import { codes as commandCodes } from "../../cli/codes";
import { codes as argumentCodes } from "../../provider/inputs/report/codes";
import { codes as serverCodes } from "../../provider/milvus/transport/codes";
import { codes as runCodes } from "../../provider/migration/errors";
import { codes as planCodes } from "../../provider/plan/finding/codes";
import { pages, textOf } from "./pages";
import { rowsOf } from "./tables";

const codes: Record<string, { example: string; retryable: boolean }> = {
    ...commandCodes,
    ...argumentCodes,
    ...serverCodes,
    ...runCodes,
    ...planCodes,
};

/** A code and a part of its message: MV322 `locked by another run`. */
const quote = /\b(MV\d{3}) `([^`]+)`/g;

/** CONTRIBUTING and the changelog name ranges of codes, too. */
const withRanges = ["CONTRIBUTING.md", "CHANGELOG.md"];

describe("the pages", () => {
    for (const page of pages.filter((one) => !withRanges.includes(one)))
        it(`name only codes that exist, in ${page}`, () => {
            const named = new Set(textOf(page).match(/\bMV\d{3}\b/g) ?? []);
            expect([...named].filter((code) => !(code in codes))).to.deep.equal([]);
        });

    it("quote messages as the tables of codes have them, and say what becomes of the copy", () => {
        const [, ...rows] = rowsOf("docs/operations/when-it-fails.md", 0);
        expect(rows.length).to.be.greaterThan(15);
        for (const [, seen, holds] of rows) {
            const quotes = [...seen!.matchAll(quote)];
            expect(quotes, seen).to.have.length(seen!.match(/\bMV\d{3}\b/g)!.length);
            for (const [, code, words] of quotes) {
                expect(codes[code!]!.example, code).to.include(words);
                const isKept = /copy is (kept|removed)/.exec(holds!)?.[1];
                if (isKept) expect(codes[code!]!.retryable, code).to.equal(isKept === "kept");
            }
        }
    });
});
