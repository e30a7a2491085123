import { expect } from "chai";
import fc from "fast-check";

import type { MilvusClient } from "../../provider/milvus/transport/client";
import { createCollection, setProperties } from "../../provider/milvus/collection/collections";
import { alterIndex, createIndex } from "../../provider/milvus/collection/indexes";
import { alterField } from "../../provider/milvus/collection/alterSchema";
import { loadCollection } from "../../provider/milvus/collection/loading";
import type { CollectionArguments } from "../../provider/inputs/schema/collection";
import { parseCollection } from "../../provider/inputs/parse";
import type { Context } from "../../provider/resource/context/context";
import { collectionRequest, collectionState } from "../../provider/resource/context/resourceState";
import { newGeneration } from "../../provider/resource/context/identity";
import { create, diff } from "../../provider/resource/collection";
import type { Props } from "../../provider/resource/session/props";
import { contextOf } from "../resource/context/contextOf";
import { insertRows, int64Keys } from "../support/data/rows";
import { columnsOf } from "../support/data/exampleCollection";
import type { FieldArguments } from "../support/data/field";
import type { FakeMilvus } from "../support/fake";
import { open, ref } from "./open";
import { runs } from "../support/tier";

const key: FieldArguments = { name: "id", dataType: "Int64", isPrimaryKey: true };
const vector: FieldArguments = { name: "vector", dataType: "FloatVector", dim: 4 };
const text: FieldArguments = { name: "text", dataType: "VarChar", maxLength: 64 };
const tenant: FieldArguments = { name: "tenant", dataType: "Int64" };
const note: FieldArguments = { name: "note", dataType: "VarChar", maxLength: 32 };

/** What a client sets and no program mentions. */
interface Settings {
    properties: Record<string, string>;
    description: string;
    consistencyLevel: "Strong" | "Session" | "Bounded" | "Eventually";
    shardsNum: number;
    fieldParams: Record<string, string>;
    fieldDescription: string;
    /** Of the vector: the metric is the program's. */
    vectorIndex: { name: string; indexType: string; params: Record<string, number> };
    /** Parameters that AlterIndex sets. */
    memory: Record<string, string>;
    scalarIndex: string | undefined;
    load: { replicas: number; resourceGroups: string[] };
}

const settings: fc.Arbitrary<Settings> = fc.record({
    properties: fc.dictionary(
        fc.constantFrom(
            "collection.ttl.seconds",
            "mmap.enabled",
            "x.team",
            "collection.autocompaction.enabled",
        ),
        fc.constantFrom("3600", "true", "false"),
    ),
    description: fc.constantFrom("", "made by a client"),
    consistencyLevel: fc.constantFrom("Strong", "Session", "Bounded", "Eventually"),
    shardsNum: fc.integer({ min: 1, max: 4 }),
    fieldParams: fc.dictionary(fc.constant("mmap.enabled"), fc.constantFrom("true", "false")),
    fieldDescription: fc.constantFrom("", "of a client"),
    vectorIndex: fc.record({
        name: fc.constantFrom("vector", "by_client"),
        indexType: fc.constantFrom("HNSW", "AUTOINDEX", "IVF_FLAT"),
        params: fc.dictionary(fc.constantFrom("M", "nlist"), fc.constantFrom(16, 32)),
    }),
    memory: fc.dictionary(
        fc.constantFrom("mmap.enabled", "indexoffsetcache.enabled"),
        fc.constantFrom("true", "false"),
    ),
    scalarIndex: fc.constantFrom(undefined, "INVERTED", "BITMAP"),
    load: fc.constantFrom(
        { replicas: 1, resourceGroups: [] },
        { replicas: 3, resourceGroups: [] },
        { replicas: 2, resourceGroups: ["rg1"] },
        { replicas: 2, resourceGroups: ["rg1", "rg2"] },
    ),
});

function specOf(args: CollectionArguments) {
    const { spec, failures } = parseCollection({ ...args });
    if (!spec) throw new Error(JSON.stringify(failures));
    return spec;
}

/** The collection as a client makes it. */
async function make(client: MilvusClient, name: string, given: Settings): Promise<void> {
    const { fields } = specOf({ fields: [key, vector, text, tenant] });
    const described = fields.map((field) =>
        field.name === "text" ? { ...field, description: given.fieldDescription } : field,
    );
    const { description, consistencyLevel, shardsNum, properties, scalarIndex, load, memory } = given;
    const { indexType, params } = given.vectorIndex;
    // AUTOINDEX takes a metric alone.
    const vectorIndex = { ...given.vectorIndex, params: indexType === "AUTOINDEX" ? {} : params };
    const schema = { fields: described, functions: [], enableDynamicField: true, numPartitions: undefined };
    await createCollection(
        client,
        ref(name),
        { ...schema, description, consistencyLevel, shardsNum },
        properties,
    );
    if (Object.keys(given.fieldParams).length > 0)
        await alterField(client, ref(name), "text", given.fieldParams);
    await createIndex(client, ref(name), { ...vectorIndex, field: "vector", metricType: "COSINE" });
    if (Object.keys(memory).length > 0)
        await alterIndex(client, ref(name), vectorIndex.name, { properties: memory });
    const scalar = { field: "tenant", name: "tenant_idx", metricType: undefined, params: {} };
    if (scalarIndex) await createIndex(client, ref(name), { ...scalar, indexType: scalarIndex });
    await loadCollection(client, ref(name), load);
}

/** Everything that the fake has of a collection, but for its rows, its ids and what is the provider's own. */
function described(fake: FakeMilvus, name: string, without: readonly string[] = []) {
    const { schema, properties, consistency, shards, indexes, load, replicas, resourceGroups, partitions } =
        fake.collections().find((one) => one.name === name)!;
    return {
        description: schema.description,
        fields: schema.fields
            .filter((field) => !without.includes(field.name))
            .map(({ fieldID: _id, type_params, ...field }) => ({
                ...field,
                type_params: type_params.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
            })),
        properties: [...properties].filter(([one]) => !/^(pulumi\.|max_field_id)/.test(one)).sort(),
        indexes: indexes
            .map(({ pending: _pending, params, ...index }) => ({
                ...index,
                params: Object.entries(params).sort(),
            }))
            .sort((a, b) => (a.name < b.name ? -1 : 1)),
        ...{ consistency, shards, load, replicas, resourceGroups, partitions: [...partitions.keys()] },
    };
}

const hidden = (name: string): Props => ({
    __owner: `settings/test/${name}`,
    __logicalName: name,
    __generation: newGeneration(),
});

/** Adopts the collection by a program that mentions nothing, then adds a field, which moves the rows. */
async function adoptAndMigrate(context: Context, name: string, said: string[]): Promise<void> {
    const program = { name, adopt: true, enableDynamicField: true, fields: [key, vector, text, tenant] };
    const props = { ...program, ...hidden(name) };
    const adopted = { ...props, ...(await create(context, collectionRequest(props))) };
    const plan = await diff(context, collectionState(adopted), specOf(program));
    expect(plan.changes, said.join("\n")).to.deep.equal([]);

    const next = {
        ...program,
        fields: [...program.fields, { ...note, backfill: "-" }],
        migration: { grace: 0 },
    };
    await diff(context, collectionState(adopted), specOf(next));
    await create(context, collectionRequest({ ...next, ...hidden(name) }));
}

describe("settings that a client has made (fake)", function () {
    this.timeout(300_000);

    for (const version of ["2.5.16", "2.6.18", "3.0.0"])
        it(`are no difference to a program that does not mention them, and survive a migration on ${version}`, async () => {
            const { fake, client } = await open(version, { pending: 0 });
            let count = 0;
            await fc.assert(
                fc.asyncProperty(settings, async (given) => {
                    const name = `docs_${++count}`;
                    const said: string[] = [];
                    await make(client, name, given);
                    await insertRows({
                        client,
                        collection: name,
                        fields: columnsOf({ fields: [key, vector, text, tenant] }),
                        keys: int64Keys(20),
                    });
                    const before = described(fake, name);
                    await adoptAndMigrate(contextOf(fake.address, said), name, said);
                    expect(described(fake, name, [note.name]), said.join("\n")).to.deep.equal(before);
                }),
                { numRuns: runs(12) },
            );
        });

    it("that the program mentioned at the last deployment are changed as it says", async () => {
        const { fake, client } = await open("2.6.18", { pending: 0 });
        const name = "docs";
        const base = { name, fields: [key, vector, text], migration: { grace: 0 } };
        const first = { ...base, properties: { "collection.ttl.seconds": 60 }, ...hidden(name) };
        const context = contextOf(fake.address);
        const state = { ...first, ...(await create(context, collectionRequest(first))) };
        await setProperties(client, ref(name), { "x.team": "search" });
        const next = { ...base, fields: [key, vector, text, { ...note, backfill: "-" }] };
        await diff(context, collectionState(state), specOf(next));
        await create(context, collectionRequest({ ...next, ...hidden(name) }));
        const { properties } = fake.collections().find((one) => one.name === name)!;
        expect(properties.get("x.team")).to.equal("search");
        expect(properties.has("collection.ttl.seconds")).to.equal(false);
    });
});
