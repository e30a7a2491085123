import { expect } from "chai";

import type { Generation } from "../../../provider/observe/generation";
import { approvedOn } from "../../../provider/plan/recovery/approved";
import { generationOf, owner } from "./generation";

const recorded = { name: "docs", generation: "1111111", isMarked: true };
const approved = { plan: "sha256:1", steps: ["2"] };

describe("the approved plan of an interrupted run", () => {
    const seen = (found: Generation[]) =>
        approvedOn({ found, names: new Set(found.map(({ ref }) => ref.name)), recorded, owner });

    it("is that of the copy of a migration", () => {
        const copy = generationOf("2222222", { from: "1111111", state: "building" }, { approved });
        expect(seen([generationOf("1111111"), copy])).to.equal(approved);
        expect(seen([generationOf("1111111", {}, { approved })])).to.equal(undefined);
    });

    it("is that of the retained collection, as long as a rollback to it has a lease", () => {
        const listed = { database: undefined, name: "docs_0000000", generation: "0000000" };
        const active = generationOf("1111111", { from: "0000000" }, { retained: [listed] });
        const retained = (more: Partial<Omit<Generation, "marker">>) =>
            generationOf("0000000", { state: "previous" }, { approved, ...more });
        for (const lease of ["free", "held"] as const)
            expect(seen([active, retained({ lease })])).to.equal(approved);
        expect(seen([active, retained({ lease: "none" })])).to.equal(undefined);
        expect(seen([active, retained({ lease: "free", approved: undefined })])).to.equal(undefined);
        expect(seen([retained({ lease: "free" })])).to.equal(undefined);
    });
});
