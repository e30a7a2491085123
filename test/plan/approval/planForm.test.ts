import { expect } from "chai";
import fc from "fast-check";

import { approvalHash } from "../../../provider/plan/approval/approvalHash";
import { planForm } from "../../../provider/plan/approval/planForm";
import { readSavedPlans, savedPlan, savedPlanText } from "../../../provider/plan/approval/savedPlan";
import { recorded } from "../../../provider/plan/offline";
import { planCollection, type PlanInput } from "../../../provider/plan/plan";
import { anyCollection, anyServer, collection, embed, hnsw, id, text, vector } from "../arbitrary";
import { edits, type Given, withText } from "../edits";
import { servers } from "../servers";

function form(before: Given, after: Given, input: Partial<PlanInput> = {}) {
    const deployed = collection(before);
    const source = { ...recorded(deployed), name: deployed.name ?? "docs_3fa9c1d" };
    const plan = planCollection({
        deployed,
        target: collection(after),
        source,
        capabilities: servers["milvus-2.6.18"],
        unknowns: false,
        rows: 10,
        ...input,
    });
    return planForm(plan, { name: "docs" });
}

const hash = (...args: Parameters<typeof form>) => approvalHash(form(...args));
const loose = withText({ nullable: true });
const everyEdit = Object.entries(edits).map(([kind, [before, after]]) => ({
    kind,
    before,
    after,
}));

describe("a plan as it is approved", () => {
    for (const server of Object.keys(servers))
        it(`has no numbers of rows, sizes and times, for every kind of change on ${server}`, () => {
            for (const { kind, before, after } of everyEdit) {
                const given = { capabilities: servers[server] };
                const small = form(before, after, { ...given, rows: 1, bytes: 10 });
                const measured = { seconds: 7_777, passSeconds: 7_777 };
                const large = { ...given, rows: 54_321, bytes: 98_765_432, estimate: measured };
                expect(form(before, after, large), kind).to.deep.equal(small);
                expect(JSON.stringify(small), kind).to.not.match(/54,?321|98 MB|7777|3fa9c1d/);
            }
        });

    it("is another one for each kind of change", () => {
        const hashes = everyEdit
            .filter(({ kind }) => kind !== "state-only")
            .map(({ before, after }) => hash(before, after));
        expect(new Set(hashes)).to.have.lengthOf(hashes.length);
    });

    it("is another one for other values that the line of a change does not show", () => {
        const long = "a".repeat(60);
        const field = (given: Partial<typeof text>) => hash({}, withText({ ...given, nullable: true }));
        const different = [
            field({}),
            field({ defaultValue: `${long}1` }),
            field({ defaultValue: `${long}2` }),
            field({ enableAnalyzer: true, enableMatch: true, analyzerParams: { type: "english" } }),
            field({ enableAnalyzer: true, enableMatch: true, analyzerParams: { type: "german" } }),
            hash({}, withText({ description: "The text" })),
            hash({}, withText({ description: "A text" })),
            hash({}, { indexes: [{ ...hnsw, params: { M: 32 } }] }),
            hash({}, { indexes: [{ ...hnsw, params: { M: 33 } }] }),
            hash({}, { ...loose, migration: { ...collection({}).migration, verify: "count" } }),
            hash({}, { ...loose, migration: { ...collection({}).migration, writes: "paused" } }),
            hash({}, { ...loose, migration: { ...collection({}).migration, keepPrevious: true } }),
            hash({}, { ...loose, indexes: [{ ...hnsw, params: { M: 32 } }] }),
            hash({}, { fields: [id, { ...vector, dim: 2, backfill: [0, 1] }, text] }),
            hash({}, { fields: [id, { ...vector, dim: 2, backfill: [0, 2] }, text] }),
        ];
        expect(new Set(different)).to.have.lengthOf(different.length);
    });

    it("is another one when what is on the server is another", () => {
        const source = { ...recorded(collection({})), name: "docs_3fa9c1d" };
        const drifted = { ...source, properties: { "mmap.enabled": "true" } };
        expect(hash({}, loose, { source: drifted })).to.not.equal(hash({}, loose, { source }));
        // Clients create partitions at any time, and their rows are carried over.
        const parted = { ...source, partitions: [...source.partitions, "y2024"] };
        expect(hash({}, loose, { source: parted })).to.equal(hash({}, loose, { source }));
    });

    it("has no connection, and no credential", () => {
        const connection = { address: "a:19530", token: "root:Milvus", ssl: false, timeout: 30 };
        const moved = { connection: { ...connection, address: "b:19530", token: "other" } };
        const text = JSON.stringify(form({ connection }, moved));
        expect(text)
            .to.include("b:19530")
            .and.to.not.match(/Milvus"|root|other/);
    });

    it("has the version of the module that rows pass through, not its pace", () => {
        const program = (given: Partial<typeof embed>): Given => ({
            fields: [id, { ...vector, dim: 2 }, text],
            migration: { ...collection({}).migration, writes: "paused", transform: { ...embed, ...given } },
        });
        const planned = (given: Partial<typeof embed>) =>
            planCollection({
                deployed: collection({}),
                target: collection(program(given)),
                source: recorded(collection({})),
                unknowns: false,
            });
        const of = (version: string, given = {}) =>
            approvalHash(planForm(planned(given), { name: "docs", moduleVersion: version }));
        expect(of("1")).to.not.equal(of("2"));
        expect(of("1")).to.equal(of("1", { batchRows: 7, concurrency: 9, retries: 1 }));
    });

    it("comes back from its file, and is refused where the file was edited", () => {
        const any = fc.tuple(anyCollection, anyCollection, anyServer);
        fc.assert(
            fc.property(any, ([deployed, target, capabilities]) => {
                const plan = planCollection({ deployed, target, capabilities, unknowns: false });
                const saved = savedPlan(planForm(plan, { name: "docs" }));
                const [read] = readSavedPlans(savedPlanText([saved]));
                expect(read!.hash).to.equal(saved.hash);
                expect(approvalHash(read!.plan)).to.equal(saved.hash);
            }),
        );
        const saved = savedPlanText([savedPlan(form({}, loose)), savedPlan(form({}, { shardsNum: 2 }))]);
        expect(readSavedPlans(saved)).to.have.lengthOf(2);
        const lines = (JSON.parse(saved) as object[]).map((one) => JSON.stringify(one)).join("\n");
        expect(readSavedPlans(lines)).to.deep.equal(readSavedPlans(saved));
        expect(() => readSavedPlans(saved.replace("512", "513"))).to.throw("somebody edited it");
        expect(() => readSavedPlans("{}")).to.throw("it has no hash and plan");
        expect(() => readSavedPlans(saved.replaceAll('"form": 1', '"form": 2'))).to.throw("another release");
    });
});
