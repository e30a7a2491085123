import { expect } from "chai";

import { readUrn } from "../../provider/native/urn";

describe("the URN of a resource", () => {
    it("tells project, stack, type and logical name", () => {
        expect(readUrn("urn:pulumi:prod::shop::milvus:index:Collection::docs")).to.deep.equal({
            owner: "shop/prod/docs",
            name: "docs",
            type: "milvus:index:Collection",
        });
    });

    it("tells a child from a resource of the same name by the types of its parents", () => {
        const urn = "urn:pulumi:prod::shop::my:index:Tenant$my:index:Store$milvus:index:Alias::live";
        expect(readUrn(urn)).to.deep.equal({
            owner: "shop/prod/my:index:Tenant$my:index:Store/live",
            name: "live",
            type: "milvus:index:Alias",
        });
    });

    it("takes a logical name with colons", () => {
        expect(readUrn("urn:pulumi:prod::shop::milvus:index:Alias::a::b").name).to.equal("a::b");
    });
});
