import { expect } from "chai";

import { packed, type Packed } from "./packed";

const mostBytes = 300 * 1024;

describe("the packed package", function () {
    this.timeout(5 * 60_000);
    let pack: Packed;
    before(async () => (pack = await packed()));

    it("holds only what users need: built files, the types of a program, the package schema, and three pages", () => {
        const built = pack.sources.map((source) => `dist/${source}.js`);
        // What a program imports names one type of the provider.
        const typed = pack.sources.filter(
            (source) => source.startsWith("sdk/") || source === "provider/inputs/schema/dataType",
        );
        const types = typed.map((source) => `dist/${source}.d.ts`);
        const pages = ["CHANGELOG.md", "LICENSE", "README.md"];
        const wanted = [...pages, "package.json", "schema.json", ...built, ...types];
        expect({
            missing: wanted.filter((file) => !pack.files.includes(file)),
            foreign: pack.files.filter((file) => !wanted.includes(file)),
        }).to.deep.equal({ missing: [], foreign: [] });
    });

    it("is small", () => {
        expect(pack.bytes).to.be.below(mostBytes);
    });
});
