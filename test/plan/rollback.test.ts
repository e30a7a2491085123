import { expect } from "chai";

import type { Collection } from "../../provider/inputs/schema/collection";
import { currentServer, recorded } from "../../provider/plan/offline";
import type { RowMapping } from "../../provider/plan/mapping/mapping";
import { mapRows } from "../../provider/plan/mapping/mapRows";
import { planCollection, type CollectionPlan } from "../../provider/plan/plan";
import { type Previous, renamedBack } from "../../provider/plan/rollback";
import { renderPlan } from "../../provider/plan/render/text";
import { collection, embed, field, id, text, vector } from "./arbitrary";

const notes = field({ name: "notes", dataType: "VarChar", maxLength: 64 });
const lang = field({ name: "lang", dataType: "VarChar", maxLength: 8, backfill: "en" });
const { migration } = collection();
const back = { migration: { ...migration, rollback: "previous" as const } };

/** A migration from one schema to another, and the plan to go back to the collection that it kept. */
function plan(
    there: Partial<Collection>,
    now: Partial<Collection>,
    { more = {}, kept = {} }: { more?: Partial<Collection>; kept?: Partial<Previous> } = {},
): { plan: CollectionPlan; mapping: RowMapping } {
    const [previousGeneration, deployed] = [collection(there), collection(now)];
    const old = { ...recorded(previousGeneration), name: "docs_3fa9c1d" };
    const source = { ...recorded(deployed), name: "docs_ba4d643" };
    const { mapping } = mapRows({
        source: old,
        deployed: previousGeneration,
        target: deployed,
        capabilities: currentServer,
    });
    const previous: Previous = { observed: old, differs: [], mapping, ...kept };
    const target = renamedBack(collection({ ...there, ...back, ...more }), source, previous);
    const capabilities = currentServer;
    const input = { deployed, target, source, capabilities, unknowns: false, replace: true, rows: 10 };
    return { plan: planCollection({ ...input, previous }), mapping };
}

const names = (columns: RowMapping["columns"]) => columns.map(({ to }) => to.name);
const kept = ({ migration: rollback }: CollectionPlan) => rollback!.mapping.targetOnly!;
const told = ({ findings }: CollectionPlan) =>
    findings.flatMap(({ code, message }) => (code === "MV151" || code === "MV150" ? [message] : []));

describe("a plan that goes back", () => {
    it("takes from the rows in service what they have, and leaves the rest as it was kept", () => {
        const { plan: rollback } = plan(
            { fields: [id, vector, text, notes] },
            { fields: [id, vector, text, lang] },
        );
        expect(names(rollback.migration!.mapping.columns)).to.deep.equal(["id", "vector", "text"]);
        expect(names(kept(rollback).columns)).to.deep.equal(["notes"]);
        expect(kept(rollback).dynamic).to.equal(false);
        expect(rollback.findings.map(({ code }) => code)).to.deep.equal(["MV101"]);
    });

    it("says what it takes up, and not what a copy would take", () => {
        const { plan: rollback } = plan(
            { fields: [id, vector, text, notes] },
            { fields: [id, vector, text] },
        );
        expect(renderPlan(rollback, { name: "docs" })).to.deep.equal([
            "docs: go back to docs_3fa9c1d, with what was written since",
            '  + notes: new VarChar(64), values as they were kept, "" in newer rows',
            "  why: Milvus adds only nullable fields in place",
            "  steps: take up docs_3fa9c1d (kept), bring over what was written since, switch, drop the old",
        ]);
    });

    it("keeps a dynamic field that was turned off", () => {
        const { plan: rollback } = plan({ enableDynamicField: true }, {});
        expect(kept(rollback).dynamic).to.equal(true);
        expect(rollback.migration!.mapping.dynamic).to.equal("none");
    });

    it("undoes the renames of the way there, which the program need not say", () => {
        const page = field({ name: "page", dataType: "Int64", previousName: "page_num" });
        const pageNum = field({ name: "page_num", dataType: "Int64" });
        const { plan: rollback } = plan({ fields: [id, vector, pageNum] }, { fields: [id, vector, page] });
        const column = rollback.migration!.mapping.columns.find(({ to }) => to.name === "page_num");
        expect(column?.source).to.deep.include({ kind: "carry" });
        expect(column?.source).to.have.nested.property("from.name", "page");
        expect(rollback.migration!.mapping.dropped).to.deep.equal([]);
    });

    it("takes a key of the dynamic field for a field only where the way there made it one", () => {
        const dynamic = { enableDynamicField: true };
        const hinted = field({ name: "tag", dataType: "VarChar", maxLength: 8, from: "$meta.tag" });
        const there = { ...dynamic, fields: [id, vector, hinted] };
        const dropped = plan(there, { ...dynamic, fields: [id, vector] });
        expect(names(kept(dropped.plan).columns)).to.deep.equal(["tag"]);
        const movedToDynamicField = plan(there, {
            ...dynamic,
            fields: [id, vector],
            migration: { ...migration, moveToDynamicField: ["tag"] },
        });
        expect(kept(movedToDynamicField.plan).columns).to.deep.equal([]);
    });

    const same = { fields: [id, vector, text, notes] };
    const changed = { fields: [id, vector, text] };
    const refusals: [string, () => CollectionPlan, string][] = [
        [
            "what was kept is another one",
            () => plan(same, changed, { kept: { differs: ["~ a", "~ b", "~ c", "~ d"] } }).plan,
            "docs_3fa9c1d is not what the program declares: ~ a; ~ b; ~ c, and 1 more.",
        ],
        [
            "rows got new keys",
            () => {
                const { mapping } = plan(same, changed);
                const regenerated = { ...mapping, key: { ...mapping.key, regenerate: true } };
                return plan(same, changed, { kept: { mapping: regenerated } }).plan;
            },
            "docs_3fa9c1d has other keys: the migration that left it made new ones.",
        ],
        [
            "only a transform makes values of newer rows",
            () =>
                plan(
                    { fields: [id, { ...vector, dim: 16 }] },
                    { fields: [id, vector] },
                    {
                        more: { migration: { ...back.migration, transform: embed } },
                    },
                ).plan,
            "docs_3fa9c1d gets new rows without a transform, and nothing else makes vector: give it a backfill.",
        ],
        [
            "it is called otherwise",
            () => plan(same, changed, { more: { name: "pages" } }).plan,
            "docs_3fa9c1d is not called pages.",
        ],
        [
            "it has a partition that is no more",
            () => plan({ ...same, partitions: ["y2023"] }, changed).plan,
            "docs_3fa9c1d has rows in partitions that are no more: y2023.",
        ],
        [
            "it is on another server",
            () => {
                const connection = { address: "elsewhere:19530" } as Collection["connection"];
                return plan(same, changed, { more: { connection } }).plan;
            },
            "No former collection is kept behind docs_ba4d643. It would be on another server.",
        ],
    ];
    for (const [why, attempt, message] of refusals)
        it(`is refused where ${why}`, () => {
            const rollback = attempt();
            expect(rollback.verdict).to.equal("blocked");
            expect(told(rollback)).to.deep.equal([message]);
        });
});

describe("a plan that keeps the old collection", () => {
    const target = collection({ fields: [id, vector], migration: { ...migration, keepPrevious: true } });
    const steps = (properties: boolean) => {
        const capabilities = { ...currentServer, alterProperties: properties };
        const deployed = collection({ fields: [id, vector, text] });
        const source = recorded(deployed);
        const rollback = planCollection({
            deployed,
            target,
            source,
            capabilities,
            unknowns: false,
            replace: true,
        });
        return {
            last: renderPlan(rollback, { name: "docs" }).find((line) => line.includes("steps:")),
            rollback,
        };
    };

    it("says so", () => {
        expect(steps(true).last).to.match(/switch, keep the old$/);
    });

    it("drops it where it could not be found again, and warns of that", () => {
        const { last, rollback } = steps(false);
        expect(last).to.match(/switch, drop the old$/);
        expect(rollback.findings.map(({ code }) => code)).to.include("MV149");
    });
});
