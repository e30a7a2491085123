import { expect } from "chai";

import type { Collection, Field } from "../../../provider/inputs/schema/collection";
import { argumentsOf, argumentOf } from "../../../provider/plan/render/argumentsOf";
import { declarationLines } from "../../../provider/plan/render/declaration";
import { bm25, collection, field, hnsw, id, text, vector } from "../arbitrary";

const bare = { name: "id", dataType: "Int64", isPrimaryKey: true };

describe("the arguments that a program would declare", () => {
    it("are those that are not at their default", () => {
        expect(argumentsOf(collection())).to.deep.equal({
            fields: [
                bare,
                { name: "vector", dataType: "FloatVector", dim: 8 },
                { name: "text", dataType: "VarChar", maxLength: 512 },
            ],
            indexes: [{ field: "vector", indexType: "HNSW", metricType: "COSINE", params: { M: 16 } }],
        });
        const given: Partial<Collection> = {
            description: "Documents",
            partitions: ["a"],
            enableDynamicField: true,
            shardsNum: 2,
            numPartitions: 16,
            consistencyLevel: "Strong",
            properties: { a: "1" },
        };
        expect(argumentsOf(collection(given))).to.deep.include(given);
    });

    it("have the load as a program writes it", () => {
        const load = (given: Collection["load"]) => argumentOf(collection({ load: given }), "load");
        expect(load(undefined)).to.equal(false);
        expect(load({ replicas: 1, resourceGroups: [] })).to.equal(true);
        expect(load({ replicas: 2, resourceGroups: [] })).to.deep.equal({ replicas: 2 });
        expect(load({ replicas: 1, resourceGroups: ["a"] })).to.deep.equal({
            replicas: 1,
            resourceGroups: ["a"],
        });
        expect(argumentsOf(collection({ load: undefined }))).to.deep.include({ load: false });
        expect(argumentsOf(collection())).to.not.have.property("load");
    });

    it("have a default value of a field even if it is empty, and no parameter that no argument sets", () => {
        const of = (given: Partial<Field> & { otherParams?: object }) =>
            (argumentOf(collection({ fields: [{ ...text, ...given }] }), "fields") as object[])[0];
        const plain = { name: "text", dataType: "VarChar", maxLength: 512 };
        expect(of({ otherParams: { "mmap.enabled": "true" } })).to.deep.equal(plain);
        expect(of({ defaultValue: "" })).to.deep.equal({ ...plain, defaultValue: "" });
        expect(of({ defaultValue: false })).to.deep.equal({ ...plain, defaultValue: false });
        expect(of({ defaultValue: null })).to.deep.equal({ ...plain, defaultValue: null });
        expect(of({ analyzerParams: {} })).to.deep.equal(plain);
        expect(of({ backfill: null })).to.deep.equal({ ...plain, backfill: null });
    });

    it("say how a field and an index are kept in memory, also where they are not mapped", () => {
        const given = collection({
            fields: [{ ...text, mmap: false, warmup: "disable" }],
            indexes: [{ ...hnsw, params: { M: 16, "mmap.enabled": false, warmup: "sync" } }],
        });
        const [field] = argumentOf(given, "fields") as object[];
        const [index] = argumentOf(given, "indexes") as object[];
        expect(field).to.include({ mmap: false, warmup: "disable" });
        expect(index).to.deep.equal({
            ...{ field: "vector", indexType: "HNSW", metricType: "COSINE", params: { M: 16 } },
            ...{ mmap: false, warmup: "sync" },
        });
        expect(declarationLines(given, new Set(["indexes"]))[1]).to.include("mmap: false");
    });

    it("name an index only if its name is not the default one", () => {
        const of = (given: Partial<typeof hnsw>) =>
            (argumentOf(collection({ indexes: [{ ...hnsw, ...given }] }), "indexes") as object[])[0];
        expect(of({})).to.not.have.property("name");
        expect(of({ name: "by_vector" })).to.have.property("name", "by_vector");
        expect(of({ field: "chunks[v]", name: "chunks_v" })).to.not.have.property("name");
        const { description: _none, params: _empty, ...made } = bm25;
        expect(argumentOf(collection({ functions: [bm25] }), "functions")).to.deep.equal([made]);
    });
});

describe("the arguments as lines of a program", () => {
    it("have a line for each part of a list, in the order of a program", () => {
        const tags = field({ name: "tags", dataType: "Array", elementType: "Int64", maxCapacity: 4 });
        const of = collection({
            fields: [id, vector, tags],
            properties: { "mmap.enabled": "true", team: "search" },
            partitions: [],
        });
        const args = new Set(["properties", "indexes", "fields", "partitions", "load"] as const);
        expect(declarationLines(of, args)).to.deep.equal([
            "fields: [",
            '    { isPrimaryKey: true, name: "id", dataType: "Int64" },',
            '    { name: "vector", dataType: "FloatVector", dim: 8 },',
            '    { name: "tags", dataType: "Array", elementType: "Int64", maxCapacity: 4 },',
            "],",
            "indexes: [",
            '    { field: "vector", indexType: "HNSW", metricType: "COSINE", params: { M: 16 } },',
            "],",
            "partitions: [],",
            'properties: { "mmap.enabled": "true", team: "search" },',
            "load: true,",
        ]);
    });

    it("write empty and nested values", () => {
        const only = (given: Partial<Collection>, name: "properties" | "load" | "fields") =>
            declarationLines(collection(given), new Set([name]));
        expect(only({ properties: {} }, "properties")).to.deep.equal(["properties: {},"]);
        expect(only({ load: { replicas: 2, resourceGroups: ["a", "b"] } }, "load")).to.deep.equal([
            'load: { replicas: 2, resourceGroups: ["a", "b"] },',
        ]);
        expect(only({ load: undefined }, "load")).to.deep.equal(["load: false,"]);
        const nothing = { ...text, backfill: null };
        expect(only({ fields: [nothing] }, "fields")[1]).to.equal(
            '    { name: "text", dataType: "VarChar", maxLength: 512, backfill: null },',
        );
    });
});
