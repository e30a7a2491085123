import { expect } from "chai";

import { type Calls, calls, capabilitiesOf } from "../../../provider/observe/capabilitiesOf";
import type { ObservedCollection } from "../../../provider/observe/state";
import { recorded } from "../../../provider/plan/offline";
import { planCollection } from "../../../provider/plan/plan";
import { collection, field, hnsw, id, text, vector } from "../arbitrary";

const all = Object.fromEntries(Object.keys(calls).map((name) => [name, true])) as Calls;
type Given = Parameters<typeof collection>[0];

/** The plan of an edit on a server of this version. */
function plan(version: string, before: Given, after: Given, there: Partial<ObservedCollection> = {}) {
    const deployed = collection(before);
    return planCollection({
        deployed,
        target: collection(after),
        source: { ...recorded(deployed), ...there },
        rows: 10,
        capabilities: capabilitiesOf(version, all),
        unknowns: false,
    });
}

const codes = ({ findings }: ReturnType<typeof plan>) => findings.map(({ code }) => code);
const lang = field({ name: "lang", dataType: "VarChar", maxLength: 8, nullable: true });
const withText = (change: Partial<typeof text>) => ({ fields: [id, vector, { ...text, ...change }] });
const sparse = field({ name: "sparse", dataType: "SparseFloatVector" });
const onSparse = {
    ...hnsw,
    field: "sparse",
    name: "sparse",
    indexType: "SPARSE_INVERTED_INDEX",
    metricType: "BM25",
};

describe("the analyzer of a field", () => {
    const german = { enableAnalyzer: true, analyzerParams: { type: "german" } };

    it("changes in place on 3.0 where nothing uses the field", () => {
        const { verdict, updates } = plan("v3.0.0", {}, withText(german));
        expect(verdict).to.equal("update");
        expect(updates).to.deep.equal([
            {
                kind: "alter-field",
                field: "text",
                properties: { enable_analyzer: "true", analyzer_params: '{"type":"german"}' },
            },
        ]);
    });

    it("loses its parameters in place", () => {
        const { updates } = plan("v3.0.0", withText(german), {});
        expect(updates).to.deep.equal([
            {
                kind: "alter-field",
                field: "text",
                properties: { enable_analyzer: "false" },
                deletes: ["analyzer_params"],
            },
        ]);
    });

    it("migrates before, and where text match or a function uses the field", () => {
        expect(plan("v2.6.18", {}, withText(german)).verdict).to.equal("migrate");
        const matched = { enableAnalyzer: true, enableMatch: true };
        expect(plan("v3.0.0", {}, withText({ ...german, enableMatch: true })).verdict).to.equal("migrate");
        expect(plan("v3.0.0", withText(matched), withText({ ...matched, ...german })).verdict).to.equal(
            "migrate",
        );
        const bm25 = { type: "BM25", name: "bm25", inputFieldNames: ["text"], outputFieldNames: ["sparse"] };
        const read = (change: Partial<typeof text>) => ({
            fields: [id, vector, { ...text, enableAnalyzer: true, ...change }, sparse],
            functions: [{ ...bm25, description: "", params: {} }],
            indexes: [hnsw, onSparse],
        });
        expect(plan("v3.0.0", read({}), read(german)).verdict).to.equal("migrate");
    });
});

describe("a TextEmbedding function", () => {
    const by = (params: Record<string, string>, type = "TextEmbedding") => ({
        functions: [
            {
                name: "f",
                type,
                inputFieldNames: ["text"],
                outputFieldNames: ["vector"],
                description: "",
                params,
            },
        ],
    });
    const openai = { provider: "openai", model_name: "small", credential: "one" };

    it("gets other credentials in place since 2.6.7, and keeps what somebody set on the server", () => {
        const there = by({ ...openai, user: "ops" });
        const { verdict, updates } = plan("v2.6.7", by(openai), by({ ...openai, credential: "two" }), there);
        expect(verdict).to.equal("update");
        expect(updates).to.have.length(1);
        expect(updates[0]).to.deep.include({ kind: "alter-function" });
        expect(JSON.stringify(updates[0])).to.include('"user":"ops"').and.include('"credential":"two"');
    });

    it("migrates before, for another model, and for a function of another type", () => {
        expect(plan("v2.6.6", by(openai), by({ ...openai, credential: "two" })).verdict).to.equal("migrate");
        expect(plan("v2.6.18", by(openai), by({ ...openai, model_name: "large" })).verdict).to.equal(
            "migrate",
        );
        const rerank = (url: string) => by({ url }, "Rerank");
        expect(plan("v2.6.18", rerank("a"), rerank("b")).verdict).to.equal("migrate");
    });
});

describe("a time to live of each row", () => {
    const seconds = { "collection.ttl.seconds": "60" };
    const until = { fields: [id, vector, field({ name: "until", dataType: "Timestamptz" })] };
    const ofRow = { ...until, properties: { ttl_field: "until" } };
    const kinds = ({ updates }: ReturnType<typeof plan>) => updates.map(({ kind }) => kind);

    it("is set after that of all rows is deleted, declared or not, and the other way round", () => {
        expect(kinds(plan("v3.0.0", { ...until, properties: seconds }, ofRow))).to.deep.equal([
            "delete-properties",
            "set-properties",
        ]);
        expect(kinds(plan("v3.0.0", ofRow, { ...until, properties: seconds }))).to.deep.equal([
            "delete-properties",
            "set-properties",
        ]);
        const undeclared = plan("v3.0.0", until, ofRow, { properties: seconds });
        expect(kinds(undeclared)).to.deep.equal(["delete-properties", "set-properties"]);
        expect(codes(undeclared)).to.include("MV181");
    });

    it("is not joined by that of all rows in a migration, which says so", () => {
        const moved = { ...ofRow, fields: [...until.fields, { ...lang, nullable: false, backfill: "en" }] };
        const { migration, findings } = plan("v3.0.0", until, moved, { properties: seconds });
        expect(migration!.wanted.properties).to.deep.equal({ ttl_field: "until" });
        const left = findings.find(({ code }) => code === "MV176");
        expect(left?.message).to.include("collection.ttl.seconds");
    });
});

describe("a field that is added to several shards", () => {
    const added = { fields: [id, vector, text, lang] };
    const shards = { shardsNum: 2 };

    it("migrates before 2.6.7, where it can end a node, and so does a dynamic field that is turned on", () => {
        expect(plan("v2.6.6", shards, { ...shards, ...added }, shards).verdict).to.equal("migrate");
        expect(plan("v2.6.6", shards, { ...shards, enableDynamicField: true }, shards).verdict).to.equal(
            "migrate",
        );
        expect(plan("v2.6.6", {}, added).verdict).to.equal("update");
        expect(plan("v2.6.7", shards, { ...shards, ...added }, shards).verdict).to.equal("update");
    });

    it("is said to be dangerous where several are", () => {
        const two = { ...shards, fields: [...added.fields, { ...lang, name: "lang2" }] };
        expect(codes(plan("v2.6.18", shards, two, shards))).to.include("MV183");
        expect(codes(plan("v2.6.18", {}, { fields: two.fields }))).to.not.include("MV183");
    });
});

describe("a change of the schema in place", () => {
    it("tells that clients with the former schema get an error, where the server compares it", () => {
        const longer = withText({ maxLength: 1024 });
        expect(codes(plan("v2.5.5", {}, longer))).to.include("MV182");
        expect(codes(plan("v2.5.4", {}, longer))).to.not.include("MV182");
        expect(codes(plan("v2.6.18", {}, { description: "Documents" }))).to.not.include("MV182");
        expect(codes(plan("v2.6.18", {}, withText({ dataType: "JSON" })))).to.not.include("MV182");
    });

    it("adds no function where the server is not configured for it", () => {
        const bm25 = { name: "bm25", type: "BM25", inputFieldNames: ["text"], outputFieldNames: ["sparse"] };
        const after = collection({
            fields: [id, vector, { ...text, enableAnalyzer: true }, sparse],
            functions: [{ ...bm25, description: "", params: {} }],
            indexes: [hnsw, onSparse],
        });
        const before = collection(withText({ enableAnalyzer: true }));
        const verdict = (addFunction: boolean) =>
            planCollection({
                deployed: before,
                target: after,
                source: recorded(before),
                rows: 10,
                capabilities: { ...capabilitiesOf("v3.0.0", all), addFunction },
                unknowns: false,
            }).verdict;
        expect([verdict(true), verdict(false)]).to.deep.equal(["update", "migrate"]);
    });

    it("loads a new vector where the collection is loaded, and again after an interrupted run", () => {
        const image = field({ name: "image", dataType: "FloatVector", dim: 4, nullable: true });
        const after = {
            fields: [id, vector, text, image],
            indexes: [hnsw, { ...hnsw, field: "image", name: "image" }],
        };
        const kinds = plan("v2.6.18", {}, after).updates.map(({ kind }) => kind);
        expect(kinds).to.deep.equal(["add-field", "create-index", "refresh"]);
        const reindexed = { ...after, indexes: [{ ...hnsw, params: { M: 32 } }, after.indexes[1]!] };
        expect(plan("v2.6.18", {}, reindexed).updates.map(({ kind }) => kind)).to.not.include("refresh");
        expect(
            plan("v2.6.18", {}, after, { loadState: "not-loaded" }).updates.map(({ kind }) => kind),
        ).to.not.include("refresh");
        const deployed = collection(after);
        const again = planCollection({
            deployed,
            target: deployed,
            source: recorded(deployed),
            rows: 10,
            capabilities: capabilitiesOf("v2.6.18", all),
            unknowns: false,
            interrupted: ["add-field", "create-index", "refresh"],
        });
        expect(again.updates).to.deep.equal([{ kind: "refresh" }]);
    });

    it("drops no Array of Structs in place on 3.0.0, where one of its name would be wrong", () => {
        const chunks = field({
            ...{ name: "chunks", dataType: "Array", elementType: "Struct", maxCapacity: 8, nullable: true },
            fields: [{ name: "page", dataType: "Int64", description: "" }],
        });
        const before = { fields: [id, vector, text, chunks] };
        expect(plan("v3.0.0", before, {}).verdict).to.equal("migrate");
        expect(plan("v3.0.1", before, {}).verdict).to.equal("update");
    });
});
