import { expect } from "chai";

import type { Collection } from "../../provider/inputs/schema/collection";
import type { ObservedCollection } from "../../provider/observe/state";
import { recorded, withObserved } from "../../provider/plan/offline";
import { bm25, collection, field, hnsw, id, text, vector } from "./arbitrary";

type Given = Partial<Collection>;

describe("the recorded collection", () => {
    it("has what the last deployment declared, in the form of a server", () => {
        const sparse = field({ name: "sparse", dataType: "SparseFloatVector" });
        const fields = [id, vector, text, sparse];
        const given = collection({ fields, functions: [bm25], name: "docs", database: "other" });
        const { fields: seen, ...others } = recorded(given);
        expect(seen.map(({ name, isFunctionOutput }) => [name, isFunctionOutput])).to.deep.equal([
            ["id", false],
            ["vector", false],
            ["text", false],
            ["sparse", true],
        ]);
        expect(others).to.deep.include({
            name: "docs",
            database: "other",
            functions: [bm25],
            indexes: [{ ...hnsw, params: { M: "16" } }],
            loadState: "loaded",
            aliases: [],
        });
    });

    it("has no name, no database and no load where none is declared", () => {
        const bare = recorded(collection({ load: undefined }));
        expect(bare).to.deep.include({ name: "", database: "", loadState: "not-loaded" });
        const connection = { address: "a:19530", ssl: false, timeout: 30, database: "other" };
        expect(recorded(collection({ connection })).database).to.equal("other");
    });
});

describe("the last deployment with what the server has", () => {
    const completed = (before: Given, after: Given, seen: Partial<ObservedCollection> | undefined) => {
        const deployed = collection(before);
        return withObserved(deployed, collection(after), seen && { ...recorded(deployed), ...seen });
    };

    for (const [key, value, other] of [
        ["name", "docs", "pages"],
        ["shardsNum", 2, 4],
        ["numPartitions", 16, 64],
    ] as const)
        it(`has the ${key} that the program writes out, if it is the server's`, () => {
            expect(completed({}, { [key]: value }, { [key]: value })[key]).to.equal(value);
            expect(completed({}, { [key]: value }, { [key]: other })[key]).to.equal(undefined);
            expect(completed({}, {}, { [key]: value })[key]).to.equal(undefined);
            expect(completed({}, { [key]: value }, undefined)[key]).to.equal(undefined);
            expect(completed({ [key]: other }, { [key]: value }, { [key]: value })[key]).to.equal(other);
        });

    it("has the properties that the program writes out, if they are the server's", () => {
        const set = (before: Given, after: Given, seen: Record<string, string>) =>
            completed(before, after, { properties: seen }).properties;
        const zone = { timezone: "UTC" };
        expect(set({}, { properties: zone }, zone)).to.deep.equal(zone);
        expect(set({}, { properties: zone }, { timezone: "Asia/Tokyo" })).to.deep.equal({});
        expect(set({}, {}, zone)).to.deep.equal({});
        const other = { timezone: "Asia/Tokyo" };
        expect(set({ properties: other }, { properties: zone }, zone)).to.deep.equal(other);
    });

    it("has the database that the program writes out, if it is the server's", () => {
        const on = (before: Given, after: Given, database: string) =>
            completed(before, after, { database }).database;
        expect(on({}, { database: "a" }, "a")).to.equal("a");
        expect(on({}, { database: "a" }, "b")).to.equal(undefined);
        expect(on({}, {}, "a")).to.equal(undefined);
        expect(on({ database: "b" }, { database: "a" }, "a")).to.equal("b");
        expect(completed({}, { database: "a" }, undefined).database).to.equal(undefined);
    });

    describe("and the indexes of a load that was taken away", () => {
        const auto = { ...hnsw, indexType: "AUTOINDEX", params: {} };
        const there = { ...auto, metricType: auto.metricType, params: {} };
        const released = { load: undefined, indexes: [] };
        const kept = (before: Given, after: Given, seen: Partial<ObservedCollection> | undefined) =>
            completed(before, after, seen).indexes;

        it("has them where the program loads it again", () => {
            expect(kept(released, { indexes: [auto] }, { indexes: [there] })).to.deep.equal([auto]);
        });

        it("has none that is not there, was declared, or says something of its own", () => {
            expect(kept(released, { indexes: [auto] }, { indexes: [] })).to.deep.equal([]);
            expect(kept(released, { indexes: [auto] }, undefined)).to.deep.equal([]);
            expect(kept({ indexes: [] }, { indexes: [auto] }, { indexes: [there] })).to.deep.equal([]);
            const flat = { ...hnsw, indexType: "FLAT" };
            expect(
                kept({ ...released, indexes: [flat] }, { indexes: [auto] }, { indexes: [there] }),
            ).to.deep.equal([flat]);
            const seen = [{ ...there, indexType: "HNSW", params: { M: "16" } }];
            expect(kept(released, { indexes: [hnsw] }, { indexes: seen })).to.deep.equal([]);
        });
    });
});
