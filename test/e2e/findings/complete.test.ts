import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { argumentExamples } from "../../inputs/malformed/examples";
import * as commands from "./commands";
import * as plans from "./plans";
import * as runs from "./runs";
import * as servers from "./servers";

const root = join(__dirname, "../../..");

/** The stories of codes that need more than a table. */
const elsewhere: Record<string, string> = {
    MV122: "test/e2e/findings/unknown.test.ts",
    ...commands.elsewhere,
    ...plans.elsewhere,
    ...servers.elsewhere,
    ...runs.elsewhere,
};

describe("the table of findings", () => {
    it("has a test for each code that provokes it", () => {
        const page = readFileSync(join(root, "docs/findings.md"), "utf8");
        const codes = [...page.matchAll(/^### (MV\d{3})$/gm)].map(([, code]) => code!);
        const provoked = new Set([
            // Arguments are checked without a server: test/inputs/malformed holds a program for each.
            ...argumentExamples().keys(),
            ...Object.keys(plans.provoked),
            ...Object.keys(servers.provoked),
            ...Object.keys(runs.provoked),
            ...Object.keys(elsewhere),
        ]);
        expect(codes).to.have.length.greaterThan(100);
        expect(codes.filter((code) => !provoked.has(code))).to.deep.equal([]);
    });

    it("names the test of a code in a file that contains the code", () => {
        for (const [code, file] of Object.entries(elsewhere))
            expect(readFileSync(join(root, file), "utf8"), file).to.include(code);
    });
});
