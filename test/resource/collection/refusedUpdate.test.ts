import { isDeepStrictEqual } from "node:util";

import { expect } from "chai";

import { interruptedUpdate } from "../../../provider/resource/context/interruptedUpdate";
import { collectionState } from "../../../provider/resource/context/resourceState";
import { listCollections } from "../../../provider/milvus/collection/collections";
import type { MilvusClient } from "../../../provider/milvus/transport/client";
import { currentTier } from "../../support/tier";
import { type Fault, faults } from "../../support/faults/faultyCalls";
import { insert, open, ref, smallest } from "../../fake/open";
import { type Deployed, deploy, serving, standing, up } from "./steps";

const text = { name: "text", dataType: "VarChar", maxLength: 64 };
const analyzed = { ...text, enableAnalyzer: true };
const lang = { name: "lang", dataType: "VarChar", maxLength: 8, nullable: true };
const hnsw = { field: "vector", indexType: "HNSW", metricType: "L2", params: { M: 8, efConstruction: 64 } };
const onText = { field: "text", indexType: "Trie" };
const sparse = { name: "sparse", dataType: "SparseFloatVector" };
const bm25 = { name: "bm25", type: "BM25", inputFieldNames: ["text"], outputFieldNames: ["sparse"] };
const fields = [...smallest, text];
const base = { fields, indexes: [hnsw] };
const all = ["2.3.5", "2.6.18", "3.0.0"];
const new3 = ["3.0.0"];

/** Every step of an update in place, alone and with others. */
const changes: { what: string; before: object; after: object; on: string[] }[] = [
    {
        what: "parameters of an index",
        before: base,
        after: { ...base, indexes: [{ ...hnsw, params: { M: 16, efConstruction: 64 } }] },
        on: all,
    },
    {
        what: "the type of an index",
        before: base,
        after: { ...base, indexes: [{ field: "vector", indexType: "FLAT", metricType: "L2" }] },
        on: all,
    },
    { what: "one index more", before: base, after: { ...base, indexes: [hnsw, onText] }, on: all },
    { what: "one index less", before: { ...base, indexes: [hnsw, onText] }, after: base, on: all },
    {
        what: "an index of a collection that is not loaded",
        before: { ...base, load: false },
        after: { ...base, load: false, indexes: [{ ...hnsw, params: { M: 16, efConstruction: 64 } }] },
        on: all,
    },
    { what: "replicas", before: base, after: { ...base, load: { replicas: 2 } }, on: all },
    { what: "no load any more", before: base, after: { ...base, load: false }, on: all },
    { what: "load", before: { ...base, load: false }, after: base, on: all },
    {
        what: "a property that is set in service",
        before: { ...base, properties: { "collection.ttl.seconds": "7200" } },
        after: { ...base, properties: { "collection.ttl.seconds": "3600" } },
        on: all,
    },
    {
        what: "a property that needs a release, and an index",
        before: { ...base, properties: { "mmap.enabled": "false" } },
        after: {
            ...base,
            properties: { "mmap.enabled": "true" },
            indexes: [{ field: "vector", indexType: "FLAT", metricType: "L2" }],
        },
        on: all,
    },
    {
        what: "partitions",
        before: { ...base, partitions: ["y2023"] },
        after: { ...base, partitions: ["y2024"] },
        on: all,
    },
    {
        what: "new properties",
        before: base,
        after: { ...base, properties: { "mmap.enabled": "true", "collection.ttl.seconds": "3600" } },
        on: ["2.6.18", "3.0.0"],
    },
    {
        what: "a field, a limit, a description and an index",
        before: base,
        after: {
            ...base,
            description: "Documents",
            consistencyLevel: "Strong",
            fields: [...smallest, { ...text, maxLength: 128 }, lang],
            indexes: [{ ...hnsw, params: { M: 16, efConstruction: 64 } }],
        },
        on: ["2.6.18", "3.0.0"],
    },
    {
        what: "a new vector with its index",
        before: base,
        after: {
            fields: [...fields, { name: "image", dataType: "FloatVector", dim: 2, nullable: true }],
            indexes: [hnsw, { ...hnsw, field: "image" }],
        },
        on: ["2.6.18"],
    },
    {
        what: "the analyzer of a field",
        before: base,
        after: { ...base, fields: [...smallest, { ...analyzed, analyzerParams: { type: "german" } }] },
        on: new3,
    },
    {
        what: "how a field is kept in memory",
        before: { ...base, fields: [...smallest, { ...text, mmap: false }] },
        after: { ...base, fields: [...smallest, { ...text, mmap: true, warmup: "sync" }] },
        on: ["2.6.18", "3.0.0"],
    },
    {
        what: "a field that the program says nothing of any more",
        before: { ...base, fields: [...smallest, { ...text, mmap: true, warmup: "disable" }] },
        after: base,
        on: ["2.6.18", "3.0.0"],
    },
    {
        what: "how an index is kept in memory",
        before: { ...base, indexes: [{ ...hnsw, mmap: false }] },
        after: { ...base, indexes: [{ ...hnsw, mmap: true, warmup: "sync" }] },
        on: ["2.6.18", "3.0.0"],
    },
    {
        what: "the memory of a field and of an index, and a new index of the server's choice",
        before: { ...base, indexes: [hnsw] },
        after: {
            fields: [...smallest, { ...text, mmap: true }],
            indexes: [
                { ...hnsw, mmap: true },
                { field: "text", mmap: true },
            ],
        },
        on: ["2.6.18", "3.0.0"],
    },
    {
        what: "memory of a collection that is not loaded",
        before: { ...base, load: false },
        after: {
            ...base,
            load: false,
            fields: [...smallest, { ...text, mmap: true }],
            indexes: [{ ...hnsw, mmap: true }],
        },
        on: ["2.6.18", "3.0.0"],
    },
    { what: "another name", before: { ...base, name: "docs" }, after: { ...base, name: "pages" }, on: all },
    {
        what: "a name of its own, and an index",
        before: base,
        after: { ...base, name: "docs", indexes: [{ field: "vector", indexType: "FLAT", metricType: "L2" }] },
        on: all,
    },
    { what: "the provider's name", before: { ...base, name: "pages" }, after: base, on: all },
    { what: "one field less", before: { ...base, fields: [...fields, lang] }, after: base, on: new3 },
    {
        what: "a function with its field and index",
        before: { fields: [...smallest, analyzed], indexes: [hnsw] },
        after: {
            fields: [...smallest, analyzed, sparse],
            functions: [bm25],
            indexes: [hnsw, { field: "sparse", indexType: "SPARSE_INVERTED_INDEX" }],
        },
        on: new3,
    },
    {
        what: "one function less",
        before: {
            fields: [...smallest, analyzed, sparse],
            functions: [bm25],
            indexes: [hnsw, { field: "sparse", indexType: "SPARSE_INVERTED_INDEX" }],
        },
        after: { fields: [...smallest, analyzed], indexes: [hnsw] },
        on: new3,
    },
];

interface Stage {
    address: string;
    client: MilvusClient;
    deployed: Deployed;
}

async function staged(version: string, args: object): Promise<Stage> {
    const { fake, client } = await open(version, { pending: 0, storageV3: true });
    const deployed = await deploy(fake.address, args);
    const { fields: declared, load } = args as { fields: typeof fields; load?: boolean };
    const written = declared.filter(({ dataType }) => dataType !== "SparseFloatVector");
    const values = {
        id: ["1", "2"],
        text: ["a", "b"],
        ...(written.some((f) => f.name === "lang") && { lang: ["x", "y"] }),
    };
    if (load !== false)
        await insert(client, deployed.state.collectionName as string, { fields: written as never }, values);
    return { address: fake.address, client, deployed };
}

const pending = async ({ client, deployed: { state } }: Stage) => {
    const [name] = await listCollections(client, undefined);
    return interruptedUpdate(client, collectionState(state), ref(name!));
};

const programs = ["former", "new"] as const;
const isFast = currentTier() === "fast";
/**
 * The fast tier has the faults that end a run at once, each at every other call, and then one of the programs; the full one
 * all, on each version.
 */
const faultsOfTier = isFast ? (["refused from then on", "killed"] as const) : faults;
const takes = (place: number, at: number) => !isFast || at % faultsOfTier.length === place;
const programsOf = (at: number) => (isFast ? [programs[Math.floor(at / 2) % 2]!] : programs);

for (const version of isFast ? new3 : all)
    describe(`an update in place that fails, on a fake server of ${version}`, () => {
        for (const { what, before, after } of changes.filter(({ on }) => on.includes(version)))
            for (const [place, fault] of faultsOfTier.entries())
                it(`${what}: ends as before or as declared, whichever call is ${fault === "killed" ? "the last" : fault}`, async function () {
                    this.timeout(60_000);
                    const whole = await staged(version, before);
                    const was = await standing(whole.client);
                    const { verdict, faulty } = await up(whole.address, whole.deployed, after);
                    expect(verdict).to.equal("updated");
                    const wanted = await standing(whole.client);
                    for (const at of [...faulty.writes.keys()].filter((at) => takes(place, at)))
                        for (const next of programsOf(at)) {
                            const label = `${faulty.writes[at]} (${at}), then the ${next} program`;
                            const stage = await staged(version, before);
                            await expectEnds(stage, { at, fault, next, label, before, after, was, wanted });
                        }
                });
    });

/** A partition that was created stays: clients may have written to it. */
const withPartitionsOf = (was: Standing, later: Standing): Standing => ({
    ...later,
    partitions: later.partitions.filter((name) => was.partitions.includes(name)),
});

type Standing = Awaited<ReturnType<typeof standing>>;

interface Expected {
    at: number;
    fault: Fault;
    next: "former" | "new";
    label: string;
    before: object;
    after: object;
    was: Standing;
    wanted: Standing;
}

async function expectEnds(stage: Stage, expected: Expected): Promise<void> {
    const { at, fault, next, label, before, after, was, wanted } = expected;
    const { address, client, deployed } = stage;
    const { verdict } = await up(address, deployed, after, { at, fault });
    if (verdict === "updated") {
        expect(await standing(client), label).to.deep.equal(wanted);
        return;
    }
    expect(verdict, label).to.have.property("failed");
    const now = await standing(client);
    if (fault === "refused from then on") {
        const isAsBefore = isDeepStrictEqual(serving(now), serving(was));
        const isAsDeclared = isDeepStrictEqual(serving(now), serving(wanted));
        const { message } = (verdict as { failed: Error }).failed;
        if (!isAsBefore && !isAsDeclared)
            expect(message, label).to.match(
                /does not serve as before.*next `pulumi up` restores it.*\[MV390\]/,
            );
    }
    const isOver = fault === "refused" || fault === "lost";
    // This run has put back what served, or the new indexes are complete and serve.
    if (isOver) {
        expect([serving(was), serving(wanted)], label).to.deep.include(serving(now));
        expect([was.name, wanted.name], label).to.include(now.name);
        expect(await pending(stage), label).to.equal(undefined);
        // What the state says is what is there: the same program again does nothing but what is missing.
        const same = await up(address, { ...deployed, isHalfDone: false }, deployed.state);
        expect(same.verdict, label).to.equal("same");
    }
    const again = await up(address, deployed, next === "new" ? after : before);
    const later = await standing(client);
    if (next === "new") expect(later, label).to.deep.equal(wanted);
    // Before 3.0 a field that was added can only go with a migration, and the preview says so.
    else if (again.verdict === "replace") expect(later.fields, label).to.not.deep.equal(was.fields);
    else expect(withPartitionsOf(was, later), label).to.deep.equal(was);
    if (again.verdict !== "replace") {
        expect(await pending(stage), label).to.equal(undefined);
        const quiet = await up(address, deployed, next === "new" ? after : before);
        expect(quiet.verdict, label).to.equal("same");
    }
}
