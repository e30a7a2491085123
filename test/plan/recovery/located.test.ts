import { expect } from "chai";

import type { Generation } from "../../../provider/observe/generation";
import { planRefresh, planReplace, planUpdate } from "../../../provider/plan/recovery/located";
import { locateRecorded } from "../../../provider/plan/recovery/situation";
import { refusalError } from "../../../provider/resource/recovery/refusals";

const owner = "shop/prod/docs";
const recorded = { name: "docs", generation: "1111111", isMarked: true };
const old = { owner, generation: "1111111", from: undefined, state: "live" } as const;

const generation = (name: string, more: Partial<Generation> = {}): Generation => ({
    ref: { database: undefined, name },
    marker: old,
    aliases: [],
    successor: undefined,
    retained: [],
    checkpoint: undefined,
    lease: "none",
    isFenced: false,
    ...more,
});

const situation = (found: Generation[], others: string[] = []) => ({
    owner,
    recorded,
    found,
    names: new Set([...found.map(({ ref }) => ref.name), ...others]),
});

describe("the recorded collection", () => {
    it("is found by its generation, under its name or a name that begins with it", () => {
        const other = { ...old, generation: "2222222" };
        const found = [generation("docs", { marker: other }), generation("docs_1111111")];
        expect(locateRecorded(situation(found))?.ref.name).to.equal("docs_1111111");
        expect(locateRecorded(situation([generation("docs")]))?.ref.name).to.equal("docs");
        expect(locateRecorded(situation([generation("pages_1111111")]))).to.equal(undefined);
        expect(locateRecorded(situation([generation("docs", { marker: other })]))).to.equal(undefined);
    });

    it("is found by its name where the server stores no marker", () => {
        const bare = situation([generation("docs", { marker: undefined })]);
        expect(locateRecorded(bare)).to.equal(undefined);
        const unmarked = { ...bare, recorded: { ...recorded, isMarked: false } };
        expect(locateRecorded(unmarked)?.ref.name).to.equal("docs");
        // A marker of another generation belongs to another collection, whatever the state says.
        const marked = { ...unmarked, found: [generation("docs", { marker: { ...old, generation: "2" } })] };
        expect(locateRecorded(marked)).to.equal(undefined);
    });

    it("gets its name back before a migration, unless another collection has it", () => {
        const retired = generation("docs_old");
        const back = { kind: "restore-name", at: retired.ref, name: "docs" };
        expect(planReplace(situation([retired]))).to.deep.equal([back]);
        expect(planReplace(situation([retired], ["docs"]))).to.deep.equal([]);
        expect(planReplace(situation([generation("docs")]))).to.deep.equal([]);
    });

    it("is refused if the server answers for it but does not list it", () => {
        const ghost = { ...situation([generation("docs")]), names: new Set<string>() };
        const [refusal] = planReplace(ghost);
        expect(refusal).to.deep.equal({ kind: "refuse", reason: "unlisted", name: "docs" });
        const error = refusalError({ reason: "unlisted", name: "docs" });
        expect(error).to.have.property("code", "MV329");
        expect(error.message).to.match(
            /^docs: the server answers for this collection but does not list it.*Restart/,
        );
    });

    it("accepts writes again before each change, and before a refresh by its owner", () => {
        const fenced = generation("docs", { isFenced: true });
        const lifted = [{ kind: "lift-fence", at: fenced.ref }];
        for (const plan of [planReplace, planUpdate, planRefresh])
            expect(plan(situation([fenced])), plan.name).to.deep.equal(lifted);
        const others = generation("docs", { isFenced: true, marker: { ...old, owner: "shop/dev/docs" } });
        expect(planRefresh(situation([others]))).to.deep.equal([]);
    });

    it("is refused if it does not exist, and a refresh does nothing", () => {
        const gone = { kind: "refuse", reason: "gone", name: "docs" };
        expect(planReplace(situation([]))).to.deep.equal([gone]);
        expect(planUpdate(situation([]))).to.deep.equal([gone]);
        expect(planRefresh(situation([]))).to.deep.equal([]);
    });

    it("is left alone while another run works on its copy", () => {
        const successor = { database: undefined, name: "docs_2222222", retain: undefined };
        const fenced = generation("docs", { isFenced: true, successor });
        const marker = { owner, generation: "2222222", from: "1111111", state: "live" } as const;
        const copy = (lease: Generation["lease"]) => generation("docs_2222222", { marker, lease });
        expect(planRefresh(situation([fenced, copy("held")]))).to.deep.equal([]);
        for (const lease of ["free", "none"] as const)
            expect(planRefresh(situation([fenced, copy(lease)])), lease).to.have.length(1);
        const unnamed = generation("docs", { isFenced: true });
        expect(planRefresh(situation([unnamed, copy("held")]))).to.have.length(1);
    });
});

describe("the recorded collection beside another one", () => {
    const another = { owner, generation: "2222222", from: "1111111", state: "live" } as const;
    const retired = generation("docs_1111111");
    const copy = (more: Partial<typeof another> | { from: string } | { owner: string } = {}) =>
        generation("docs", { marker: { ...another, ...more } });

    it("is refused to an update where its successor has its name", () => {
        const swapped = [{ kind: "refuse", reason: "swapped", name: "docs" }];
        expect(planUpdate(situation([retired, copy()]))).to.deep.equal(swapped);
        expect(planUpdate(situation([retired, copy({ from: "0000000" })]))).to.deep.equal([]);
        expect(planUpdate(situation([retired, generation("docs", { marker: undefined })]))).to.deep.equal([]);
        expect(planUpdate(situation([generation("docs_old")], ["docs"]))).to.deep.equal([]);
    });

    it("is restored by an update where nobody has its name, whatever else is there", () => {
        const restored = [{ kind: "restore-name", at: retired.ref, name: "docs" }];
        expect(planUpdate(situation([retired]))).to.deep.equal(restored);
        expect(planRefresh(situation([retired]))).to.deep.equal(restored);
        // The server may answer for a name that it does not list, the trace of a rename.
        const trace = { ...situation([retired, copy()]), names: new Set([retired.ref.name]) };
        expect(planUpdate(trace)).to.deep.equal(restored);
        // A name that was given by hand is kept.
        expect(planUpdate(situation([generation("docs_old")]))).to.deep.equal([]);
        expect(planRefresh(situation([generation("docs_old")]))).to.deep.equal([]);
    });

    it("is changed in place under its own name, though a copy of an origin of that name is there", () => {
        const own = generation("docs", { marker: { ...another, generation: "1111111" } });
        expect(planUpdate(situation([own]))).to.deep.equal([]);
    });

    it("is replaced by its successor only where that is the owner's and took its rows", () => {
        expect(planReplace(situation([retired, copy()]))).to.deep.equal([
            {
                kind: "adopt-swapped",
                retired: retired.ref,
                serving: { database: undefined, name: "docs" },
                generation: "2222222",
            },
        ]);
        expect(planReplace(situation([retired, copy({ owner: "shop/dev/docs" })]))).to.deep.equal([]);
        expect(planReplace(situation([retired, copy({ from: "0000000" })]))).to.deep.equal([]);
        expect(planReplace(situation([retired, generation("docs", { marker: undefined })]))).to.deep.equal(
            [],
        );
    });

    it("is put right by a refresh where only an unrelated copy is in work", () => {
        const successor = { database: undefined, name: "docs_2222222", retain: undefined };
        const fenced = generation("docs", { isFenced: true, successor });
        const unrelated = generation("docs_3333333", {
            lease: "held",
            marker: { ...another, from: "0000000" },
        });
        const bare = generation("docs_x", { lease: "held", marker: undefined });
        expect(planRefresh(situation([fenced, unrelated, bare]))).to.deep.equal([
            { kind: "lift-fence", at: fenced.ref },
        ]);
    });

    it("is only read by a refresh where its server keeps no marker", () => {
        const bare = generation("docs", { marker: undefined, isFenced: true });
        const given = { ...situation([bare]), recorded: { ...recorded, isMarked: false } };
        expect(planRefresh(given)).to.deep.equal([]);
    });
});
