import { expect } from "chai";

import { planAlias } from "../../provider/plan/aliasPlan";

describe("the plan of an alias", () => {
    const live = { name: "live", collection: "docs_1", adopt: false };
    const connection = { address: "a:19530", ssl: false, timeout: 30 };

    it("does nothing without a change", () => {
        expect(planAlias(live, { ...live })).to.deep.equal({ verdict: "none", replaces: [] });
    });

    it("moves it to another collection in place", () => {
        expect(planAlias(live, { ...live, collection: "docs_2" }).verdict).to.equal("update");
    });

    it("replaces it for another name, database or server", () => {
        const moved = { ...live, name: "now", collection: "docs_2", database: "other", connection };
        expect(planAlias(live, moved)).to.deep.equal({
            verdict: "replace",
            replaces: ["name", "database", "connection"],
        });
    });

    it("uses the database of its connection unless the alias names one", () => {
        const on = (database: string) => ({ ...live, connection: { ...connection, database } });
        expect(planAlias(on("a"), on("b"))).to.deep.equal({ verdict: "replace", replaces: ["database"] });
        expect(planAlias(on("a"), { ...live, connection, database: "a" }).verdict).to.equal("state-only");
        expect(planAlias({ ...on("a"), database: "c" }, { ...on("b"), database: "c" }).verdict).to.equal(
            "state-only",
        );
    });

    it("updates only the state for arguments that are not on the server", () => {
        expect(planAlias(live, { ...live, adopt: true }).verdict).to.equal("state-only");
        const login = { ...connection, token: "new" };
        expect(planAlias({ ...live, connection }, { ...live, connection: login }).verdict).to.equal(
            "state-only",
        );
    });
});
