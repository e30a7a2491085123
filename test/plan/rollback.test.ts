import { expect } from "chai";

import type { Collection, Field } from "../../provider/inputs/schema/collection";
import { currentServer, recorded } from "../../provider/plan/offline";
import { type Lineage, lineageOf } from "../../provider/plan/mapping/lineage";
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

/** A migration from one schema to another, and the plan to roll back to the collection that it retained. */
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
    const previous: Previous = { observed: old, differs: [], lineage: lineageOf(mapping), ...kept };
    const target = renamedBack(collection({ ...there, ...back, ...more }), source, previous);
    const capabilities = currentServer;
    const input = { deployed, target, source, capabilities, unknowns: false, replace: true, rows: 10 };
    return { plan: planCollection({ ...input, previous }), mapping };
}

const names = (columns: RowMapping["columns"]) => columns.map(({ to }) => to.name);
const kept = ({ migration: rollback }: CollectionPlan) => rollback!.mapping.targetOnly!;
const blockedBy = ({ findings }: CollectionPlan) =>
    findings.flatMap(({ code, message }) => (code === "MV151" || code === "MV150" ? [message] : []));

describe("a rollback plan", () => {
    it("maps the columns of the active collection and keeps the others as retained", () => {
        const { plan: rollback } = plan(
            { fields: [id, vector, text, notes] },
            { fields: [id, vector, text, lang] },
        );
        expect(names(rollback.migration!.mapping.columns)).to.deep.equal(["id", "vector", "text"]);
        expect(names(kept(rollback).columns)).to.deep.equal(["notes"]);
        expect(kept(rollback).dynamic).to.equal(false);
        expect(rollback.findings.map(({ code }) => code)).to.deep.equal(["MV101"]);
    });

    it("renders the steps of the rollback, not the figures of a copy", () => {
        const { plan: rollback } = plan(
            { fields: [id, vector, text, notes] },
            { fields: [id, vector, text] },
        );
        expect(renderPlan(rollback, { name: "docs" })).to.deep.equal([
            "docs: roll back to docs_3fa9c1d, with the writes made since",
            '  + notes: new VarChar(64), retained values, "" in newer rows',
            "  why: Milvus adds only nullable fields in place",
            "  steps: restore docs_3fa9c1d, carry over later writes, cut over, drop old collection",
        ]);
    });

    it("keeps the retained values of a dynamic field that was turned off", () => {
        const { plan: rollback } = plan({ enableDynamicField: true }, {});
        expect(kept(rollback).dynamic).to.equal(true);
        expect(rollback.migration!.mapping.dynamic).to.equal("none");
    });

    it("reverts the renames of the migration without a previousName", () => {
        const page = field({ name: "page", dataType: "Int64", previousName: "page_num" });
        const pageNum = field({ name: "page_num", dataType: "Int64" });
        const { plan: rollback } = plan({ fields: [id, vector, pageNum] }, { fields: [id, vector, page] });
        const column = rollback.migration!.mapping.columns.find(({ to }) => to.name === "page_num");
        expect(column?.source).to.deep.include({ kind: "carry" });
        expect(column?.source).to.have.nested.property("from.name", "page");
        expect(rollback.migration!.mapping.dropped).to.deep.equal([]);
    });

    it("maps a dynamic key to a field only if the migration moved the field there", () => {
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

    it("reverts no rename that the program, the server or another field contradicts", () => {
        const page = field({ name: "page", dataType: "Int64", previousName: "page_num" });
        const pageNum = field({ name: "page_num", dataType: "Int64" });
        const other = field({ name: "other", dataType: "Int64" });
        const [there, now] = [
            collection({ fields: [id, pageNum] }),
            collection({ fields: [id, page, other] }),
        ];
        const { mapping } = mapRows({
            source: recorded(there),
            deployed: there,
            target: now,
            capabilities: currentServer,
        });
        const renamed = (
            target: Field,
            more: Field[] = [],
            seen = now,
            known: RowMapping | undefined = mapping,
        ) => {
            const previous = { observed: recorded(there), differs: [], lineage: known && lineageOf(known) };
            const fields = [id, target, ...more];
            return renamedBack(collection({ fields }), recorded(seen), previous).fields[1]!.previousName;
        };
        expect(renamed(pageNum)).to.equal("page");
        expect(renamed({ ...pageNum, previousName: "other" })).to.equal("other");
        // It names no field of the active collection.
        expect(renamed({ ...pageNum, previousName: "gone" })).to.equal("page");
        expect(renamed(pageNum, [], there)).to.equal(undefined);
        expect(renamed(pageNum, [], collection({ fields: [id, other] }))).to.equal(undefined);
        expect(renamed(pageNum, [{ ...page, previousName: undefined }])).to.equal(undefined);
        expect(
            renamedBack(collection(), recorded(now), {
                observed: recorded(there),
                differs: [],
                lineage: undefined,
            }),
        ).to.deep.equal(collection());
    });

    it("reverts a swap of two names", () => {
        const [a, b] = ["a", "b"].map((name) => field({ name, dataType: "Int64" }));
        const swapped = [
            { ...a!, previousName: "b" },
            { ...b!, previousName: "a" },
        ];
        const { plan: rollback } = plan(
            { fields: [id, vector, a!, b!] },
            { fields: [id, vector, ...swapped] },
        );
        const from = Object.fromEntries(
            rollback.migration!.mapping.columns.map(({ to, source }) => [
                to.name,
                source.kind === "carry" ? source.from.name : source.kind,
            ]),
        );
        expect(from).to.include({ a: "b", b: "a" });
        expect(blockedBy(rollback)).to.deep.equal([]);
    });

    it("is blocked if another field has the name of one that was dropped since, unless that is allowed", () => {
        const there = { fields: [id, vector, lang] };
        // Dropped by one change, and added again by the next.
        const lineage: Lineage = {
            ...lineageOf(plan(there, there).mapping),
            fields: [
                ["id", "id"],
                ["vector", "vector"],
            ],
        };
        const blocked = plan(there, there, { kept: { lineage } }).plan;
        expect(blocked.findings.map(({ code, message }) => [code, message])).to.deep.include([
            "MV156",
            "lang of docs_3fa9c1d is replaced with lang of docs_ba4d643, which is another field: it was added since.",
        ]);
        expect(blocked.verdict).to.equal("blocked");
        const allow = ["overwrite:lang"];
        const allowed = { migration: { ...back.migration, allow } };
        const { verdict } = plan(there, there, { more: allowed, kept: { lineage } }).plan;
        expect(verdict).to.equal("migrate");
    });

    it("carries over the columns that are converted back, also under another name", () => {
        const [long, short] = (["Int64", "Int32"] as const).map((dataType) => field({ name: "n", dataType }));
        const { plan: rollback } = plan({ fields: [id, vector, long!] }, { fields: [id, vector, short!] });
        expect(names(rollback.migration!.mapping.columns)).to.deep.equal(["id", "vector", "n"]);
        expect(kept(rollback).columns).to.deep.equal([]);
        const renamed = { ...short!, name: "m", previousName: "n" };
        const { plan: both } = plan({ fields: [id, vector, long!] }, { fields: [id, vector, renamed] });
        expect(names(both.migration!.mapping.columns)).to.deep.equal(["id", "vector", "n"]);
    });

    it("takes the value of a JSON field, which no migration has moved", () => {
        const data = field({ name: "data", dataType: "JSON" });
        const tag = field({ name: "tag", dataType: "VarChar", maxLength: 8, from: "data.tag" });
        const { plan: rollback } = plan({ fields: [id, vector, data, tag] }, { fields: [id, vector, data] });
        expect(names(rollback.migration!.mapping.columns)).to.include("tag");
        const dynamic = { enableDynamicField: true };
        const hinted = { ...tag, from: "$meta.tag" };
        const there = { ...dynamic, fields: [id, vector, hinted] };
        const known = (mapping: RowMapping | undefined) =>
            names(
                kept(
                    plan(
                        there,
                        { ...dynamic, fields: [id, vector] },
                        { kept: { lineage: mapping && lineageOf(mapping) } },
                    ).plan,
                ).columns,
            );
        // Where the migration is not known, the hint is taken for one that counts.
        expect(known(undefined)).to.deep.equal([]);
        // Another field was moved there.
        const moved = plan(
            { ...dynamic, fields: [id, vector, hinted, notes] },
            {
                ...dynamic,
                fields: [id, vector],
                migration: { ...migration, moveToDynamicField: ["notes"] },
            },
        );
        expect(names(kept(moved.plan).columns)).to.include("tag");
    });

    it("gives newer rows NULL or the value for rows without the key where a dynamic key was a field", () => {
        const dynamic = { enableDynamicField: true };
        const tag = field({ name: "tag", dataType: "VarChar", maxLength: 8, from: "$meta.tag" });
        const source = (given: Partial<typeof tag>) => {
            const there = { ...dynamic, fields: [id, vector, { ...tag, ...given }] };
            return kept(plan(there, { ...dynamic, fields: [id, vector] }).plan).columns[0]!.source;
        };
        expect(source({})).to.deep.equal({ kind: "constant", value: "" });
        expect(source({ nullable: true })).to.deep.equal({ kind: "null" });
    });

    const same = { fields: [id, vector, text, notes] };
    const changed = { fields: [id, vector, text] };
    const refusals: [string, () => CollectionPlan, string][] = [
        [
            "the retained collection differs from the program",
            () => plan(same, changed, { kept: { differs: ["~ a", "~ b", "~ c", "~ d"] } }).plan,
            "docs_3fa9c1d differs from the program: ~ a; ~ b; ~ c, and 1 more.",
        ],
        [
            "the migration regenerated the keys",
            () => {
                const { mapping } = plan(same, changed);
                const regenerated = { ...mapping, key: { ...mapping.key, regenerate: true } };
                return plan(same, changed, { kept: { lineage: lineageOf(regenerated) } }).plan;
            },
            "docs_3fa9c1d has other keys: a migration after it generated new ones.",
        ],
        [
            "only a transform fills newer rows",
            () =>
                plan(
                    { fields: [id, { ...vector, dim: 16 }] },
                    { fields: [id, vector] },
                    {
                        more: { migration: { ...back.migration, transform: embed } },
                    },
                ).plan,
            "docs_3fa9c1d gets new rows without a transform, and nothing else fills vector: set a backfill.",
        ],
        [
            "the retained collection has another name",
            () => plan(same, changed, { more: { name: "pages" } }).plan,
            "docs_3fa9c1d is not named pages.",
        ],
        [
            "the retained collection has a partition that was dropped",
            () => plan({ ...same, partitions: ["y2023"] }, changed).plan,
            "docs_3fa9c1d has rows in partitions that no longer exist: y2023.",
        ],
        [
            "the retained collection differs in a few ways",
            () => plan(same, changed, { kept: { differs: ["~ a", "~ b", "~ c"] } }).plan,
            "docs_3fa9c1d differs from the program: ~ a; ~ b; ~ c.",
        ],
        [
            "the program regenerates the keys",
            () => {
                const auto = { ...id, autoId: true };
                const rollback = { ...back.migration, primaryKeys: "regenerate" as const };
                return plan(
                    { fields: [auto, vector, text, notes] },
                    { fields: [auto, vector, text] },
                    { more: { migration: rollback } },
                ).plan;
            },
            'docs_3fa9c1d keeps its keys, but migration.primaryKeys is "regenerate".',
        ],
        [
            "fields move to the dynamic field of the retained collection",
            () => {
                const rollback = { ...back.migration, moveToDynamicField: ["text"] };
                return plan(
                    { enableDynamicField: true, fields: [id, vector] },
                    { fields: [id, vector, text] },
                    { more: { migration: rollback } },
                ).plan;
            },
            "docs_3fa9c1d has its own dynamic field, which migration.moveToDynamicField would overwrite.",
        ],
        [
            "nothing is retained",
            () => {
                const deployed = collection(changed);
                const target = collection({ ...same, ...back });
                const source = { ...recorded(deployed), name: "docs_ba4d643" };
                const input = { deployed, target, source, capabilities: currentServer, unknowns: false };
                return planCollection({ ...input, replace: true });
            },
            "No collection is retained behind docs_ba4d643.",
        ],
        [
            "the target is on another server",
            () => {
                const connection = { address: "elsewhere:19530" } as Collection["connection"];
                return plan(same, changed, { more: { connection } }).plan;
            },
            "No collection is retained behind docs_ba4d643. A rollback cannot change the server.",
        ],
    ];
    for (const [why, attempt, message] of refusals)
        it(`is blocked if ${why}`, () => {
            const rollback = attempt();
            expect(rollback.verdict).to.equal("blocked");
            expect(blockedBy(rollback)).to.deep.equal([message]);
            const [found] = rollback.findings.filter(({ code }) => code === "MV150" || code === "MV151");
            expect(found?.path).to.equal("migration.rollback");
            expect(found?.fix).to.match(/^(Restore the program's earlier schema\. Or o|O)mit rollback, then/);
        });
});

describe("a rollback of a collection with partitions", () => {
    const keyed = { fields: [id, vector, { ...text, isPartitionKey: true }] };
    const refused = (...given: Parameters<typeof plan>) => blockedBy(plan(...given).plan);

    it("needs each of them on both sides, unless a partition key routes the rows", () => {
        const both = { partitions: ["a"], fields: [id, vector, text, notes] };
        expect(refused(both, { partitions: ["a"], fields: [id, vector, text] })).to.deep.equal([]);
        expect(refused({ ...both, partitions: ["a", "b"] }, { fields: [id, vector, text] })).to.deep.equal([
            "docs_3fa9c1d has rows in partitions that no longer exist: a, b.",
        ]);
        expect(refused({ ...both, partitions: ["a"] }, keyed)).to.deep.equal([
            "docs_3fa9c1d has rows in partitions that no longer exist: a.",
        ]);
        expect(refused({ ...both, partitions: ["_default"] }, keyed)).to.deep.equal([]);
        expect(refused(keyed, { fields: [id, vector, text] })).to.deep.equal([]);
        const observed = { ...recorded(collection(keyed)), name: "docs_3fa9c1d", partitions: ["_default_0"] };
        expect(refused(keyed, { fields: [id, vector, text] }, { kept: { observed } })).to.deep.equal([]);
    });

    it("may have a name, of its own or of the swap", () => {
        const changed = { fields: [id, vector] };
        expect(refused({ name: "docs_3fa9c1d" }, { ...changed, name: "docs" })).to.deep.equal([]);
        expect(refused({ name: "docs" }, { ...changed, name: "docs" })).to.deep.equal([]);
    });
});

describe("a plan with keepPrevious", () => {
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

    it("retains the old collection", () => {
        expect(steps(true).last).to.match(/cut over, retain old collection$/);
    });

    it("drops it with a warning where the server stores no properties", () => {
        const { last, rollback } = steps(false);
        expect(last).to.match(/cut over, drop old collection$/);
        expect(rollback.findings.map(({ code }) => code)).to.include("MV149");
    });
});
