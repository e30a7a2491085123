import { expect } from "chai";

import {
    createIndex,
    describeIndexes,
    dropIndex,
    waitForIndexes,
} from "../../provider/milvus/collection/indexes";
import { loadCollection, loadState, releaseCollection } from "../../provider/milvus/collection/loading";
import { createPartition, dropPartition, listPartitions } from "../../provider/milvus/collection/partitions";
import { countRows, estimateRows, flush } from "../../provider/milvus/rows/rows";
import { both, create, insert, open, ref, serve, smallest } from "./open";
import { failure, outcome } from "./failure";

const docs = ref("docs");
const load = { replicas: 1, resourceGroups: [] };
const flat = { field: "vector", name: "vector", indexType: "FLAT", metricType: "L2", params: {} };
const onText = { field: "text", name: "text", indexType: "INVERTED", params: {} };
const fields = both([{ name: "text", dataType: "VarChar", maxLength: 16 }]);

describe("the fake server: indexes", () => {
    it("builds in the background, and reports the progress", async () => {
        const { client } = await open("2.6.18", { pending: 2 });
        await create(client, "docs");
        expect(await describeIndexes(client, docs)).to.deep.equal([]);
        await createIndex(client, docs, { ...flat, indexType: "HNSW", params: { M: 8 } });
        const states: string[] = [];
        for (let turn = 0; turn < 4; turn++) states.push((await describeIndexes(client, docs))[0]!.state);
        expect(states).to.deep.equal(["InProgress", "InProgress", "Finished", "Finished"]);
        const [index] = await describeIndexes(client, docs);
        expect(index).to.deep.include({ indexType: "HNSW", metricType: "L2", params: { M: "8" } });
    });

    it("reports parameters as its version does", async () => {
        for (const [version, reported] of [
            ["2.4.15", { key: "params", value: '{"M":"8"}' }],
            ["2.5.4", { key: "M", value: "8" }],
        ] as const) {
            const { client } = await open(version);
            await create(client, "docs");
            await createIndex(client, docs, { ...flat, indexType: "HNSW", params: { M: 8 } });
            const answer = await client.call("DescribeIndex", { collection_name: "docs" });
            const [index] = answer.index_descriptions as { params: object[] }[];
            expect(index!.params, version).to.deep.include(reported);
            expect((await describeIndexes(client, docs))[0]!.params).to.deep.equal({ M: "8" });
        }
    });

    it("accepts one index per field", async () => {
        const { client } = await open("2.6.18");
        await create(client, "docs");
        await createIndex(client, docs, flat);
        await createIndex(client, docs, flat);
        const second = createIndex(client, docs, { ...flat, indexType: "HNSW" });
        expect((await failure(second)).message).to.include("at most one distinct index is allowed per field");
        const elsewhere = createIndex(client, docs, { ...flat, field: "nothing" });
        expect(await outcome(elsewhere)).to.equal("1100 invalid");
    });

    it("keeps the indexes of a loaded collection, except scalar indexes since 2.6.2", async () => {
        for (const [version, scalar, vector] of [
            ["2.6.1", "65535 rejected", "65535 rejected"],
            ["2.6.2", "ok", "1100 invalid"],
        ] as const) {
            const { client } = await open(version);
            await create(client, "docs", { fields });
            await serve(client, "docs");
            await createIndex(client, docs, onText);
            expect(await outcome(dropIndex(client, docs, onText)), version).to.equal(scalar);
            expect(await outcome(dropIndex(client, docs, flat)), version).to.equal(vector);
            await releaseCollection(client, docs);
            await dropIndex(client, docs, flat);
            await dropIndex(client, docs, flat);
        }
    });
});

describe("the fake server: loading", () => {
    it("loads a collection only if all vectors have an index", async () => {
        const { client } = await open("2.6.18", { pending: 1 });
        await create(client, "docs", { fields: both([{ name: "other", dataType: "FloatVector", dim: 2 }]) });
        expect(await outcome(loadCollection(client, docs, load))).to.equal("700 not-found");
        await createIndex(client, docs, flat);
        const error = await failure(loadCollection(client, docs, load));
        expect(error.message).to.include("there is no vector index on field: [other]");
        await createIndex(client, docs, { ...flat, field: "other", name: "other" });
        await client.call("LoadCollection", { collection_name: "docs" });
        expect(await loadState(client, docs)).to.equal("loading");
        // A count would wait until the collection is loaded.
        const query = client.call("Query", { collection_name: "docs", output_fields: ["count(*)"] });
        expect(await outcome(query)).to.equal("103 not-ready");
        expect(await loadState(client, docs)).to.equal("loaded");
        expect(await loadState(client, ref("nothing"))).to.equal("missing");
    });

    it("rejects queries and counts of a released collection, and keeps its statistics", async () => {
        const { client } = await open("2.6.18");
        await create(client, "docs");
        await insert(client, "docs", { fields: smallest }, { id: ["1", "2", "2"] });
        expect(await outcome(countRows(client, docs))).to.equal("101 not-loaded");
        await flush(client, docs);
        expect(await estimateRows(client, docs)).to.equal(3);
        await serve(client, "docs");
        await client.call("Delete", { collection_name: "docs", expr: "id in [1]" });
        expect(await countRows(client, docs)).to.equal(2);
        expect(await estimateRows(client, docs)).to.equal(3);
    });
});

describe("the fake server: partitions", () => {
    it("drops a released partition, but never the default one", async () => {
        const { fake, client } = await open("2.6.18");
        await create(client, "docs");
        await serve(client, "docs");
        await createPartition(client, docs, "y2023");
        const loaded = client.call("DropPartition", { collection_name: "docs", partition_name: "y2023" });
        expect((await failure(loaded)).message).to.include("please release it first");
        await dropPartition(client, docs, "y2023");
        expect(await listPartitions(client, docs)).to.deep.equal(["_default"]);
        expect((await failure(dropPartition(client, docs, "_default"))).message).to.include(
            "cannot be deleted",
        );
        expect(fake.calls.filter((rpc) => rpc === "ReleasePartitions").length).to.equal(2);
    });

    it("routes by the partition key, and then rejects a partition name", async () => {
        const { client } = await open("2.6.18");
        const routed = both([{ name: "tenant", dataType: "Int64", isPartitionKey: true }]);
        await create(client, "docs", { fields: routed, numPartitions: 4 });
        expect((await listPartitions(client, docs)).length).to.equal(4);
        await serve(client, "docs");
        const tenant = Array.from({ length: 40 }, (_, row) => String(row));
        await insert(client, "docs", { fields: routed }, { id: tenant, tenant });
        const counts = await Promise.all(
            (await listPartitions(client, docs)).map((name) => countRows(client, docs, "", [name])),
        );
        expect(counts.every((count) => count > 0)).to.equal(true);
        expect(counts.reduce((sum, count) => sum + count, 0)).to.equal(40);
        expect((await failure(createPartition(client, docs, "own"))).message).to.include(
            "partition key mode",
        );
    });
});

describe("the wait for an index", () => {
    it("ends when the index of its field is built, though another stays in progress", async () => {
        const { fake, client } = await open("3.0.0", { pending: 1 });
        await create(client, "docs", { fields });
        await createIndex(client, docs, flat);
        await createIndex(client, docs, onText);
        fake.collections()[0]!.indexes.find(({ field }) => field === onText.field)!.pending = Infinity;
        await waitForIndexes(client, docs, () => undefined, flat.field);
    });
});
