import { expect } from "chai";

import type { Generation } from "../../../provider/observe/generation";
import {
    planRestored,
    planUnfinished,
    restoredGeneration,
    retainedBehind,
    rollbackTarget,
} from "../../../provider/plan/recovery/previous";
import { generationOf, owner, successorOf, unmarked } from "./generation";

const name = { database: undefined, name: "docs_0000000" };
const listed = { ...name, generation: "0000000" };
const restored = restoredGeneration("0000000", "1111111");
/** The active collection, with one retained behind it. */
const active = generationOf("1111111", { from: "0000000" }, { retained: [listed] });
const retained = generationOf("0000000", { state: "previous" });
const back = generationOf(restored, { from: "1111111" }, { ref: name });

describe("the generation of a restored collection", () => {
    it("follows from both collections and has the form of every generation", () => {
        expect(restored).to.equal("f7d7656");
        expect(restoredGeneration("1111111", "0000000")).to.not.equal(restored);
    });
});

describe("the collections behind an active one", () => {
    it("are those that it lists, retained or restored, the one that served last first", () => {
        expect(retainedBehind({ found: [retained] }, active)).to.deep.equal([
            { at: retained, generation: "0000000", isRestored: false },
        ]);
        expect(retainedBehind({ found: [back] }, active)).to.deep.equal([
            { at: back, generation: "0000000", isRestored: true },
        ]);
        const older = generationOf("aaaaaaa", { state: "previous" });
        const two = generationOf(
            "1111111",
            { from: "0000000" },
            { retained: [listed, { ...older.ref, generation: "aaaaaaa" }] },
        );
        const found = retainedBehind({ found: [older, retained] }, two);
        expect(found.map(({ at }) => at)).to.deep.equal([retained, older]);
    });

    it("are none where the active one has no marker, or lists none", () => {
        const bare = unmarked("docs", { retained: [listed] });
        expect(retainedBehind({ found: [retained] }, bare)).to.deep.equal([]);
        const unnamed = generationOf("1111111", { from: "0000000" });
        expect(retainedBehind({ found: [retained] }, unnamed)).to.deep.equal([]);
    });

    it("are none where a collection of that name is not the one that was retained", () => {
        for (const there of [
            undefined,
            unmarked(name.name),
            generationOf("0000000", { state: "previous", owner: "shop/dev/docs" }),
            generationOf("0000000", { state: "live" }),
            generationOf("9999999", { state: "previous" }, { ref: name }),
            generationOf("9999999", { from: "1111111" }, { ref: name }),
            generationOf(restored, { from: "2222222" }, { ref: name }),
            generationOf(restored, { from: "1111111", owner: "shop/dev/docs" }, { ref: name }),
        ])
            expect(
                retainedBehind({ found: there ? [there] : [] }, active),
                JSON.stringify(there),
            ).to.deep.equal([]);
    });
});

describe("the target of a rollback", () => {
    const chain = ["2222222", "1111111"].map((generation) => ({
        at: generationOf(generation, { state: "previous" }),
        generation,
        isRestored: false,
    }));

    it("is the one that served last, or the one with a name or a generation", () => {
        expect(rollbackTarget(chain, "previous")).to.equal(chain[0]);
        expect(rollbackTarget(chain, { to: "docs_1111111" })).to.equal(chain[1]);
        expect(rollbackTarget(chain, { to: "1111111" })).to.equal(chain[1]);
    });

    it("is none where the program does not go back, or names another one", () => {
        expect(rollbackTarget(chain, undefined)).to.equal(undefined);
        expect(rollbackTarget(chain, { to: "docs" })).to.equal(undefined);
        expect(rollbackTarget([], "previous")).to.equal(undefined);
    });
});

describe("the plan for an interrupted rollback", () => {
    const again = { kind: "retain-again", at: name, owner, generation: "0000000" };

    it("retains the restored collection again where no client uses it", () => {
        expect(planRestored({ found: [back] }, active, "previous")).to.deep.equal([again]);
        expect(planRestored({ found: [back] }, active, undefined)).to.deep.equal([again]);
    });

    it("refuses another migration where clients use the restored collection", () => {
        const used = { ...back, aliases: ["live"] };
        expect(planRestored({ found: [used] }, active, undefined)).to.deep.equal([
            {
                kind: "refuse",
                reason: "copy-in-service",
                name: name.name,
                aliases: ["live"],
                generation: "1111111",
            },
        ]);
    });

    it("adopts the restored collection where clients use it and the program asks for it", () => {
        const used = { ...back, aliases: ["live"] };
        expect(planRestored({ found: [used] }, active, "previous")).to.deep.equal([
            { kind: "adopt-restored", at: name, generation: restored },
        ]);
    });

    it("refuses a rollback to another collection where clients use the restored one", () => {
        const used = { ...back, aliases: ["live"] };
        const [refusal] = planRestored({ found: [used] }, active, { to: "docs_aaaaaaa" });
        expect(refusal).to.include({ kind: "refuse", reason: "copy-in-service" });
        expect(planRestored({ found: [used] }, active, { to: name.name })).to.deep.equal([
            { kind: "adopt-restored", at: name, generation: restored },
        ]);
    });

    it("leaves a retained collection alone", () => {
        expect(planRestored({ found: [retained] }, active, "previous")).to.deep.equal([]);
        expect(planRestored({ found: [] }, active, "previous")).to.deep.equal([]);
    });
});

describe("the plan for an unfinished migration", () => {
    const source = generationOf("2222222", { from: "1111111" });
    const old = (more: Partial<Omit<Generation, "marker">> = {}) =>
        generationOf("1111111", {}, { successor: successorOf("2222222"), ...more });
    const plan = (there: Generation, by: Generation | undefined = source) =>
        planUnfinished({ found: [there] }, by);

    it("drops or retains the old collection, as the migration said", () => {
        for (const [retain, outcome] of [
            [false, "drop"],
            [true, "retain"],
        ] as const) {
            const there = old({ successor: successorOf("2222222", retain) });
            expect(plan(there)).to.deep.equal([
                { kind: "finish-migration", old: there, successor: source, outcome },
            ]);
        }
    });

    it("finds the old collection beside those without a marker", () => {
        const there = old();
        const [action] = planUnfinished({ found: [unmarked("docs"), there] }, source);
        expect(action).to.have.property("kind", "finish-migration");
    });

    it("does nothing where the source has no marker or is a first generation", () => {
        expect(planUnfinished({ found: [old()] }, undefined)).to.deep.equal([]);
        expect(plan(old(), unmarked("docs_2222222"))).to.deep.equal([]);
        const first = generationOf("2222222");
        expect(plan(old(), first)).to.deep.equal([]);
    });

    it("does nothing where no old collection names the source, or it is retained", () => {
        expect(plan(old({ successor: undefined }))).to.deep.equal([]);
        expect(plan(old({ successor: successorOf("3333333") }))).to.deep.equal([]);
        const another = generationOf("9999999", {}, { successor: successorOf("2222222") });
        expect(plan(another)).to.deep.equal([]);
        const kept = generationOf("1111111", { state: "previous" }, { successor: successorOf("2222222") });
        expect(plan(kept)).to.deep.equal([]);
    });

    it("refuses where clients still use the old collection, and lifts a fence that an interrupted run left", () => {
        const refusal = {
            kind: "refuse",
            reason: "not-switched",
            name: "docs_1111111",
            copy: "docs_2222222",
            aliases: ["live"],
        };
        const used = old({ aliases: ["live"] });
        const fenced = old({ aliases: ["live"], isFenced: true });
        const lift = { kind: "lift-fence", at: fenced.ref };
        expect(plan(used)).to.deep.equal([refusal]);
        for (const lease of ["none", "free"] as const)
            expect(plan(fenced, { ...source, lease })).to.deep.equal([lift, refusal]);
        expect(plan(fenced, { ...source, lease: "held" })).to.deep.equal([refusal]);
    });
});
