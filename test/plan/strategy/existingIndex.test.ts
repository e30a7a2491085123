import { expect } from "chai";

import type { Index } from "../../../provider/inputs/schema/collection";
import type { ObservedIndex } from "../../../provider/observe/state";
import {
    droppedIndex,
    isDeclaredIndex,
    isSatisfied,
    parameterTexts,
} from "../../../provider/plan/strategy/existingIndex";
import { field, hnsw, id, text, vector } from "../arbitrary";

const data = field({ name: "data", dataType: "JSON" });
const there: ObservedIndex = {
    field: "vector",
    name: "vector",
    indexType: "HNSW",
    metricType: "COSINE",
    params: { M: "16", efConstruction: "200" },
};
const source = (...indexes: ObservedIndex[]) => ({
    fields: [id, vector, text, data].map((one) => ({ ...one, isFunctionOutput: false })),
    indexes,
});

describe("the parameters of an index as a server returns them", () => {
    it("are texts, and those of a text have no quotes", () => {
        expect(parameterTexts({ M: 16, on: true, type: "FP16", list: [1] })).to.deep.equal({
            M: "16",
            on: "true",
            type: "FP16",
            list: "[1]",
        });
    });
});

describe("a declared index", () => {
    const isThere = (declared: Partial<Index>, seen: Partial<ObservedIndex>) =>
        isDeclaredIndex({ ...hnsw, ...declared }, source({ ...there, ...seen }));

    it("is on the server where its type, metric and each declared parameter are the same", () => {
        expect(isThere({}, {})).to.equal(true);
        expect(isThere({ params: { M: "16" } }, {})).to.equal(true);
        expect(isThere({ indexType: "IVF_FLAT" }, {})).to.equal(false);
        expect(isThere({ metricType: "L2" }, {})).to.equal(false);
        expect(isThere({ params: { M: 16, efConstruction: 100 } }, {})).to.equal(false);
        expect(isThere({ params: { M: 16, ef: 10 } }, {})).to.equal(false);
        expect(isDeclaredIndex(hnsw, source())).to.equal(false);
    });

    it("is on the server where that spells its JSON path in another way", () => {
        const json = { field: "data", name: "by_path", indexType: "INVERTED" };
        const params = { json_path: 'data["author"]', json_cast_type: "varchar" };
        const seen = (json_path: string) =>
            source({ ...json, metricType: undefined, params: { json_path, json_cast_type: "VARCHAR" } });
        expect(isDeclaredIndex({ ...json, params }, seen("/author"))).to.equal(true);
        expect(isDeclaredIndex({ ...json, params }, seen("/title"))).to.equal(false);
        // An index of the whole field, without a path.
        const bare = source({ ...json, metricType: undefined, params: {} });
        expect(isDeclaredIndex({ ...json, params }, bare)).to.equal(false);
    });

    describe("has nothing to do", () => {
        const auto = { ...hnsw, indexType: "AUTOINDEX", params: {} };
        const done = (declared: Index, ...seen: ObservedIndex[]) => isSatisfied(declared, source(...seen));

        it("where it is on the server as declared", () => {
            expect(done(hnsw, there)).to.equal(true);
            expect(done({ ...hnsw, params: { M: 32 } }, there)).to.equal(false);
        });

        it("where the server chose a type for AUTOINDEX with the metric, or names none", () => {
            expect(done(auto, there)).to.equal(true);
            expect(done(auto, { ...there, metricType: undefined })).to.equal(true);
            expect(done(auto, { ...there, metricType: "L2" })).to.equal(false);
            expect(done(auto)).to.equal(false);
        });

        it("not with parameters for AUTOINDEX that the server does not show", () => {
            expect(done({ ...auto, params: { build_level: "MEMORY" } }, there)).to.equal(false);
        });

        it("not with a type that the program gives", () => {
            expect(done({ ...auto, indexType: "IVF_FLAT" }, there)).to.equal(false);
        });
    });

    it("is dropped by the server's name, where the server has it", () => {
        expect(droppedIndex(hnsw, source({ ...there, name: "by_client" }))).to.deep.equal([
            { kind: "drop-index", field: "vector", index: "by_client" },
        ]);
        expect(droppedIndex(hnsw, source())).to.deep.equal([]);
    });
});
