import { expect } from "chai";

import { faults } from "../../support/faults/faultyCalls";
import { currentTier } from "../../support/tier";
import { after, before, give, ids, rowsOf, staged, texts } from "./backfillStage";
import { refresh, up } from "./steps";

const isFast = currentTier() === "fast";

describe("a backfill in place that is interrupted (fake)", () => {
    const stage = async () => {
        const made = await staged({ ...before, partitions: ["y2024"] }, { pageRows: () => 3 });
        await give(made, before.fields, { id: ids, text: texts });
        await give(made, before.fields, { id: ids, text: texts }, "y2024");
        return made;
    };
    const wanted = { ...after, partitions: ["y2024"] };

    // The fast tier has the faults that end a run at once, each at every other call.
    const faultsOfTier = isFast ? (["refused from then on", "killed"] as const) : faults;
    for (const [place, fault] of faultsOfTier.entries())
        it(`is resumed, whichever call is ${fault === "killed" ? "the last" : fault}`, async function () {
            this.timeout(120_000);
            const whole = await stage();
            const was = rowsOf(whole);
            const filled = was.map((row) => ({ ...row, lang: "en" }));
            const { faulty } = await up(whole.fake.address, whole.deployed, wanted);
            expect(faulty.writes).to.include.members(["AddCollectionField", "Upsert", "AlterCollection"]);
            expect(rowsOf(whole)).to.deep.equal(filled);
            for (const at of faulty.writes.keys()) {
                if (isFast && at % 2 !== place) continue;
                const label = `${faulty.writes[at]} (${at})`;
                const cut = await stage();
                const first = await up(cut.fake.address, cut.deployed, wanted, { at, fault });
                // What a row held it holds still, whether it is filled or not.
                const now = rowsOf(cut).map(({ lang: _lang, ...row }) => row);
                expect(now, label).to.deep.equal(was);
                if (first.verdict !== "updated") expect(first.verdict, label).to.have.property("failed");
                const second = await up(cut.fake.address, cut.deployed, wanted);
                expect(second.verdict, label).to.be.oneOf(["updated", "same"]);
                expect(rowsOf(cut), label).to.deep.equal(filled);
                expect((await up(cut.fake.address, cut.deployed, wanted)).verdict, label).to.equal("same");
            }
        });

    it("is resumed after a refresh, which makes the state what is on the server", async () => {
        const cut = await stage();
        const filled = rowsOf(cut).map((row) => ({ ...row, lang: "en" }));
        const { address } = cut.fake;
        await up(address, cut.deployed, wanted, { at: 3, fault: "killed" });
        await refresh(address, cut.deployed);
        expect(rowsOf(cut)).to.not.deep.equal(filled);
        expect((await up(address, cut.deployed, wanted)).verdict).to.equal("updated");
        expect(rowsOf(cut)).to.deep.equal(filled);
        expect((await up(address, cut.deployed, wanted)).verdict).to.equal("same");
    });

    it("leaves a field that the former program drops, by a migration before 3.0", async () => {
        for (const [version, verdict] of [
            ["2.6.18", "replace"],
            ["3.0.0", "updated"],
        ] as const) {
            const cut = await staged(before, { version, pageRows: () => 3 });
            await give(cut, before.fields, { id: ids, text: texts });
            const { address } = cut.fake;
            await up(address, cut.deployed, after, { at: 2, fault: "killed" });
            expect((await up(address, cut.deployed, before)).verdict, version).to.equal(verdict);
        }
    });

    it("is completed by a copy where the program does not ask for it in place any more", async () => {
        const cut = await stage();
        const { address } = cut.fake;
        await up(address, cut.deployed, wanted, { at: 3, fault: "killed" });
        const copied = { ...wanted, migration: { writes: "paused" } };
        expect((await up(address, cut.deployed, copied)).verdict).to.equal("replace");
        expect(cut.deployed.said.join("\n")).to.include("existing rows get the backfill of lang");
    });
});
