import { expect } from "chai";

import type { Generation } from "../../../provider/observe/generation";
import type { Marked } from "../../../provider/plan/recovery/action";
import { planAbandonedCreates, planCopies, planOrphans } from "../../../provider/plan/recovery/copies";
import { generationOf, owner, unmarked } from "./generation";

const from = "1111111";
const copy = (generation: string, more: Partial<Omit<Generation, "marker">> = {}) =>
    generationOf(generation, { from, state: "building" }, more);

describe("the plan for copies before a migration", () => {
    const mine = { checkpoint: { plan: "mine", rows: 7 } };
    const plan = (...found: Generation[]) =>
        planCopies({ found }, { owner, generation: from, plan: "mine", isInPlace: () => true });

    it("resumes the first copy of the same plan and drops the others", () => {
        const [first, second, other] = [copy("2222222", mine), copy("3333333", mine), copy("4444444")];
        expect(plan(other, first, second)).to.deep.equal([
            { kind: "drop-copy", copy: other },
            { kind: "resume-copy", copy: first },
            { kind: "drop-copy", copy: second },
        ]);
    });

    it("leaves alone what is no copy of this generation and owner", () => {
        expect(
            plan(
                generationOf("2222222", { from, state: "building", owner: "shop/dev/docs" }, mine),
                generationOf("3333333", { from: "0000000", state: "building" }, mine),
                generationOf("4444444", { from, state: "previous" }, mine),
                unmarked("docs_5555555", mine),
            ),
        ).to.deep.equal([]);
    });

    it("refuses where a copy serves by an alias, though another could be resumed", () => {
        const serving = copy("3333333", { aliases: ["live"] });
        expect(plan(copy("2222222", mine), serving)).to.deep.equal([
            {
                kind: "refuse",
                reason: "copy-in-service",
                name: "docs_3333333",
                aliases: ["live"],
                generation: from,
            },
        ]);
    });
});

describe("the plan for copies of a dropped generation", () => {
    const plan = (active: string | undefined, ...found: Marked[]) =>
        planOrphans({ found }, { owner, generation: from, name: "docs_1111111", active });

    it("drops a copy that never served", () => {
        for (const lease of ["none", "free"] as const) {
            const idle = copy("2222222", { lease });
            const dropped = [{ kind: "drop-orphan", copy: idle, of: "docs_1111111" }];
            expect(plan(undefined, idle), lease).to.deep.equal(dropped);
            expect(plan("3333333", idle), lease).to.deep.equal(dropped);
        }
    });

    it("keeps a copy that was about to serve, serves, or is in work", () => {
        for (const kept of [
            generationOf("2222222", { from }),
            copy("2222222", { aliases: ["live"] }),
            copy("2222222", { lease: "held" }),
        ])
            expect(plan(undefined, kept)).to.deep.equal([
                { kind: "keep-orphan", copy: kept, of: "docs_1111111" },
            ]);
    });

    it("leaves alone the active generation", () => {
        expect(plan("2222222", copy("2222222"))).to.deep.equal([]);
    });
});

describe("the plan for abandoned creations", () => {
    const plan = (...found: Generation[]) => planAbandonedCreates({ found }, { owner, prefix: "docs_" });

    it("drops what a first creation left under the name of its own generation", () => {
        const left = generationOf("1111111", { state: "building" });
        expect(plan(unmarked("docs"), left)).to.deep.equal([{ kind: "drop-abandoned-create", at: left.ref }]);
    });

    it("leaves alone what is another owner's, in service, a copy, or has another name", () => {
        expect(
            plan(
                generationOf("1111111", { state: "building", owner: "shop/dev/docs" }),
                generationOf("2222222", { state: "live" }),
                generationOf("3333333", { state: "building", from }),
                generationOf(
                    "4444444",
                    { state: "building" },
                    { ref: { database: undefined, name: "docs_old" } },
                ),
            ),
        ).to.deep.equal([]);
    });
});
