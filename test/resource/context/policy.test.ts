import { expect } from "chai";

import { resolvePolicy } from "../../../provider/resource/context/policy";

const policy = (config: Record<string, string>) => resolvePolicy((key) => config[key]);

describe("what a stack says about plans", () => {
    it("is to warn of losses and of what `up` would fail on, in text, unless it says otherwise", () => {
        expect(policy({})).to.deep.equal({ destructive: "warn", planFormat: "text", preview: "warn" });
        expect(policy({ "milvus:destructive": "refuse", "milvus:planFormat": "json" })).to.deep.equal({
            destructive: "refuse",
            planFormat: "json",
            preview: "warn",
        });
        expect(policy({ "milvus:preview": "strict" }).preview).to.equal("strict");
    });

    it("is refused where it is a word of no meaning: a policy with a typing error protects nothing", () => {
        expect(() => policy({ "milvus:destructive": "refused" })).to.throw(
            'milvus:destructive: "refused" is none of warn, refuse. Set one of these [MV316]',
        );
    });
});
