import { expect } from "chai";

import { packed, type Packed } from "./packed";

/** A resource with its arguments and texts takes about 5 KB, the command 100 KB, workers, gate and the catch-up of transforms 40 KB. */
const mostBytes = 560 * 1024;

describe("the packed package", function () {
    this.timeout(5 * 60_000);
    let pack: Packed;
    before(async () => (pack = await packed()));

    it("holds only what users need: built files, the types of a program, the package schema, and four pages", () => {
        const built = pack.sources.map((source) => `dist/${source}.js`);
        // What a program imports names the types of data, indexes, metrics and functions of the provider.
        const named = ["provider/inputs/schema/dataType", "provider/inputs/schema/openNames"];
        const typed = pack.sources.filter((source) => source.startsWith("sdk/") || named.includes(source));
        const types = typed.map((source) => `dist/${source}.d.ts`);
        const pages = ["CHANGELOG.md", "LICENSE", "README.md", "man/pulumi-milvus.1"];
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
