import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { argumentFiles, withDocstrings } from "../../scripts/args";

describe("the docstrings of the arguments", () => {
    const texts = argumentFiles.map((name) => readFileSync(join(__dirname, "..", "..", "sdk", name), "utf8"));

    it("are those of the schemas: otherwise run `npm run docs`", () => {
        for (const text of texts) expect(text).to.equal(withDocstrings(text));
    });

    it("name every argument and no code that only the reference lists", () => {
        const text = texts.join("\n");
        const members = text.match(/^ {4}\w+\??: /gm) ?? [];
        const documented = text.match(/\*\/\n {4}\w+\??: /g) ?? [];
        expect(members).to.have.length.above(80);
        expect(documented).to.have.length(members.length);
        expect(text).to.not.include("Errors:");
    });
});
