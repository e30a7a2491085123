import { expect } from "chai";

import {
    addField,
    addFunction,
    alterField,
    dropField,
    dropFunction,
} from "../../provider/milvus/collection/alterSchema";
import {
    deleteProperties,
    describeCollection,
    setProperties,
} from "../../provider/milvus/collection/collections";
import { createIndex, describeIndexes } from "../../provider/milvus/collection/indexes";
import { refreshLoad, releaseCollection } from "../../provider/milvus/collection/loading";
import { countRows } from "../../provider/milvus/rows/rows";
import type { MilvusClient } from "../../provider/milvus/transport/client";
import { Field } from "../../provider/inputs/schema/field";
import type { FieldArguments } from "../support/data/field";
import { readRows } from "../support/data/reader";
import { both, create, insert, open, ref, serve, smallest } from "./open";
import { failure, outcome } from "./failure";

const docs = ref("docs");
const add = (client: MilvusClient, field: FieldArguments) => addField(client, docs, Field.parse(field));
const described = async (client: MilvusClient) => (await describeCollection(client, docs))!;
const text: FieldArguments = { name: "text", dataType: "VarChar", maxLength: 16 };
const lang: FieldArguments = { name: "lang", dataType: "VarChar", maxLength: 8, nullable: true };

describe("the fake server: properties of a collection", () => {
    it("sets properties or deletes keys, but not both in one call", async () => {
        const { client } = await open("2.5.4");
        await create(client, "docs", { properties: { "collection.ttl.seconds": 60 } });
        await setProperties(client, docs, { team: "search" });
        await deleteProperties(client, docs, ["collection.ttl.seconds"]);
        expect((await described(client)).properties).to.deep.equal({ team: "search" });
        const mixed = {
            collection_name: "docs",
            properties: [{ key: "team", value: "x" }],
            delete_keys: ["a"],
        };
        expect(await outcome(client.call("AlterCollection", mixed))).to.equal("1100 invalid");
    });

    it("ignores keys to delete before 2.4.18 and reports success", async () => {
        const { client } = await open("2.4.15");
        await create(client, "docs", { properties: { team: "search" } });
        await deleteProperties(client, docs, ["team"]);
        expect((await described(client)).properties).to.deep.equal({ team: "search" });
    });

    it("changes the description, consistency and dynamic field since the release that supports each", async () => {
        const can = async (version: string) => {
            const { client } = await open(version);
            await create(client, "docs");
            await setProperties(client, docs, { "collection.description": "new" });
            await setProperties(client, docs, { consistency_level: "Strong" });
            await setProperties(client, docs, { "dynamicfield.enabled": "true" });
            const { description, consistencyLevel, enableDynamicField } = await described(client);
            return [description === "new", consistencyLevel === "Strong", enableDynamicField];
        };
        expect(await can("2.4.22")).to.deep.equal([false, false, false]);
        expect(await can("2.4.23")).to.deep.equal([false, true, false]);
        expect(await can("2.5.4")).to.deep.equal([false, false, false]);
        expect(await can("2.5.12")).to.deep.equal([true, true, false]);
        expect(await can("2.6.6")).to.deep.equal([true, true, true]);
    });

    it("turns the dynamic field off since 3.0, in a separate call", async () => {
        for (const [version, off] of [
            ["2.6.18", "1100 invalid"],
            ["3.0.0", "ok"],
        ] as const) {
            const { client } = await open(version);
            await create(client, "docs", { enableDynamicField: true });
            const two = setProperties(client, docs, { "dynamicfield.enabled": "true", team: "search" });
            expect(await outcome(two)).to.equal("1100 invalid");
            expect(
                await outcome(setProperties(client, docs, { "dynamicfield.enabled": "false" })),
                version,
            ).to.equal(off);
        }
    });

    it("changes load properties only on a released collection", async () => {
        const { client } = await open("2.5.4");
        await create(client, "docs");
        await serve(client, "docs");
        expect(await outcome(setProperties(client, docs, { "mmap.enabled": "true" }))).to.equal(
            "104 rejected",
        );
        await setProperties(client, docs, { "collection.ttl.seconds": "60" });
        await releaseCollection(client, docs);
        await setProperties(client, docs, { "mmap.enabled": "true" });
    });

    it("rejects a change of partition key isolation while a vector has an index", async () => {
        const { client } = await open("2.5.4");
        const fields = both([{ name: "tenant", dataType: "Int64", isPartitionKey: true }]);
        await create(client, "docs", { fields });
        await setProperties(client, docs, { "partitionkey.isolation": "true" });
        await serve(client, "docs");
        await releaseCollection(client, docs);
        expect(await outcome(setProperties(client, docs, { "partitionkey.isolation": "false" }))).to.equal(
            "702 rejected",
        );
    });

    it("sets a time zone on every new collection from the same versions as Milvus", async () => {
        const { client } = await open("2.6.18");
        await create(client, "docs");
        expect((await described(client)).properties).to.deep.equal({ timezone: "UTC" });
    });
});

describe("the fake server: fields", () => {
    it("lengthens a VarChar, shortens it without checking rows, and rejects invalid lengths", async () => {
        const { client } = await open("2.5.2");
        await create(client, "docs", { fields: both([text]) });
        await serve(client, "docs");
        await insert(client, "docs", { fields: both([text]) }, { id: ["1"], text: ["sixteen letters!"] });
        await alterField(client, docs, "text", { max_length: "4" });
        expect((await described(client)).fields.find(({ name }) => name === "text")?.maxLength).to.equal(4);
        expect(
            (await readRows({ client, collection: "docs", fields: both([text]) })).column("text"),
        ).to.deep.equal(["sixteen letters!"]);
        const late = insert(client, "docs", { fields: both([text]) }, { id: ["2"], text: ["five!"] });
        expect((await failure(late)).message).to.include(
            "exceeds max length, row number: 0, length: 5, max length: 4",
        );
        for (const [field, properties] of [
            ["id", { max_length: "9" }],
            ["text", { max_length: "65536" }],
            ["text", { dim: "9" }],
            ["nothing", { max_length: "9" }],
        ] as const)
            expect(await outcome(alterField(client, docs, field, properties))).to.equal("1100 invalid");
        expect(await outcome(alterField(client, docs, "text", { "mmap.enabled": "true" }))).to.equal(
            "104 rejected",
        );
    });

    it("changes the description of a field since 2.6.10", async () => {
        for (const [version, altered] of [
            ["2.6.9", "1100 invalid"],
            ["2.6.10", "ok"],
        ] as const) {
            const { client } = await open(version);
            await create(client, "docs");
            const call = alterField(client, docs, "vector", { "field.description": "of the text" });
            expect(await outcome(call), version).to.equal(altered);
            const description = (await described(client)).fields[1]!.description;
            expect(description).to.equal(altered === "ok" ? "of the text" : "");
        }
    });

    it("creates nothing that its version does not support", async () => {
        const bm25 = {
            fields: [
                ...both([{ ...text, enableAnalyzer: true }]),
                { name: "sparse", dataType: "SparseFloatVector" as const },
            ],
            functions: [
                { name: "bm25", type: "BM25", inputFieldNames: ["text"], outputFieldNames: ["sparse"] },
            ],
        };
        const members = [{ name: "page", dataType: "Int64" as const }];
        const chunks = {
            name: "chunks",
            dataType: "Array" as const,
            elementType: "Struct" as const,
            maxCapacity: 8,
            fields: members,
        };
        for (const [args, without, since] of [
            [bm25, "2.4.15", "2.5.0"],
            [{ fields: both([chunks]) }, "2.6.3", "2.6.4"],
            [{ fields: both([{ ...chunks, nullable: true }]) }, "2.6.18", "3.0.0"],
        ] as const) {
            const older = await open(without);
            expect(await outcome(create(older.client, "docs", args)), without).to.equal("1100 invalid");
            const newer = await open(since);
            expect(await outcome(create(newer.client, "docs", args)), since).to.equal("ok");
        }
    });

    it("changes the capacity of an Array since 2.5.11", async () => {
        const tags: FieldArguments = {
            name: "tags",
            dataType: "Array",
            elementType: "Int64",
            maxCapacity: 4,
        };
        for (const [version, altered] of [
            ["2.5.10", "1100 invalid"],
            ["2.5.11", "ok"],
        ] as const) {
            const { client } = await open(version);
            await create(client, "docs", { fields: both([tags]) });
            expect(await outcome(alterField(client, docs, "tags", { max_capacity: "8" })), version).to.equal(
                altered,
            );
        }
    });

    it("adds a field to existing rows as NULL or its default, without rewriting rows", async () => {
        const { fake, client } = await open("2.6.18");
        await create(client, "docs");
        await serve(client, "docs");
        await insert(client, "docs", { fields: smallest }, { id: ["1", "2"] });
        fake.calls.length = 0;
        await add(client, lang);
        await add(client, { name: "stars", dataType: "Int32", nullable: true, defaultValue: 3 });
        await add(client, { name: "image", dataType: "Float16Vector", dim: 4, nullable: true });
        expect(fake.calls).to.deep.equal(["AddCollectionField", "AddCollectionField", "AddCollectionField"]);
        const { fields } = await described(client);
        expect(fields.map(({ name }) => name)).to.deep.equal(["id", "vector", "lang", "stars", "image"]);
        expect(await outcome(readRows({ client, collection: "docs", fields }))).to.equal("1100 invalid");
        await refreshLoad(client, docs);
        const rows = await readRows({ client, collection: "docs", fields: fields });
        expect(rows.column("lang")).to.deep.equal(["NULL", "NULL"]);
        expect(rows.column("stars")).to.deep.equal(["3", "3"]);
        expect(rows.column("image")).to.deep.equal(["NULL", "NULL"]);
        expect(await countRows(client, docs, "lang is null")).to.equal(2);
        expect(await countRows(client, docs, "stars == 3")).to.equal(2);
    });

    it("rejects a field that existing rows cannot have, and a vector before 2.6.18", async () => {
        const { client } = await open("2.6.17");
        await create(client, "docs");
        const refused: FieldArguments[] = [
            { ...lang, nullable: false },
            { ...lang, name: "vector" },
            { ...lang, isPartitionKey: true },
            { name: "key", dataType: "Int64", isPrimaryKey: true },
            { name: "image", dataType: "FloatVector", dim: 2, nullable: true },
        ];
        for (const field of refused)
            expect(await outcome(add(client, field)), field.name).to.equal("1100 invalid");
    });

    it("adds an Array of Structs on 3.0", async () => {
        const { client } = await open("3.0.0", { storageV3: true });
        await create(client, "docs");
        const members = [{ name: "page", dataType: "Int64" as const }];
        const chunks: FieldArguments = {
            name: "chunks",
            dataType: "Array",
            elementType: "Struct",
            maxCapacity: 8,
            fields: members,
        };
        expect(await outcome(add(client, chunks))).to.equal("1100 invalid");
        await add(client, { ...chunks, nullable: true });
        expect((await described(client)).fields.at(-1)).to.include({
            name: "chunks",
            nullable: true,
            maxCapacity: 8,
        });
    });
});

describe("the fake server: dropped fields and functions, 3.0", () => {
    const bm25 = {
        function: {
            name: "bm25",
            type: "BM25",
            inputFieldNames: ["text"],
            outputFieldNames: ["sparse"],
            description: "",
            params: {},
        },
        field: Field.parse({ name: "sparse", dataType: "SparseFloatVector" }),
        index: { field: "sparse", name: "sparse", indexType: "AUTOINDEX", metricType: "BM25", params: {} },
    };

    it("drops a field with its index, and never returns an old value under the same name", async () => {
        const { client } = await open("3.0.0", { storageV3: true });
        const fields = both([{ ...text, nullable: true }]);
        await create(client, "docs", { fields });
        await serve(client, "docs");
        await createIndex(client, docs, { field: "text", name: "text", indexType: "INVERTED", params: {} });
        await insert(client, "docs", { fields }, { id: ["1"], text: ["old"] });
        await dropField(client, docs, "text");
        expect((await describeIndexes(client, docs)).map(({ name }) => name)).to.deep.equal(["vector"]);
        await add(client, { ...text, nullable: true });
        expect((await readRows({ client, collection: "docs", fields })).column("text")).to.deep.equal([
            "NULL",
        ]);
        expect((await described(client)).properties.max_field_id).to.equal("103");
    });

    it("keeps keys, the last vector, and inputs and outputs of functions", async () => {
        const { client } = await open("3.0.0", { storageV3: true });
        const fields = both([
            { ...text, enableAnalyzer: true },
            { name: "tenant", dataType: "Int64", isPartitionKey: true },
            { name: "day", dataType: "Int64", isClusteringKey: true },
        ]);
        await create(client, "docs", { fields });
        await addFunction(client, docs, bm25);
        for (const name of ["id", "tenant", "day", "text", "sparse", "nothing"])
            expect(await outcome(dropField(client, docs, name)), name).to.equal("1100 invalid");
        await dropField(client, docs, "vector");
        const error = await failure(dropFunction(client, docs, "bm25"));
        expect(error.message).to.include("it would leave no vector field");
    });

    it("adds a function with its output and index, and drops all three", async () => {
        const { client } = await open("3.0.0", { storageV3: true });
        const fields = both([{ ...text, enableAnalyzer: true }]);
        await create(client, "docs", { fields });
        await serve(client, "docs");
        await insert(client, "docs", { fields }, { id: ["1"], text: ["one"] });
        await addFunction(client, docs, bm25);
        const { functions } = await described(client);
        expect(functions.map(({ name }) => name)).to.deep.equal(["bm25"]);
        expect(
            await outcome(readRows({ client, collection: "docs", fields: [...fields, bm25.field] })),
        ).to.equal("1100 invalid");
        await dropFunction(client, docs, "bm25");
        const after = await described(client);
        expect([after.functions, after.fields.length]).to.deep.equal([[], 3]);
        expect((await describeIndexes(client, docs)).length).to.equal(1);
    });

    it("rejects a function without its output, or of another type", async () => {
        const { client } = await open("3.0.0", { storageV3: true });
        await create(client, "docs", { fields: both([{ ...text, enableAnalyzer: true }]) });
        const embedding = { ...bm25, function: { ...bm25.function, type: "TextEmbedding" } };
        expect(await outcome(addFunction(client, docs, embedding))).to.equal("1100 invalid");
        const misnamed = { ...bm25, field: { ...bm25.field, name: "other" } };
        expect(await outcome(addFunction(client, docs, misnamed))).to.equal("1100 invalid");
    });
});
