import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { format } from "prettier";

import { codes as argumentCodes } from "../../provider/inputs/report/codes";
import { codes as runCodes } from "../../provider/migration/errors";
import { codes as planCodes } from "../../provider/plan/finding/codes";
import { referencePage } from "../../scripts/reference";

describe("the reference of arguments", () => {
    const page = referencePage();

    it("is up to date: otherwise run `npm run docs`", async () => {
        const file = join(__dirname, "..", "..", "docs", "reference.md");
        expect(readFileSync(file, "utf8")).to.equal(await format(page, { parser: "markdown" }));
    });

    it("describes every argument", () => {
        const rows = page.split("\n").filter((row) => /^\| `\w+` \|/.test(row));
        expect(rows).to.have.length.above(80);
        expect(rows.filter((row) => /\|\s*\|$/.test(row))).to.deep.equal([]);
    });

    it("names only codes that exist, and every code of the arguments", () => {
        const known = new Set([argumentCodes, planCodes, runCodes].flatMap((codes) => Object.keys(codes)));
        const named = new Set(page.match(/MV\d{3}/g));
        expect([...named].filter((code) => !known.has(code))).to.deep.equal([]);
        // MV001 to MV006 apply to every argument.
        const left = Object.keys(argumentCodes).filter((code) => code > "MV006" && !named.has(code));
        expect(left).to.deep.equal([]);
    });
});
