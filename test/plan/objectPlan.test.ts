import { expect } from "chai";

import { planObject } from "../../provider/plan/objectPlan";

const rules = { identity: ["name"], guides: ["adopt"] };
const connection = (address: string, timeout = 30) =>
    ({ address, timeout }) as unknown as Parameters<typeof planObject>[0]["connection"];

describe("the plan of an object without rows", () => {
    const deployed = { name: "library", properties: { a: "1" }, adopt: false };

    it("is none for an equal declaration", () => {
        expect(planObject(deployed, { ...deployed, properties: { a: "1" } }, rules).verdict).to.equal("none");
    });

    it("rewrites the state alone for an argument that only guides the provider", () => {
        expect(planObject(deployed, { ...deployed, adopt: true }, rules)).to.deep.equal({
            verdict: "state-only",
            replaces: [],
            changed: ["adopt"],
        });
    });

    it("updates in place for any other argument", () => {
        expect(planObject(deployed, { ...deployed, properties: { a: "2" } }, rules)).to.deep.include({
            verdict: "update",
            changed: ["properties"],
        });
    });

    it("replaces for an argument of its identity", () => {
        expect(planObject(deployed, { ...deployed, name: "archive", adopt: true }, rules)).to.deep.equal({
            verdict: "replace",
            replaces: ["name"],
            changed: ["name", "adopt"],
        });
    });

    it("replaces for another server, and not for another way to reach the same one", () => {
        const from = { ...deployed, connection: connection("a:19530") };
        const moved = planObject(from, { ...deployed, connection: connection("b:19530") }, rules);
        expect(moved).to.deep.include({ verdict: "replace", replaces: ["connection"] });
        const same = planObject(from, { ...deployed, connection: connection("a:19530", 60) }, rules);
        expect(same).to.deep.include({ verdict: "state-only", replaces: [] });
    });
});
