import { expect } from "chai";

import type { Collection, CollectionFunction } from "../../../provider/inputs/schema/collection";
import type { ObservedCollection } from "../../../provider/observe/state";
import { carrySettings } from "../../../provider/plan/carry/carrySettings";
import { recorded } from "../../../provider/plan/offline";
import { collection, embed, field, hnsw, id, text, vector } from "../arbitrary";

type Given = Partial<Collection>;
const server = { address: "a:19530", ssl: false, timeout: 30 };
const elsewhere = { connection: { ...server, address: "b:19530" } };

function carried(before: Given, after: Given, seen: Partial<ObservedCollection>) {
    const [deployed, target] = [collection(before), collection(after)];
    return carrySettings(deployed, target, { ...recorded(deployed), ...seen });
}
const wanted = (before: Given, after: Given, seen: Partial<ObservedCollection>) =>
    carried(before, after, seen).wanted;

describe("a new collection", () => {
    it("is as the program says where the server says nothing else", () => {
        const target = collection({
            description: "Documents",
            migration: { ...collection().migration, transform: embed },
        });
        expect(carrySettings(collection(), target, recorded(collection()))).to.deep.equal({
            wanted: target,
            kept: [],
            left: [],
        });
    });

    const load = { replicas: 3, resourceGroups: ["a", "b"] };
    /** What a client set, the value that a program gives, and the line about the client's. */
    const settings: [keyof Collection & keyof ObservedCollection, unknown, unknown, string][] = [
        ["description", "by a client", "by the program", "the description"],
        ["consistencyLevel", "Eventually", "Strong", "consistencyLevel Eventually"],
        ["load", load, { replicas: 2, resourceGroups: [] }, "3 replicas in a, b"],
    ];
    for (const [key, byClient, byProgram, line] of settings)
        it(`keeps the ${key} of the server, unless the program has or had one`, () => {
            const [seen, told] = [{ [key]: byClient }, { [key]: byProgram }];
            expect(carried({}, {}, seen).wanted[key]).to.deep.equal(byClient);
            expect(carried({}, {}, seen).kept).to.deep.equal([line]);
            expect(carried({}, told, seen).wanted[key]).to.deep.equal(byProgram);
            expect(carried({}, told, seen).kept).to.deep.equal([]);
            expect(carried(told, {}, seen).wanted[key]).to.deep.equal(collection()[key]);
            expect(carried(told, {}, seen).kept).to.deep.equal([]);
        });

    it("has the consistency level and the load of the program where the server names none", () => {
        expect(wanted({}, {}, { consistencyLevel: "" }).consistencyLevel).to.equal("Bounded");
        expect(wanted({}, {}, { consistencyLevel: undefined }).consistencyLevel).to.equal("Bounded");
        expect(wanted({}, {}, { load: undefined }).load).to.deep.equal(collection().load);
    });

    it("is not loaded as on another server, which has other nodes", () => {
        const after = carried({ connection: server }, elsewhere, { load });
        expect(after.wanted.load).to.deep.equal(collection().load);
        expect(after.kept).to.deep.equal([]);
        expect(wanted({ connection: server }, { connection: server }, { load }).load).to.deep.equal(load);
    });

    it("says how it is loaded", () => {
        const [one] = [{ replicas: 1, resourceGroups: ["a"] }];
        expect(carried({}, {}, { load: one }).kept).to.deep.equal(["1 replica in a"]);
        const two = { replicas: 2, resourceGroups: [] };
        expect(carried({}, {}, { load: two }).kept).to.deep.equal(["2 replicas"]);
    });

    it("keeps the shards of the server, unless the program gives a number", () => {
        const after = carried({}, {}, { shardsNum: 4 });
        expect(after.wanted.shardsNum).to.equal(4);
        expect(after.kept).to.deep.equal(["4 shards"]);
        expect(wanted({}, { shardsNum: 2 }, { shardsNum: 4 }).shardsNum).to.equal(2);
        expect(carried({}, { shardsNum: 2 }, { shardsNum: 4 }).kept).to.deep.equal([]);
        // One is what Milvus makes of no number.
        expect(carried({}, {}, { shardsNum: 1 })).to.deep.include({ kept: [] });
        expect(wanted({}, {}, { shardsNum: undefined })).to.not.have.property("shardsNum");
    });

    it("keeps the number of partitions of a partition key that stays", () => {
        const tenant = field({ name: "tenant", dataType: "Int64" });
        const keyed = { fields: [id, vector, { ...tenant, isPartitionKey: true }] };
        const open = { fields: [id, vector, tenant] };
        expect(wanted(keyed, keyed, { numPartitions: 64 }).numPartitions).to.equal(64);
        expect(wanted(keyed, { ...keyed, numPartitions: 16 }, { numPartitions: 64 }).numPartitions).to.equal(
            16,
        );
        expect(wanted(keyed, open, { numPartitions: 64 })).to.not.have.property("numPartitions");
        expect(wanted(open, keyed, { numPartitions: 64 })).to.not.have.property("numPartitions");
        expect(wanted(keyed, keyed, { numPartitions: undefined })).to.not.have.property("numPartitions");
    });

    it("keeps the properties of the server that the program does not have and never had", () => {
        const properties = { "x.team": "search", "mmap.enabled": "true", "collection.ttl.seconds": "60" };
        const before = { properties: { "collection.ttl.seconds": "60" } };
        const after = { properties: { "mmap.enabled": "false" } };
        expect(carried(before, after, { properties })).to.deep.include({ kept: ["property x.team=search"] });
        expect(wanted(before, after, { properties }).properties).to.deep.equal({
            "x.team": "search",
            "mmap.enabled": "false",
        });
    });

    it("gets no property that the server writes itself, and no line about an ordinary one", () => {
        const own = {
            max_field_id: "103",
            "cipher.ezID": "1",
            "replicate.id": "r",
            "namespace.enabled": "true",
            external_source: "s3",
        };
        const beside = { "x.max_field_id": "1", timezone: "UTC" };
        const after = carried({}, {}, { properties: { ...own, ...beside } });
        expect(after.wanted.properties).to.deep.equal(beside);
        expect(after.kept).to.deep.equal(["property x.max_field_id=1"]);
        expect(carried({}, {}, { properties: { timezone: "Asia/Tokyo" } }).kept).to.deep.equal([
            "property timezone=Asia/Tokyo",
        ]);
        expect(carried({}, {}, { properties: { zone: "UTC" } }).kept).to.deep.equal(["property zone=UTC"]);
    });

    describe("with a function", () => {
        const words: CollectionFunction = {
            name: "words",
            type: "Rerank",
            inputFieldNames: [],
            outputFieldNames: [],
            description: "",
            params: { a: 1 },
        };
        const other = { ...words, name: "other", params: { b: 1 } };
        const seen: Pick<ObservedCollection, "functions"> = {
            functions: [
                { ...other, description: "of another", params: { c: 1 } },
                { ...words, description: "by a client", params: { a: 2, b: 3 } },
            ],
        };
        const after = (before: CollectionFunction, now: CollectionFunction) =>
            wanted({ functions: [other, before] }, { functions: [now] }, seen).functions;

        it("keeps the parameters and the description that a client gave it", () => {
            expect(after(words, words)).to.deep.equal([
                { ...words, description: "by a client", params: { a: 1, b: 3 } },
            ]);
            expect(after({ ...words, params: { a: 1, b: 1 } }, words)[0]).to.deep.include({
                params: { a: 1 },
            });
        });

        it("has the description that the program has or had", () => {
            const told = { ...words, description: "by the program" };
            expect(after(words, told)[0]!.description).to.equal("by the program");
            expect(after(told, words)[0]!.description).to.equal("");
        });

        it("has nothing of another function, or of one that the program did not declare", () => {
            const typed = { ...words, type: "Boost" };
            expect(after(words, typed)).to.deep.equal([typed]);
            expect(wanted({}, { functions: [words] }, seen).functions).to.deep.equal([words]);
            const deployed = { functions: [words] };
            expect(wanted(deployed, deployed, { functions: [] }).functions).to.deep.equal([words]);
        });
    });

    it("says what it keeps and what it cannot keep, of fields and of indexes", () => {
        const deployed = collection();
        const source = recorded(deployed);
        const [key, embedding, words] = source.fields;
        const otherParams = { "mmap.enabled": "true", codec: "zstd" };
        const index = { ...hnsw, field: "text", name: "by_text", metricType: undefined, params: {} };
        const retyped = [id, vector, { ...text, dataType: "JSON" as const, maxLength: undefined }];
        const seen = {
            fields: [{ ...key!, otherParams: { warmup: "sync" } }, embedding!, { ...words!, otherParams }],
            indexes: [{ ...source.indexes[0]!, params: { M: "16", ef: "8" } }, index],
        };
        const { kept, left } = carried({}, { fields: retyped }, seen);
        expect(kept).to.deep.equal([
            "warmup=sync of id",
            "mmap.enabled=true of text",
            "ef=8 of the index on vector",
        ]);
        expect(left).to.deep.equal([
            "codec of text (its type changes)",
            "index by_text on text (its type changes)",
        ]);
    });
});
