import { expect } from "chai";
import fc from "fast-check";

import type { Collection } from "../../provider/inputs/schema/collection";
import { parseCollection } from "../../provider/inputs/parse";
import { type Args, goodProgram, smallProgram } from "./program";

describe("a normalised program", () => {
    it("does not change when it is normalised again", () => {
        for (const program of [goodProgram(), smallProgram(), { ...smallProgram(), load: false }]) {
            const spec = specOf(program);
            // A collection that is not loaded is written `load: false`.
            expect(specOf({ ...spec, load: spec.load ?? false })).to.deep.equal(spec);
        }
    });

    it("says of an index in one way how it is kept in memory", () => {
        const params = (index: Args) => {
            const all = { field: "vector", indexType: "HNSW", ...index };
            return specOf({ ...smallProgram(), indexes: [all] }).indexes[0]!.params;
        };
        const said = { M: 8, "mmap.enabled": true, warmup: "sync" };
        expect(params({ params: { M: 8 }, mmap: true, warmup: "sync" })).to.deep.equal(said);
        // As pymilvus sends it.
        expect(params({ params: { M: 8, "mmap.enabled": "True", warmup: "sync" } })).to.deep.equal(said);
        expect(params({ params: { "mmap.enabled": "0" } })).to.deep.equal({ "mmap.enabled": false });
        expect(params({ params: { "mmap.enabled": "often" } })).to.deep.equal({ "mmap.enabled": "often" });
    });

    it("does not depend on the order of arguments", () => {
        fc.assert(
            fc.property(fc.array(fc.nat(), { minLength: 200, maxLength: 200 }), (rolls) => {
                const dice = [...rolls];
                const shuffled = specOf(shuffleKeys(goodProgram(), () => dice.pop() ?? 0) as Args);
                expect(shuffled).to.deep.equal(specOf(goodProgram()));
            }),
            { numRuns: 25 },
        );
    });

    it("does not depend on the order of indexes, partitions and resource groups", () => {
        const program = (reverse: boolean): Args => ({
            ...smallProgram({ name: "a", dataType: "Int8" }),
            ...Object.fromEntries(
                Object.entries({
                    partitions: ["x", "y", "_default"],
                    indexes: [
                        { field: "vector", name: "first" },
                        { field: "a", name: "last" },
                    ],
                }).map(([name, list]) => [name, reverse ? list.toReversed() : list]),
            ),
            load: { resourceGroups: reverse ? ["2", "1"] : ["1", "2"] },
        });
        expect(specOf(program(true))).to.deep.equal(specOf(program(false)));
        expect(specOf(program(true)).partitions).to.deep.equal(["x", "y"]);
        expect(specOf(program(true)).indexes.map(({ field }) => field)).to.deep.equal(["a", "vector"]);
    });

    it("keeps the fields in the order of the program", () => {
        expect(specOf(goodProgram()).fields.map(({ name }) => name)).to.deep.equal(
            (goodProgram().fields as { name: string }[]).map(({ name }) => name),
        );
    });

    it("gives a VarChar the maximum length, also in Arrays and Structs", () => {
        const { fields } = specOf(
            smallProgram(
                { name: "a", dataType: "VarChar" },
                { name: "b", dataType: "Array", elementType: "VarChar", maxCapacity: 4 },
                {
                    name: "c",
                    dataType: "Array",
                    elementType: "Struct",
                    maxCapacity: 4,
                    fields: [{ name: "d", dataType: "VarChar" }],
                },
                { name: "e", dataType: "Array", elementType: "Int8", maxCapacity: 4 },
            ),
        );
        expect(fields.slice(2).map(({ maxLength }) => maxLength)).to.deep.equal([
            65_535,
            65_535,
            undefined,
            undefined,
        ]);
        expect(fields[4]!.fields![0]!.maxLength).to.equal(65_535);
    });

    it('treats 16 and "16" as the same parameter', () => {
        const index = (params: unknown): Args => ({
            ...smallProgram(),
            indexes: [{ field: "vector", params }],
        });
        const written = specOf(
            index({ M: "16", ratio: "0.2", build: "true", version: "007", id: "12345678901234567890" }),
        );
        expect(written.indexes[0]!.params).to.deep.equal({
            M: 16,
            ratio: 0.2,
            build: true,
            version: "007",
            id: "12345678901234567890",
        });
        expect(specOf(index({ M: 16 }))).to.deep.equal(specOf(index({ M: "16" })));
    });

    it("writes properties as text", () => {
        const { properties } = specOf({
            ...smallProgram(),
            properties: { "collection.ttl.seconds": 3600, "mmap.enabled": false, x: "y" },
        });
        expect(properties).to.deep.equal({
            "collection.ttl.seconds": "3600",
            "mmap.enabled": "false",
            x: "y",
        });
    });

    it("treats an Int64 and its digits as the same value", () => {
        const value = (backfill: unknown): unknown =>
            specOf(smallProgram({ name: "a", dataType: "Int64", backfill })).fields[2]!.backfill;
        expect(value("5")).to.equal(5);
        expect(value("-0")).to.equal(0);
        expect(value("9007199254740993")).to.equal("9007199254740993");
    });

    it("has one form of load for a boolean and an object", () => {
        const load = (argument: Args): Collection["load"] => specOf({ ...smallProgram(), ...argument }).load;
        expect(load({})).to.deep.equal({ replicas: 1, resourceGroups: [] });
        expect(load({ load: true })).to.deep.equal(load({}));
        expect(load({ load: { replicas: 2 } })).to.deep.equal({ replicas: 2, resourceGroups: [] });
        expect(load({ load: false })).to.equal(undefined);
    });

    it("fills in the defaults of a transform", () => {
        const transform = (given: unknown) =>
            specOf({ ...smallProgram(), migration: { transform: given } }).migration.transform;
        const usual = { module: "./embed.js", batchRows: 256, concurrency: 4, retries: 2 };
        expect(transform("./embed.js")).to.deep.equal(usual);
        expect(transform({ module: "./embed.js", concurrency: 1 })).to.deep.equal({
            ...usual,
            concurrency: 1,
        });
    });

    it("adds an index with the default metric to each vector of a loaded collection", () => {
        const { indexes } = specOf({
            ...smallProgram(
                { name: "a8", dataType: "Int8Vector", dim: 4 },
                { name: "bits", dataType: "BinaryVector", dim: 8 },
                { name: "text", dataType: "VarChar", enableAnalyzer: true },
                { name: "words", dataType: "SparseFloatVector" },
                { name: "zero", dataType: "SparseFloatVector" },
                {
                    name: "list",
                    dataType: "Array",
                    elementType: "Struct",
                    maxCapacity: 2,
                    fields: [{ name: "v", dataType: "FloatVector", dim: 4 }],
                },
            ),
            functions: [
                { name: "bm25", type: "BM25", inputFieldNames: ["text"], outputFieldNames: ["words"] },
            ],
        });
        const auto = { indexType: "AUTOINDEX", params: {} };
        expect(indexes).to.deep.equal([
            { field: "a8", name: "a8", metricType: "COSINE", ...auto },
            { field: "bits", name: "bits", metricType: "HAMMING", ...auto },
            { field: "list[v]", name: "list_v", metricType: "MAX_SIM_COSINE", ...auto },
            { field: "vector", name: "vector", metricType: "COSINE", ...auto },
            { field: "words", name: "words", metricType: "BM25", ...auto },
            { field: "zero", name: "zero", metricType: "IP", ...auto },
        ]);
    });

    it("adds no index to a vector of a collection that is not loaded", () => {
        expect(specOf({ ...smallProgram(), load: false }).indexes).to.deep.equal([]);
        expect(
            specOf({ ...smallProgram(), load: false, indexes: [{ field: "vector" }] }).indexes,
        ).to.have.length(1);
    });

    it("gives an index of a scalar no metric", () => {
        const { indexes } = specOf({
            ...smallProgram({ name: "a", dataType: "Int8" }),
            indexes: [{ field: "a", indexType: "BITMAP" }],
        });
        expect(indexes[0]).to.deep.equal({ field: "a", name: "a", indexType: "BITMAP", params: {} });
    });
});

function specOf(args: Args): Collection {
    const { spec, failures } = parseCollection(args);
    expect(failures).to.deep.equal([]);
    return spec!;
}

function shuffleKeys(value: unknown, roll: () => number): unknown {
    if (Array.isArray(value)) return value.map((element) => shuffleKeys(element, roll));
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([key, entry]) => ({
        key,
        entry: shuffleKeys(entry, roll),
        order: roll(),
    }));
    return Object.fromEntries(
        entries.sort((a, b) => a.order - b.order).map(({ key, entry }) => [key, entry]),
    );
}
