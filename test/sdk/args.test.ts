import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";

import { argumentFiles, withDocstrings } from "../../scripts/args";

describe("the docstrings of the arguments", () => {
    const texts = argumentFiles.map((name) => readFileSync(join(__dirname, "..", "..", "sdk", name), "utf8"));

    it("are those of the schemas: otherwise run `npm run docs`", () => {
        for (const text of texts) expect(text).to.equal(withDocstrings(text));
    });

    it("stand at every argument, with its default and its codes", () => {
        const text = texts.join("\n");
        const members = text.match(/^ {4}\w+\??: /gm) ?? [];
        const documented = text.match(/\*\/\n {4}\w+\??: /g) ?? [];
        expect(members).to.have.length.above(80);
        expect(documented).to.have.length(members.length);
        const optional = text.match(/\/\*\*(?:(?!\*\/).)*\*\/\n {4}\w+\?: /gs) ?? [];
        const isSilent = (doc: string) => !/Default:|Required/.test(doc);
        expect(optional.filter(isSilent)).to.deep.equal([]);
        expect(text.match(/Errors: MV\d{3}/g)).to.have.length.above(60);
    });
});
