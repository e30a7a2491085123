import { CheckRequest } from "@pulumi/pulumi/proto/provider_pb";
import { expect } from "chai";

import { autoName } from "../../provider/native/autoName";

const { PROPOSE, ENFORCE, DISABLE } = CheckRequest.AutonamingOptions.Mode;

function requestOf(proposal?: [mode: CheckRequest.AutonamingOptions.Mode, name: string], seed = "seed") {
    const request = new CheckRequest();
    request.setRandomseed(Buffer.from(seed));
    if (!proposal) return request;
    const options = new CheckRequest.AutonamingOptions();
    options.setMode(proposal[0]);
    options.setProposedName(proposal[1]);
    request.setAutonaming(options);
    return request;
}
const nameOf = (...given: Parameters<typeof autoName>) => autoName(...given).inputs;

describe("the name of a collection that the program does not name", () => {
    it("has the same generation in the preview and in the run of its plan, and another one in the next run", () => {
        const [preview, run, next] = ["a", "a", "b"].map((seed) =>
            nameOf(requestOf(undefined, seed), {}, undefined, undefined),
        );
        expect(preview).to.deep.equal(run);
        expect(preview!.__generation).to.match(/^[0-9a-f]{7}$/);
        expect(preview).to.not.deep.equal(next);
    });

    it("keeps its generation in an update, and gets a new one in a replacement", () => {
        const first = nameOf(requestOf(undefined, "a"), {}, undefined, undefined);
        expect(nameOf(requestOf(undefined, "b"), {}, first, undefined)).to.deep.equal(first);
        const second = nameOf(requestOf(undefined, "b"), {}, undefined, first);
        expect(second.__generation).to.not.equal(first.__generation);
        expect(second).to.not.have.property("name");
    });

    it("is left to chance where the engine sends no seed", () => {
        expect(nameOf(requestOf(undefined, ""), {}, undefined, undefined)).to.deep.equal({});
    });

    it("follows the stack's pattern, in letters that Milvus takes, for all generations", () => {
        const first = nameOf(requestOf([PROPOSE, "shop-docs-1a2b3c"]), {}, undefined, undefined);
        expect(first).to.include({ name: "shop_docs_1a2b3c", __proposedName: "shop_docs_1a2b3c" });
        const later = requestOf([PROPOSE, "shop-docs-4d5e6f"], "b");
        expect(nameOf(later, {}, first, undefined)).to.deep.equal(first);
        expect(nameOf(later, {}, undefined, first)).to.include({ name: "shop_docs_1a2b3c" });
        expect(nameOf(requestOf([PROPOSE, "7-docs"]), {}, undefined, undefined)).to.include({
            name: "_7_docs",
        });
    });

    it("does not change a collection that was deployed before the stack had a pattern", () => {
        const first = nameOf(requestOf(), {}, undefined, undefined);
        expect(nameOf(requestOf([PROPOSE, "docs_new"]), {}, first, undefined)).to.deep.equal(first);
        expect(nameOf(requestOf([PROPOSE, "docs_new"]), {}, undefined, first)).to.not.have.property("name");
    });

    it("is refused where the stack enforces a name that Milvus does not take, or allows none", () => {
        const enforced = autoName(requestOf([ENFORCE, "shop-docs"]), {}, undefined, undefined);
        expect(enforced.failures).to.have.length(1);
        expect(enforced.failures[0]!.reason).to.include("shop-docs").and.include("[MV356]");
        expect(nameOf(requestOf([ENFORCE, "shop_docs"]), {}, undefined, undefined)).to.include({
            name: "shop_docs",
        });
        const disabled = autoName(requestOf([DISABLE, ""]), {}, undefined, undefined);
        expect(disabled.failures[0]).to.have.property("property", "name");
        expect(disabled.failures[0]!.reason).to.include("[MV357]");
    });

    it("is the program's, whatever the stack says", () => {
        for (const mode of [PROPOSE, ENFORCE, DISABLE]) {
            const { inputs, failures } = autoName(
                requestOf([mode, "shop-docs"]),
                { name: "docs" },
                undefined,
                undefined,
            );
            expect(failures).to.deep.equal([]);
            expect(inputs).to.not.have.property("name");
        }
    });
});
