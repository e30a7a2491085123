import { expect } from "chai";

import { createCollection } from "../../provider/milvus/collection/collections";
import { createIndex, describeIndexes } from "../../provider/milvus/collection/indexes";
import { loadCollection } from "../../provider/milvus/collection/loading";
import { collectionRequest, collectionState } from "../../provider/resource/context/resourceState";
import { newGeneration } from "../../provider/resource/context/identity";
import { create, diff, read } from "../../provider/resource/collection";
import type { CollectionArguments } from "../../provider/inputs/schema/collection";
import { parseCollection } from "../../provider/inputs/parse";
import type { Props } from "../../provider/resource/session/props";
import { contextOf } from "../resource/context/contextOf";
import type { FieldArguments } from "../support/data/field";
import { insertRows, int64Keys } from "../support/data/rows";
import { open, ref, smallest } from "./open";

const title: FieldArguments = { name: "title", dataType: "VarChar", maxLength: 64 };
const price: FieldArguments = { name: "price", dataType: "Double" };
const hnsw = { field: "vector", indexType: "HNSW", metricType: "L2", params: { M: 16, efConstruction: 200 } };

const hidden = (): Props => ({
    __owner: "adoption/test/docs",
    __logicalName: "docs",
    __generation: newGeneration(),
});

function specOf(args: CollectionArguments) {
    const { spec, failures } = parseCollection({ ...args });
    if (!spec) throw new Error(JSON.stringify(failures));
    return spec;
}

/** Adopts `docs` as `actual` describes it on the server, by a program that says `program`. */
async function adopted(version: string, actual: CollectionArguments, program: CollectionArguments) {
    const { client, fake } = await open(version, { pending: 0 });
    const spec = specOf(actual);
    await createCollection(client, ref("docs"), spec, spec.properties);
    for (const index of spec.indexes) await createIndex(client, ref("docs"), index);
    if (spec.load) await loadCollection(client, ref("docs"), spec.load);
    const changing = /^(Create|Drop|Alter|Add|Load|Release|Rename)/;
    const begun = fake.calls.length;
    const said: string[] = [];
    const context = contextOf(fake.address, said);
    const args = { ...program, name: "docs", adopt: true };
    const props = { ...args, ...hidden() };
    const state = { ...props, ...(await create(context, collectionRequest(props))) };
    // The probes of what a server can do name a collection that does not exist.
    const changes = fake.calls.slice(begun).filter((call) => changing.test(call));
    const plan = await diff(context, collectionState(state), specOf(args));
    return { client, fake, state, said: said.join("\n"), plan, changes, context, args };
}

const whole = { fields: [...smallest, title, price], indexes: [hnsw] };

/** A program that says something else than the server has, and both values as they are printed. */
const differences: Record<string, [actual: CollectionArguments, program: CollectionArguments, said: string]> =
    {
        "a forgotten field": [
            whole,
            { fields: [...smallest, title], indexes: [hnsw] },
            "price: no such field in the program, Double on the server",
        ],
        "a length": [
            whole,
            { ...whole, fields: [...smallest, { ...title, maxLength: 128 }, price] },
            "title.maxLength: 128 in the program, 64 on the server",
        ],
        "a partition key": [
            { ...whole, fields: [...smallest, { ...title, isPartitionKey: true }, price] },
            whole,
            'partition key: none in the program, "title" on the server',
        ],
        "a clustering key": [
            { ...whole, fields: [...smallest, { ...title, isClusteringKey: true }, price] },
            whole,
            'clustering key: none in the program, "title" on the server',
        ],
        "a default": [
            { ...whole, fields: [...smallest, { ...title, defaultValue: "a" }, price] },
            whole,
            'title.defaultValue: none in the program, "a" on the server',
        ],
        "an analyzer": [
            { ...whole, fields: [...smallest, { ...title, enableAnalyzer: true }, price] },
            whole,
            "title: analyzer",
        ],
        "a parameter of an index": [
            whole,
            { ...whole, indexes: [{ ...hnsw, params: { ...hnsw.params, M: 32 } }] },
            "index vector: HNSW L2 M 32 efConstruction 200 on vector in the program, HNSW L2 M 16 efConstruction 200 on vector on the server",
        ],
        "a metric": [
            whole,
            { ...whole, indexes: [{ ...hnsw, metricType: "IP" }] },
            "HNSW IP M 16 efConstruction 200 on vector in the program",
        ],
        "a property": [
            { ...whole, properties: { "collection.ttl.seconds": 60 } },
            { ...whole, properties: { "collection.ttl.seconds": 3600 } },
            'property collection.ttl.seconds: "3600" in the program, "60" on the server',
        ],
        "a number of shards": [
            { ...whole, shardsNum: 2 },
            { ...whole, shardsNum: 4 },
            "shardsNum: 4 in the program, 2 on the server",
        ],
        "the dynamic field": [
            { ...whole, enableDynamicField: true },
            whole,
            "enableDynamicField: false in the program, true on the server",
        ],
        "the load": [
            { ...whole, load: false },
            whole,
            "load: loaded, 1 replica in the program, released on the server",
        ],
    };

describe("an adoption (fake)", function () {
    this.timeout(60_000);

    for (const version of ["2.5.16", "2.6.18", "3.0.0"]) {
        it(`of an equal program changes nothing, and leaves nothing to do, on ${version}`, async () => {
            const { plan, said, state, context } = await adopted(version, whole, whole);
            expect(plan.verdict, said).to.equal("none");
            expect(said).to.not.include("MV303");
            const now = await read(context, collectionState(state));
            expect(now?.fields).to.deep.equal(state.fields);
        });

        for (const [what, [actual, program, line]] of Object.entries(differences))
            it(`changes nothing where ${what} differs, and the next preview plans it, on ${version}`, async () => {
                const { plan, said, changes, fake } = await adopted(version, actual, program);
                expect(said).to.include("[MV303]").and.include(line);
                expect(said).to.include("to keep what is on the server, declare:");
                expect(plan.changes, said).to.have.length.greaterThan(0);
                // AlterCollection writes the marker; the others are probes of what the server can do.
                expect(
                    changes.filter((call) => /^(Drop(?!Alias)|Load|Release|CreateIndex)/.test(call)),
                ).to.deep.equal([]);
                const { fields } = fake.collections()[0]!.schema;
                const names = fields.map(({ name }) => name).filter((name) => name !== "$meta");
                expect(names).to.deep.equal(actual.fields.map(({ name }) => name));
            });
    }

    it("of a program that forgot a field is blocked at the next preview, until the loss is allowed by name", async () => {
        const program = { fields: [...smallest, title], indexes: [hnsw] };
        const { state, context, args, client } = await adopted("3.0.0", whole, program);
        await insertRows({ client, collection: "docs", fields: whole.fields, keys: int64Keys(10) });
        const plan = await diff(context, collectionState(state), specOf(args));
        expect(plan.verdict).to.equal("blocked");
        expect(plan.findings.map(({ code }) => code)).to.include("MV128");
        const allowed = { ...args, migration: { allow: ["drop:price"] } };
        const next = await diff(context, collectionState(state), specOf(allowed));
        expect(next.verdict).to.equal("update");
    });
});

describe("indexes on JSON (fake)", function () {
    this.timeout(60_000);
    const metadata: FieldArguments = { name: "metadata", dataType: "JSON", nullable: true };
    const path = (name: string, json_path: string, json_cast_type = "varchar") => ({
        field: json_path.replace(/\[.*/, ""),
        name,
        indexType: "INVERTED",
        params: { json_path, json_cast_type },
    });
    const category = path("category_index", 'metadata["category"]');
    const cost = path("price_index", 'metadata["price"]', "double");
    const overview = path("overview_index", "overview");
    const program = {
        fields: [...smallest, metadata],
        enableDynamicField: true,
        indexes: [category, cost, overview],
    };

    it("are built one for each path, are no drift, and change one by one", async () => {
        const { client, fake } = await open("2.6.18", { pending: 0 });
        const context = contextOf(fake.address);
        const props = { ...program, ...hidden() };
        const state = { ...props, ...(await create(context, collectionRequest(props))) };
        const names = async () =>
            (await describeIndexes(client, ref(state.collectionName))).map(({ name }) => name).sort();
        expect(await names()).to.deep.equal(["category_index", "overview_index", "price_index", "vector"]);
        const { __server: _server, ...now } = (await read(context, collectionState(state)))!;
        expect(now).to.deep.equal(state);
        const next = {
            ...program,
            indexes: [category, path("price_index", 'metadata["cost"]', "double"), overview],
        };
        const plan = await diff(context, collectionState(state), specOf(next));
        expect(
            plan.updates.map((update) => [update.kind, "index" in update && update.index]),
        ).to.deep.include(["drop-index", "price_index"]);
        expect(plan.updates.filter(({ kind }) => kind === "create-index")).to.have.length(1);
    });

    it("that a client has made are carried over by a migration", async () => {
        const { client, fake } = await open("2.6.18", { pending: 0 });
        const context = contextOf(fake.address);
        const base = { ...program, indexes: [], name: "docs", migration: { grace: 0 } };
        const props = { ...base, ...hidden() };
        const state = { ...props, ...(await create(context, collectionRequest(props))) };
        for (const index of [category, cost, overview])
            await createIndex(client, ref("docs"), { ...index, metricType: undefined });
        const before = await describeIndexes(client, ref("docs"));
        const next = { ...base, fields: [...base.fields, { ...price, backfill: 0 }] };
        await diff(context, collectionState(state), specOf(next));
        await create(context, collectionRequest({ ...next, ...hidden() }));
        const text = (indexes: typeof before) =>
            indexes
                .map(
                    ({ name, field, params }) =>
                        `${name} ${field} ${JSON.stringify(Object.entries(params).sort())}`,
                )
                .sort();
        expect(text(await describeIndexes(client, ref("docs")))).to.deep.equal(text(before));
    });

    it("are refused by the plan where the server has none", async () => {
        const { fake } = await open("2.5.4", { pending: 0 });
        const request = collectionRequest({ ...program, ...hidden() });
        const failure = await create(contextOf(fake.address), request).catch(
            (error: unknown) => error as Error,
        );
        expect((failure as Error).message).to.include("[MV143]");
    });
});
