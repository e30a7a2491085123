import { expect } from "chai";

import type { Generation } from "../../../provider/observe/generation";
import { planRemoval, type Removal } from "../../../provider/plan/recovery/remove";
import { generationOf, owner, successorOf, unmarked } from "./generation";

const generation = "1111111";
const old = generationOf(generation, {}, { successor: successorOf("2222222") });
const successor = generationOf("2222222", { from: generation });
const active = { owner, generation: "2222222" };
const removal: Removal = {
    owner,
    name: "docs",
    generation,
    old,
    active,
    elsewhere: undefined,
    hasCutover: false,
    isSuccessorAwaited: false,
    rows: 1000,
};

const plan = (given: Partial<Removal> = {}, found: readonly Generation[] = [old, successor]) =>
    planRemoval({ found }, { ...removal, ...given });
const unknown = (why: string, name = "docs_1111111") => [
    { kind: "refuse", reason: "successor-unknown", name, why },
];

describe("the plan of a removal", () => {
    it("merges late writes into the successor that the collection names", () => {
        expect(plan()).to.deep.equal([{ kind: "merge-late-writes", old, successor }]);
    });

    it("merges nothing where this run made the cutover", () => {
        expect(plan({ hasCutover: true })).to.deep.equal([]);
    });

    it("retains a collection that an interrupted run began to retain", () => {
        const begun = generationOf(generation, { state: "previous" }, { successor: successorOf("2222222") });
        expect(plan({ old: begun })).to.deep.equal([
            { kind: "retain", old: begun, successor: begun.successor },
        ]);
    });

    it("leaves a retained collection alone", () => {
        const retained = generationOf(generation, { state: "previous" }, { aliases: ["live"] });
        expect(plan({ old: retained })).to.deep.equal([]);
    });

    it("refuses where an alias points at the collection, and lifts its fence", () => {
        const refusal = { kind: "refuse", reason: "aliased", name: "docs_1111111", aliases: ["live"] };
        const used = { ...old, aliases: ["live"] };
        expect(plan({ old: used, hasCutover: true })).to.deep.equal([refusal]);
        expect(plan({ old: { ...used, isFenced: true } })).to.deep.equal([
            { kind: "lift-fence", at: used.ref },
            refusal,
        ]);
    });

    it("refuses where the deletion comes before the creation that copies the rows", () => {
        const awaited = { isSuccessorAwaited: true };
        expect(plan({ ...awaited, rows: 1 })).to.deep.equal([
            { kind: "refuse", reason: "delete-before-replace", name: "docs", rows: 1 },
        ]);
        expect(plan({ ...awaited, rows: 0, hasCutover: true })).to.deep.equal([]);
    });
});

describe("the successor of a removed collection", () => {
    const unnamed = generationOf(generation);
    const merged = (one: Generation, from: Generation = unnamed) => [
        { kind: "merge-late-writes", old: from, successor: one },
    ];

    it("needs no owner where the collection names it", () => {
        const others = generationOf("2222222", { from: generation, owner: "shop/prod/renamed" });
        expect(plan({ active: undefined }, [others])).to.deep.equal(merged(others, old));
    });

    it("is the active collection on another server, or one that says so itself", () => {
        expect(plan({ old: unnamed, elsewhere: successor }, [])).to.deep.equal(merged(successor));
        expect(plan({ old, elsewhere: successor }, [])).to.deep.equal(merged(successor, old));
        expect(plan({ old: unnamed }, [unmarked("docs"), successor])).to.deep.equal(merged(successor));
        const renamed = generationOf("2222222", { from: generation, owner: "shop/prod/renamed" });
        const known = { owner: "shop/prod/renamed", generation: "2222222" };
        expect(plan({ old: unnamed, active: known }, [renamed])).to.deep.equal(merged(renamed));
    });

    it("is none of another owner or generation, and none that never served", () => {
        for (const one of [
            generationOf("2222222", { from: generation, owner: "shop/dev/docs" }),
            generationOf("2222222", { from: "0000000" }),
            generationOf("2222222", { from: generation, state: "building" }),
            generationOf("2222222", { from: generation, state: "previous" }),
            unmarked("docs_2222222"),
        ]) {
            expect(plan({ old: unnamed }, [one]), JSON.stringify(one)).to.deep.equal(unknown("none"));
            expect(plan({ old: unnamed, elsewhere: one }, []), JSON.stringify(one)).to.deep.equal(
                unknown("none"),
            );
        }
        expect(
            plan({ old, active: undefined }, [generationOf("2222222", { from: "0000000" })]),
        ).to.deep.equal([]);
    });

    it("is not looked for where the collection names one that is gone", () => {
        const another = generationOf("3333333", { from: generation });
        expect(plan({}, [another])).to.deep.equal(unknown("gone"));
    });
});

describe("a removed collection without a successor", () => {
    it("is kept where `up` has another generation in use, with the reason", () => {
        expect(plan({}, [])).to.deep.equal(unknown("gone"));
        expect(plan({ old: generationOf(generation) }, [])).to.deep.equal(unknown("none"));
        const bare = unmarked("docs", { successor: successorOf("2222222") });
        expect(plan({ old: bare }, [])).to.deep.equal(unknown("gone", "docs"));
        const renamed = generationOf(
            generation,
            { owner: "shop/prod/renamed" },
            { successor: successorOf("2222222") },
        );
        expect(plan({ old: renamed }, [])).to.deep.equal(unknown("gone"));
    });

    it("goes where `destroy` drops it, it is the active one, another owner's, or empty", () => {
        const unnamed = generationOf(generation);
        for (const given of [
            { active: undefined },
            { active: { owner, generation } },
            { old: unmarked("docs") },
            { old: generationOf(generation, { owner: "shop/dev/docs" }) },
            { rows: 0 },
        ])
            expect(plan({ old: unnamed, ...given }, []), JSON.stringify(given)).to.deep.equal([]);
    });
});
