import { expect } from "chai";

import type { CollectionFunction, Index } from "../../../provider/inputs/schema/collection";
import { addFunction, dropFunction, dropsInPlace } from "../../../provider/plan/strategy/functionStrategy";
import { bm25, field, hnsw, id, text, vector } from "../arbitrary";
import { contextOf } from "./contextOf";

const sparse = field({ name: "sparse", dataType: "SparseFloatVector" });
const other = field({ name: "other", dataType: "SparseFloatVector" });
const title = field({ name: "title", dataType: "VarChar", maxLength: 64 });
const onSparse: Index = {
    field: "sparse",
    name: "sparse",
    indexType: "SPARSE_INVERTED_INDEX",
    metricType: "BM25",
    params: {},
};
const all = [id, vector, text, title];
const before = { fields: all };
const functions = (reason: string) => ({ via: "migrate", argument: "functions", reason });
const done = { via: "update", updates: [] };

describe("a new function", () => {
    const added = (one: CollectionFunction, given: Parameters<typeof contextOf>[0] = {}) =>
        addFunction(
            one,
            contextOf({
                before,
                after: { fields: [...all, sparse], functions: [one], indexes: [hnsw, onSparse] },
                ...given,
            }),
        );

    it("is added with its output and the index of that", () => {
        for (const type of ["BM25", "MinHash"]) {
            const one = { ...bm25, type };
            const strategy = added(one);
            expect(strategy).to.deep.include({
                via: "update",
                updates: [
                    { kind: "add-function", function: one, field: sparse, index: onSparse },
                    { kind: "refresh" },
                ],
            });
            expect(strategy).to.have.nested.property("findings[0].code", "MV136");
        }
    });

    it("has nothing to do where it is there", () => {
        expect(added(bm25, { before: { ...before, functions: [bm25] } })).to.deep.equal(done);
        const another = { ...bm25, name: "another", outputFieldNames: ["other"] };
        const strategy = added(bm25, { before: { ...before, functions: [another] } });
        expect(strategy).to.have.nested.property("updates[0].kind", "add-function");
    });

    const refused: [string, CollectionFunction, string, Parameters<typeof contextOf>[0]?][] = [
        [
            "where the server cannot add it",
            bm25,
            "milvus 3.0.0 cannot add a function in place",
            { server: { addFunction: false } },
        ],
        [
            "where the server does not compute it for existing rows",
            { ...bm25, type: "TextEmbedding" },
            "Milvus cannot add a TextEmbedding function in place",
        ],
        [
            "if it reads two fields",
            { ...bm25, inputFieldNames: ["text", "title"] },
            "function bm25 does not read exactly one existing field",
        ],
        [
            "if it reads no field",
            { ...bm25, inputFieldNames: [] },
            "function bm25 does not read exactly one existing field",
        ],
        [
            "if it reads a new field",
            { ...bm25, inputFieldNames: ["added"] },
            "function bm25 does not read exactly one existing field",
        ],
        [
            "if it reads what another function makes",
            { ...bm25, inputFieldNames: ["title"] },
            "function bm25 does not read exactly one existing field",
            {
                before: {
                    ...before,
                    functions: [{ ...bm25, name: "a", outputFieldNames: ["title"] }],
                },
            },
        ],
        [
            "if it fills a field that is not declared",
            { ...bm25, outputFieldNames: ["gone"] },
            "function bm25 does not fill exactly one new field",
        ],
        [
            "if it fills two fields",
            { ...bm25, outputFieldNames: ["sparse", "other"] },
            "function bm25 does not fill exactly one new field",
        ],
        [
            "if it fills a field that is there",
            bm25,
            "function bm25 does not fill exactly one new field",
            { before: { fields: [...all, sparse] } },
        ],
        [
            "without an index of its output",
            bm25,
            "the index on sparse has no explicit type",
            { after: { fields: [...all, sparse], functions: [bm25] } },
        ],
        [
            "with an index whose type the server chooses",
            bm25,
            "the index on sparse has no explicit type",
            {
                after: {
                    fields: [...all, sparse],
                    functions: [bm25],
                    indexes: [{ ...onSparse, indexType: "AUTOINDEX" }],
                },
            },
        ],
    ];
    for (const [when, one, reason, given] of refused)
        it(`is migrated ${when}`, () => {
            expect(added(one, given)).to.deep.equal(functions(reason));
        });
});

describe("a dropped function", () => {
    const made = { fields: [...all, sparse], functions: [bm25] };

    it("is dropped with its output", () => {
        expect(dropFunction(bm25, contextOf({ before: made, after: before }))).to.deep.equal({
            via: "update",
            updates: [{ kind: "drop-function", function: "bm25" }],
        });
    });

    it("has nothing to do where it is gone", () => {
        expect(dropFunction(bm25, contextOf({ before, after: before }))).to.deep.equal(done);
        const another = { ...made, functions: [{ ...bm25, name: "another" }] };
        expect(dropFunction(bm25, contextOf({ before: another, after: before }))).to.deep.equal(done);
        const both = { ...made, functions: [bm25, { ...bm25, name: "another" }] };
        expect(dropFunction(bm25, contextOf({ before: both, after: before }))).to.not.deep.equal(done);
    });

    it("is migrated where the server cannot drop it", () => {
        const server = { alterSchema: false };
        expect(dropFunction(bm25, contextOf({ before: made, after: before, server }))).to.deep.equal(
            functions("milvus 3.0.0 cannot drop function bm25 in place"),
        );
    });

    it("is dropped in place only if no output stays and another vector does", () => {
        const drops = (gone: CollectionFunction, given: Parameters<typeof contextOf>[0] = {}) =>
            dropsInPlace(gone, contextOf({ before: made, after: before, ...given }));
        expect(drops(bm25)).to.equal(true);
        expect(drops({ ...bm25, type: "TextEmbedding" })).to.equal(false);
        expect(drops(bm25, { after: { ...before, functions: [bm25] } })).to.equal(false);
        expect(drops(bm25, { after: { ...before, functions: [{ ...bm25, name: "another" }] } })).to.equal(
            true,
        );
        expect(drops({ ...bm25, outputFieldNames: [] })).to.equal(false);
        const two = { ...bm25, outputFieldNames: ["sparse", "other"] };
        expect(drops(two)).to.equal(true);
        expect(drops(two, { after: { fields: [...all, other] } })).to.equal(false);
        expect(drops(bm25, { after: { fields: [id, text] } })).to.equal(false);
    });
});
