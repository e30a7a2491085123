import { expect } from "chai";

import { alterField } from "../../provider/milvus/collection/alterSchema";
import { alterIndex, createIndex, describeIndexes } from "../../provider/milvus/collection/indexes";
import { loadCollection } from "../../provider/milvus/collection/loading";
import type { Index } from "../../provider/inputs/schema/collection";
import { outcome } from "./failure";
import { both, create, open, ref, serve } from "./open";

const docs = ref("docs");
const text = { name: "text", dataType: "VarChar", maxLength: 64 } as const;
const index = (indexType: string, params: Index["params"] = {}): Index => ({
    ...{ field: "vector", name: "vector", indexType, metricType: "L2", params },
});

describe("the fake server: memory", () => {
    it("knows AlterIndex since 2.4, for a collection that is not loaded", async () => {
        const set = { properties: { "mmap.enabled": "true" } };
        const old = await open("2.3.5");
        await create(old.client, "docs");
        expect(await outcome(alterIndex(old.client, docs, "vector", set))).to.equal("unsupported");
        const { client } = await open("2.4.15", { pending: 0 });
        await create(client, "docs");
        expect(await outcome(alterIndex(client, docs, "vector", set))).to.match(/^700 /);
        await createIndex(client, docs, index("HNSW", { M: 8 }));
        await loadCollection(client, docs, { replicas: 1, resourceGroups: [] });
        expect(await outcome(alterIndex(client, docs, "vector", set))).to.match(/^104 /);
        await client.call("ReleaseCollection", { collection_name: "docs" });
        await alterIndex(client, docs, "vector", set);
        const [altered] = await describeIndexes(client, docs);
        expect(altered!.params).to.deep.equal({ M: "8", "mmap.enabled": "true" });
    });

    it("alters the parameters of its version alone", async () => {
        for (const [version, params] of [
            ["2.4.15", ["mmap.enabled"]],
            ["2.5.16", ["mmap.enabled", "indexoffsetcache.enabled"]],
            ["2.6.18", ["mmap.enabled", "indexoffsetcache.enabled", "warmup"]],
        ] as const) {
            const { client } = await open(version);
            await create(client, "docs");
            await createIndex(client, docs, index("HNSW", { M: 8 }));
            const taken: string[] = [];
            for (const key of ["M", "mmap.enabled", "indexoffsetcache.enabled", "warmup"]) {
                const value = key === "warmup" ? "sync" : "true";
                const said = await outcome(
                    alterIndex(client, docs, "vector", { properties: { [key]: value } }),
                );
                if (said === "ok") taken.push(key);
                else expect(said, key).to.match(/^1100 /);
            }
            expect(taken, version).to.deep.equal(params);
        }
    });

    it("maps no DISKANN, and refuses a value that is none", async () => {
        const { client } = await open("2.6.18");
        await create(client, "docs");
        await createIndex(client, docs, index("DISKANN"));
        for (const [key, value] of [
            ["mmap.enabled", "true"],
            ["mmap.enabled", "often"],
            ["warmup", "async"],
        ] as const) {
            const set = { properties: { [key]: value } };
            expect(await outcome(alterIndex(client, docs, "vector", set)), value).to.match(/^1100 /);
        }
        expect((await describeIndexes(client, docs))[0]!.params).to.deep.equal({});
    });

    it("takes no parameters with AUTOINDEX of a vector", async () => {
        const { client } = await open("2.6.18");
        await create(client, "docs");
        const made = createIndex(client, docs, index("AUTOINDEX", { "mmap.enabled": true }));
        expect(await outcome(made)).to.match(/^65535 /);
        await createIndex(client, docs, index("AUTOINDEX"));
        await alterIndex(client, docs, "vector", { properties: { "mmap.enabled": "True" } });
        // The same again is a success all the same.
        await createIndex(client, docs, index("AUTOINDEX"));
        const [altered] = await describeIndexes(client, docs);
        expect(altered!.params).to.deep.equal({ "mmap.enabled": "true" });
    });

    it("deletes parameters since 2.4.18, and ignores them before", async () => {
        for (const [version, left] of [
            ["2.4.15", { "mmap.enabled": "true" }],
            ["2.4.18", {}],
        ] as const) {
            const { client } = await open(version);
            await create(client, "docs");
            await createIndex(client, docs, index("HNSW", { "mmap.enabled": true }));
            await alterIndex(client, docs, "vector", { properties: {}, deletes: ["mmap.enabled"] });
            expect((await describeIndexes(client, docs))[0]!.params, version).to.deep.equal(left);
        }
    });

    it("knows the warmup of a field since 2.6.11, and two values of it", async () => {
        const { client } = await open("2.6.18", { pending: 0 });
        await create(client, "docs", { fields: both([text]) });
        expect(await outcome(alterField(client, docs, "text", { warmup: "async" }))).to.match(/^1100 /);
        await alterField(client, docs, "text", { warmup: "disable" });
        await serve(client, "docs", both([text]));
        expect(await outcome(alterField(client, docs, "text", { warmup: "sync" }))).to.match(/^104 /);
        const old = await open("2.6.0");
        await create(old.client, "docs", { fields: both([text]) });
        expect(await outcome(alterField(old.client, docs, "text", { warmup: "sync" }))).to.match(/^1100 /);
    });
});
