import { expect } from "chai";
import fc from "fast-check";

import { autoName, newGeneration } from "../../../provider/resource/context/identity";

describe("a name made here", () => {
    it("is the logical one and seven hex digits", () => {
        expect(autoName("docs", "3fa9c1d")).to.equal("docs_3fa9c1d");
        expect(newGeneration()).to.match(/^[0-9a-f]{7}$/);
    });

    it("is one that Milvus takes, whatever the logical name", () => {
        fc.assert(
            fc.property(fc.string({ maxLength: 400 }), (logical) => {
                expect(autoName(logical, "3fa9c1d")).to.match(/^[A-Za-z_][A-Za-z0-9_]{0,254}$/);
            }),
        );
        expect(autoName("my-docs", "3fa9c1d")).to.equal("my_docs_3fa9c1d");
        expect(autoName("2024", "3fa9c1d")).to.equal("_2024_3fa9c1d");
    });
});
