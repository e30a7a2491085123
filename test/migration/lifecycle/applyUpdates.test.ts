import { expect } from "chai";

import type { MilvusClient } from "../../../provider/milvus/transport/client";
import { capabilities } from "../../../provider/observe/capabilities";
import { observeCollection } from "../../../provider/observe/collection";
import type { ObservedCollection } from "../../../provider/observe/state";
import { planCollection, type CollectionPlan } from "../../../provider/plan/plan";
import { applyUpdates } from "../../../provider/migration/lifecycle/applyUpdates";
import { build } from "../../../provider/migration/lifecycle/build";
import type { Collection } from "../../../provider/inputs/schema/collection";
import { parseCollection } from "../../../provider/inputs/parse";
import type { Report } from "../../../provider/migration/report";
import { open, ref } from "../../fake/open";
import { servers } from "../../plan/servers";

const docs = ref("docs");
const silent: Report = { say: () => undefined, progress: () => undefined };
const marker = { owner: "shop/prod/docs", generation: "3fa9c1d", from: undefined };

const id = { name: "id", dataType: "Int64", isPrimaryKey: true };
const vector = { name: "vector", dataType: "FloatVector", dim: 2 };
const text = { name: "text", dataType: "VarChar", maxLength: 64, enableAnalyzer: true };
// Milvus 3.0.0 fills no default into old rows (issue 52771), so that a field with one is not added in place.
const lang = { name: "lang", dataType: "VarChar", maxLength: 8, nullable: true };
const notes = { name: "notes", dataType: "VarChar", maxLength: 8, nullable: true };
const sparse = { name: "sparse", dataType: "SparseFloatVector" };
const bm25 = { name: "bm25", type: "BM25", inputFieldNames: ["text"], outputFieldNames: ["sparse"] };
const onSparse = { field: "sparse", indexType: "SPARSE_INVERTED_INDEX" };
const hnsw = { field: "vector", indexType: "HNSW", metricType: "L2", params: { M: 8 } };

const spec = (args: object): Collection => {
    const { spec: parsed, failures } = parseCollection(args as Record<string, unknown>);
    if (parsed === undefined) throw new Error(JSON.stringify(failures));
    return parsed;
};

/** One edit of each kind that a server of 3.0 applies in place, all at once. */
const before = spec({
    fields: [id, vector, text, notes],
    indexes: [hnsw],
    partitions: ["y2023"],
    properties: { "mmap.enabled": "true" },
});
const after = spec({
    fields: [id, vector, { ...text, maxLength: 128, description: "what to read" }, lang, sparse],
    functions: [bm25],
    indexes: [{ ...hnsw, params: { M: 16 } }, onSparse],
    partitions: ["y2024"],
    description: "Documents",
    consistencyLevel: "Strong",
    enableDynamicField: true,
    properties: { "collection.ttl.seconds": "3600" },
});

async function observed(client: MilvusClient): Promise<ObservedCollection> {
    return (await observeCollection(client, docs))!;
}

async function planned(
    client: MilvusClient,
    deployed: Collection,
    target: Collection,
): Promise<CollectionPlan> {
    const source = await observed(client);
    return planCollection({
        deployed,
        target,
        source,
        rows: 7,
        capabilities: await capabilities(client),
        unknowns: false,
    });
}

async function deployed(version: string, program: Collection) {
    const { fake, client } = await open(version, { storageV3: true });
    await build({
        client,
        capabilities: await capabilities(client),
        ref: docs,
        spec: program,
        marker,
        report: silent,
    });
    return { fake, client };
}

/** The state on the server, in the program's terms. */
async function standing(client: MilvusClient) {
    const { fields, functions, partitions, indexes, ...rest } = await observed(client);
    const { description, consistencyLevel, enableDynamicField, loadState } = rest;
    return {
        ...{ description, consistencyLevel, enableDynamicField, loadState },
        fields: fields.map(({ name, maxLength }) => `${name} ${maxLength ?? ""}`.trim()).sort(),
        functions: functions.map(({ name }) => name),
        partitions: partitions.toSorted(),
        indexes: indexes.map(({ field, params }) => `${field} ${params.M ?? ""}`.trim()).sort(),
        ttl: rest.properties["collection.ttl.seconds"],
        mmap: rest.properties["mmap.enabled"],
    };
}

const wanted = {
    description: "Documents",
    consistencyLevel: "Strong",
    enableDynamicField: true,
    loadState: "loaded",
    fields: ["id", "lang 8", "sparse", "text 128", "vector"],
    functions: ["bm25"],
    partitions: ["_default", "y2024"],
    indexes: ["sparse", "vector 16"],
    ttl: "3600",
    mmap: undefined,
};

describe("an update in place on a server of 3.0 (fake)", () => {
    it("copies no row, and ends as declared", async () => {
        const { fake, client } = await deployed("3.0.0", before);
        const plan = await planned(client, before, after);
        expect(plan.verdict).to.equal("update");
        fake.calls.length = 0;
        await applyUpdates(client, docs, plan.updates, silent);
        expect(fake.calls).not.to.include.members(["Insert", "Query", "CreateCollection"]);
        expect(await standing(client)).to.deep.equal(wanted);
        expect((await planned(client, after, after)).verdict).to.equal("none");
    });

    it("resumes after an interruption, whichever call failed", async () => {
        const { client: whole, fake } = await deployed("3.0.0", before);
        fake.calls.length = 0;
        const { updates } = await planned(whole, before, after);
        fake.calls.length = 0;
        await applyUpdates(whole, docs, updates, silent);
        const writes = new Set(fake.calls.filter((call) => !/^(Describe|Get|Show)/.test(call)));
        expect(writes.size).to.be.greaterThan(8);
        for (const rpc of writes) {
            const { fake: broken, client } = await deployed("3.0.0", before);
            const plan = await planned(client, before, after);
            broken.failNext(rpc as Parameters<typeof broken.failNext>[0], {
                code: 1,
                reason: "out of order",
            });
            const failure = await applyUpdates(client, docs, plan.updates, silent).then(
                () => undefined,
                (error: unknown) => error,
            );
            expect(String(failure), rpc).to.contain("out of order");
            const again = await planned(client, before, after);
            expect(again.verdict, rpc).to.equal("update");
            await applyUpdates(client, docs, again.updates, silent);
            expect(await standing(client), rpc).to.deep.equal(wanted);
        }
    });
});

describe("the capabilities of a server (fake)", () => {
    for (const version of ["2.4.15", "2.5.4", "2.5.16", "2.6.0", "2.6.18", "3.0.0"])
        it(`equal the planner's table for ${version}`, async () => {
            const { client, fake } = await open(version);
            expect(await capabilities(client)).to.deep.equal(servers[`milvus-${version}`]);
            expect(fake.collections()).to.deep.equal([]);
        });

    it("exclude a feature whose call the server lacks", async () => {
        const { client } = await open("2.6.18", { lacks: ["AddCollectionField"] });
        expect(await capabilities(client)).to.deep.include({ addField: false, addVector: false });
    });
});
