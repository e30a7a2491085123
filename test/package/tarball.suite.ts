import { expect } from "chai";

import { packed, type Packed } from "./packed";

const mostBytes = 300 * 1024;

describe("the packed package", function () {
    this.timeout(5 * 60_000);
    let pack: Packed;
    before(async () => (pack = await packed()));

    it("holds only what users need: built files, their types, and three pages", () => {
        const built = pack.sources.flatMap((source) => [`dist/${source}.d.ts`, `dist/${source}.js`]);
        const wanted = ["CHANGELOG.md", "LICENSE", "README.md", "package.json", ...built];
        expect({
            missing: wanted.filter((file) => !pack.files.includes(file)),
            foreign: pack.files.filter((file) => !wanted.includes(file)),
        }).to.deep.equal({ missing: [], foreign: [] });
    });

    it("is small", () => {
        expect(pack.bytes).to.be.below(mostBytes);
    });
});
