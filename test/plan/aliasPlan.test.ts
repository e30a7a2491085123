import { expect } from "chai";

import { planAlias } from "../../provider/plan/aliasPlan";

describe("an alias", () => {
    const live = { name: "live", collection: "docs_1", adopt: false };
    const connection = { address: "a:19530", ssl: false, timeout: 30 };

    it("stays as it is", () => {
        expect(planAlias(live, { ...live })).to.deep.equal({ verdict: "none", replaces: [] });
    });

    it("is pointed at another collection in place", () => {
        expect(planAlias(live, { ...live, collection: "docs_2" }).verdict).to.equal("update");
    });

    it("is another alias under another name, in another database or on another server", () => {
        const moved = { ...live, name: "now", collection: "docs_2", database: "other", connection };
        expect(planAlias(live, moved)).to.deep.equal({
            verdict: "replace",
            replaces: ["name", "database", "connection"],
        });
    });

    it("is in the database of its connection, unless it names one itself", () => {
        const on = (database: string) => ({ ...live, connection: { ...connection, database } });
        expect(planAlias(on("a"), on("b"))).to.deep.equal({ verdict: "replace", replaces: ["database"] });
        expect(planAlias(on("a"), { ...live, connection, database: "a" }).verdict).to.equal("state-only");
        expect(planAlias({ ...on("a"), database: "c" }, { ...on("b"), database: "c" }).verdict).to.equal(
            "state-only",
        );
    });

    it("is only recorded anew when nothing of it is on the server", () => {
        expect(planAlias(live, { ...live, adopt: true }).verdict).to.equal("state-only");
        const login = { ...connection, token: "new" };
        expect(planAlias({ ...live, connection }, { ...live, connection: login }).verdict).to.equal(
            "state-only",
        );
    });
});
