import { expect } from "chai";

import { addFunction, alterField, alterFunction } from "../../provider/milvus/collection/alterSchema";
import { deleteProperties, setProperties } from "../../provider/milvus/collection/collections";
import { schemaProgress } from "../../provider/milvus/collection/schemaVersion";
import { releaseCollection } from "../../provider/milvus/collection/loading";
import { Field } from "../../provider/inputs/schema/field";
import type { CollectionFunction } from "../../provider/inputs/schema/collection";
import type { FieldArguments } from "../support/data/field";
import { outcome } from "./failure";
import { both, create, insert, open, ref, serve, smallest } from "./open";

const docs = ref("docs");
const text: FieldArguments = { name: "text", dataType: "VarChar", maxLength: 16 };

describe("the fake server: versions of a schema", () => {
    it("counts the segments behind it on 3.0, which follow only where a compaction brings them", async () => {
        for (const [storageV3, consistent] of [
            [false, 1],
            [true, 2],
        ] as const) {
            const { client } = await open("3.0.0", { pending: 0, storageV3 });
            await create(client, "docs", { fields: both([text]) });
            await insert(client, "docs", { fields: both([text]) }, { id: ["1"], text: ["a"] });
            expect(await schemaProgress(client, docs)).to.equal(undefined);
            await alterField(client, docs, "text", { max_length: "32" });
            await insert(client, "docs", { fields: both([text]) }, { id: ["2"], text: ["b"] });
            expect(await schemaProgress(client, docs)).to.deep.equal({ consistent, total: 2 });
        }
    });

    it("adds a function once the segments have it, and refuses it before, which the provider repeats", async () => {
        const { client, fake } = await open("3.0.0", { pending: 1, storageV3: true });
        const fields = both([{ ...text, enableAnalyzer: true }]);
        await create(client, "docs", { fields });
        await insert(client, "docs", { fields }, { id: ["1"], text: ["a"] });
        await alterField(client, docs, "text", { max_length: "32" });
        fake.calls.length = 0;
        const added = {
            function: {
                name: "bm25",
                type: "BM25",
                inputFieldNames: ["text"],
                outputFieldNames: ["sparse"],
                description: "",
                params: {},
            },
            field: Field.parse({ name: "sparse", dataType: "SparseFloatVector" }),
            index: {
                field: "sparse",
                name: "sparse",
                indexType: "AUTOINDEX",
                metricType: "BM25",
                params: {},
            },
        };
        await addFunction(client, docs, added);
        expect(fake.calls).to.deep.equal(["AlterCollectionSchema", "AlterCollectionSchema"]);
    });

    it("rejects a write of a client that knows another schema, since 2.5.5 with error 109", async () => {
        for (const [version, refused] of [
            ["2.5.4", "ok"],
            ["2.5.5", "109 not-ready"],
        ] as const) {
            const { client } = await open(version);
            await create(client, "docs", { fields: both([text]) });
            const { update_timestamp: known } = await client.call("DescribeCollection", {
                collection_name: "docs",
            });
            await alterField(client, docs, "text", { max_length: "32" });
            const vectors = { dim: "2", float_vector: { data: [1, 2] } };
            const columns = [
                { field_name: "id", type: "Int64", scalars: { long_data: { data: ["1"] } } },
                { field_name: "text", type: "VarChar", scalars: { string_data: { data: ["a"] } } },
                { field_name: "vector", type: "FloatVector", vectors },
            ];
            const request = { collection_name: "docs", num_rows: 1, fields_data: columns };
            const late = client.call("Insert", { ...request, schema_timestamp: known });
            expect(await outcome(late), version).to.equal(refused);
            expect(await outcome(client.call("Insert", request))).to.equal("ok");
        }
    });
});

describe("the fake server: settings by release", () => {
    it("changes the analyzer of a field that nothing uses since 3.0", async () => {
        for (const [version, altered] of [
            ["2.6.18", "1100 invalid"],
            ["3.0.0", "ok"],
        ] as const) {
            const { client } = await open(version);
            const matched: FieldArguments = {
                ...text,
                name: "body",
                enableAnalyzer: true,
                enableMatch: true,
            };
            await create(client, "docs", { fields: both([text, matched]) });
            const analyzer = { enable_analyzer: "true", analyzer_params: "{}" };
            expect(await outcome(alterField(client, docs, "text", analyzer)), version).to.equal(altered);
            expect(await outcome(alterField(client, docs, "body", analyzer))).to.equal("1100 invalid");
        }
    });

    it("changes the warmup of a field of a released collection since 2.6.10", async () => {
        const { client: older } = await open("2.6.9");
        await create(older, "docs");
        expect(await outcome(alterField(older, docs, "vector", { warmup: "sync" }))).to.equal("1100 invalid");
        const { client } = await open("2.6.18");
        await create(client, "docs");
        await serve(client, "docs");
        expect(await outcome(alterField(client, docs, "vector", { warmup: "sync" }))).to.equal(
            "104 rejected",
        );
        await releaseCollection(client, docs);
        expect(await outcome(alterField(client, docs, "vector", { warmup: "sync" }))).to.equal("ok");
    });

    it("rejects another query_mode while a vector has an index, since 2.6.14", async () => {
        const { client } = await open("2.6.18");
        await create(client, "docs");
        expect(await outcome(setProperties(client, docs, { query_mode: "fast" }))).to.equal("65535 rejected");
        await setProperties(client, docs, { query_mode: "large_topk" });
        await serve(client, "docs");
        expect(await outcome(deleteProperties(client, docs, ["query_mode"]))).to.equal("702 rejected");
        expect(await outcome(setProperties(client, docs, { query_mode: "large_topk" }))).to.equal("ok");
        const { client: older } = await open("2.6.13");
        await create(older, "docs");
        expect(await outcome(setProperties(older, docs, { query_mode: "fast" }))).to.equal("ok");
    });

    it("accepts a time to live of all rows or one of each row on 3.0, not both", async () => {
        const { client } = await open("3.0.0");
        await create(client, "docs", { fields: both([{ name: "until", dataType: "Timestamptz" }]) });
        await setProperties(client, docs, { "collection.ttl.seconds": "60" });
        expect(await outcome(setProperties(client, docs, { ttl_field: "until" }))).to.equal("1100 invalid");
        await deleteProperties(client, docs, ["collection.ttl.seconds"]);
        expect(await outcome(setProperties(client, docs, { ttl_field: "vector" }))).to.equal("1100 invalid");
        expect(await outcome(setProperties(client, docs, { ttl_field: "until" }))).to.equal("ok");
    });

    it("knows Int8Vector since 2.6.0", async () => {
        const fields = [...smallest, { name: "tiny", dataType: "Int8Vector" as const, dim: 4 }];
        const { client: older } = await open("2.5.16");
        expect(await outcome(create(older, "docs", { fields }))).to.equal("1100 invalid");
        const { client } = await open("2.6.0");
        expect(await outcome(create(client, "docs", { fields }))).to.equal("ok");
    });

    it("changes the connection of a TextEmbedding function since 2.6.7, and nothing else of it", async () => {
        const embed: CollectionFunction = {
            name: "embed",
            type: "TextEmbedding",
            inputFieldNames: ["text"],
            outputFieldNames: ["vector"],
            description: "",
            params: { provider: "openai", model_name: "small", credential: "one" },
        };
        const { client: older } = await open("2.6.6");
        expect(await outcome(alterFunction(older, docs, embed))).to.equal("unsupported");
        const { client } = await open("2.6.7");
        await create(client, "docs", { fields: both([text]), functions: [embed] });
        const other = (params: Record<string, string>) =>
            outcome(alterFunction(client, docs, { ...embed, params: { ...embed.params, ...params } }));
        expect(await other({ credential: "two" })).to.equal("ok");
        expect(await other({ credential: "two", model_name: "large" })).to.equal("1100 invalid");
    });
});
