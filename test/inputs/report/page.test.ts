import { expect } from "chai";

import { lineWithPages, pageOf, withPages } from "../../../provider/inputs/report/page";

const site = "https://pulumi-milvus.github.io/pulumi-milvus/findings";

describe("the page of a code", () => {
    it("is a section of the findings", () => {
        expect(pageOf("MV101")).to.equal(`${site}#mv101`);
    });

    it("follows a message, once for each of its codes", () => {
        const text = "docs: blocked\n  a: one [MV101]\n  b: two [MV101]\n  c: three [MV103] [MV313]";
        expect(withPages(text).split("\n").slice(4)).to.deep.equal([
            `  see: ${site}#mv101`,
            `  see: ${site}#mv103`,
            `  see: ${site}#mv313`,
        ]);
    });

    it("is not told again where it stands above, or in the message itself", () => {
        const told = new Set<string>();
        const first = withPages("a [MV101]", told);
        expect(first).to.equal(`a [MV101]\n  see: ${site}#mv101`);
        expect(withPages("b [MV101]", told)).to.equal("b [MV101]");
        // An error that several calls share is thrown by each.
        expect(withPages(first)).to.equal(first);
    });

    it("is not added to a message without a code, to notes, or to the lines of a plan, which have their own", () => {
        expect(withPages("docs: done")).to.equal("docs: done");
        expect(lineWithPages("docs: planned at `pulumi up` [MV122]")).to.not.include("see:");
        expect(lineWithPages("  warning: fields: lost [MV101]")).to.not.include("see:");
        expect(lineWithPages("warning: docs: moved [MV362]")).to.include(`\n  see: ${site}#mv362`);
    });
});
