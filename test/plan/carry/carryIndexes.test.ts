import { expect } from "chai";

import type { Collection, Index } from "../../../provider/inputs/schema/collection";
import type { ObservedIndex } from "../../../provider/observe/state";
import { carryIndexes } from "../../../provider/plan/carry/carryIndexes";
import { originsOf } from "../../../provider/plan/diff/fieldOrigins";
import { TEMPORARY_INDEX } from "../../../provider/plan/diff/matchIndex";
import { recorded } from "../../../provider/plan/offline";
import { collection, field, hnsw, id, text, vector } from "../arbitrary";

const data = field({ name: "data", dataType: "JSON" });
const fields = [id, vector, text, data];
const auto: Index = { field: "vector", name: "vector", indexType: "AUTOINDEX", params: {} };
const there = (given: Partial<ObservedIndex>): ObservedIndex => ({
    field: "vector",
    name: "vector",
    indexType: "HNSW",
    metricType: "COSINE",
    params: {},
    ...given,
});
const onText = (given: Partial<ObservedIndex> = {}) =>
    there({ field: "text", name: "by_text", indexType: "INVERTED", metricType: undefined, ...given });
const onData = (json_path: string) =>
    there({
        field: "data",
        name: "by_path",
        indexType: "INVERTED",
        metricType: undefined,
        params: { json_path },
    });

type Given = Partial<Collection>;
function carried(before: Given, after: Given, indexes: ObservedIndex[], isSameServer = true) {
    const [deployed, target] = [before, after].map((given) => collection({ fields, ...given })) as [
        Collection,
        Collection,
    ];
    const names = new Set(deployed.fields.map(({ name }) => name));
    const origins = originsOf(target.fields, names, deployed.fields);
    return carryIndexes(deployed, target, { ...recorded(deployed), indexes }, { origins, isSameServer });
}
/** The one index of a new collection that the program declares, and the lines about it. */
function declared(was: Index, now: Index, index: Partial<ObservedIndex>, isSameServer = true) {
    const { indexes, kept, left } = carried(
        { indexes: [was] },
        { indexes: [now] },
        [there(index)],
        isSameServer,
    );
    expect(indexes).to.have.length(1);
    expect(left).to.deep.equal([]);
    return { index: indexes[0]!, kept };
}

const renamed = { fields: [id, vector, { ...text, name: "body", previousName: "text" }, data] };

describe("a declared index of a new collection", () => {
    it("is as declared where the server has none", () => {
        expect(carried({}, {}, [])).to.deep.equal({ indexes: [hnsw], kept: [], left: [] });
    });

    it("has the server's name where the program gives none", () => {
        const named = { name: "by_client", params: { M: "16" } };
        expect(declared(hnsw, hnsw, named)).to.deep.equal({
            index: { ...hnsw, name: "by_client" },
            kept: [],
        });
        const own = { ...hnsw, name: "own" };
        expect(declared(own, own, named).index.name).to.equal("own");
        const other = { ...hnsw, indexType: "IVF_FLAT" };
        expect(declared(hnsw, other, named).index).to.deep.equal({ ...other, name: "by_client" });
    });

    it("is renamed with its field where the server named it after the field", () => {
        const index = { ...hnsw, field: "text", name: "text", indexType: "INVERTED", params: {} };
        const after = { ...renamed, indexes: [{ ...index, field: "body", name: "body" }] };
        const name = (of: string) =>
            carried({ indexes: [index] }, after, [onText({ name: of })]).indexes.map((one) => one.name);
        expect(name("text")).to.deep.equal(["body"]);
        expect(name("by_client")).to.deep.equal(["by_client"]);
    });

    it("keeps the parameters of the server that the program does not mention", () => {
        const seen = { params: { M: "32", efConstruction: "200", "mmap.enabled": "true" } };
        expect(declared(hnsw, hnsw, seen)).to.deep.equal({
            index: { ...hnsw, params: { M: 16, efConstruction: 200, "mmap.enabled": true } },
            kept: ["efConstruction=200 of the index on vector", "mmap.enabled=true of the index on vector"],
        });
        // The program mentioned it at the last deployment, and omits it now.
        const was = { ...hnsw, params: { M: 16, efConstruction: 100 } };
        expect(declared(was, hnsw, { params: { efConstruction: "100" } })).to.deep.equal({
            index: hnsw,
            kept: [],
        });
    });

    it("of the server's choice keeps how it is kept in memory, and is chosen again", () => {
        const choice = { ...auto, metricType: "COSINE" };
        const mapped = { ...choice, params: { "mmap.enabled": true } };
        const seen = { indexType: "AUTOINDEX", params: { "mmap.enabled": "true", warmup: "sync" } };
        const kept = (...keys: string[]) => keys.map((key) => `${key} of the index on vector`);
        expect(declared(choice, choice, seen)).to.deep.equal({
            index: { ...mapped, params: { "mmap.enabled": true, warmup: "sync" } },
            kept: [...kept("mmap.enabled=true"), ...kept("warmup=sync")],
        });
        const off = { ...choice, params: { "mmap.enabled": false } };
        expect(declared(mapped, off, seen).index.params).to.deep.equal({
            "mmap.enabled": false,
            warmup: "sync",
        });
        expect(declared(mapped, choice, seen).index.params).to.deep.equal({ warmup: "sync" });
        // Another server chooses for itself, and builds with none of the former one's parameters.
        const chosen = { params: { M: "18", "mmap.enabled": "true" } };
        expect(declared(choice, choice, chosen, false).index.params).to.deep.equal({ "mmap.enabled": true });
    });

    it("writes a text parameter as text", () => {
        const { kept } = declared(hnsw, hnsw, { params: { refine_type: "FP16" } });
        expect(kept).to.deep.equal(["refine_type=FP16 of the index on vector"]);
    });

    it("is as the program says where the server has another type", () => {
        const seen = { indexType: "IVF_FLAT", params: { nlist: "64" } };
        expect(declared(hnsw, hnsw, seen)).to.deep.equal({ index: hnsw, kept: [] });
    });

    it("is as the program says where its field has another type, or where it was not declared", () => {
        const index = { ...hnsw, field: "text", name: "text", indexType: "INVERTED", params: {} };
        const retyped = { fields: [id, vector, { ...text, dataType: "Int64" as const }, data] };
        const seen = [onText({ params: { x: "1" } })];
        expect(carried({ indexes: [index] }, { ...retyped, indexes: [index] }, seen).indexes).to.deep.equal([
            index,
        ]);
        expect(carried({ indexes: [] }, { indexes: [index] }, seen)).to.deep.equal({
            indexes: [index],
            kept: [],
            left: [],
        });
    });

    it("is compared with the declared one of its field and name", () => {
        const on = (of: string, name: string, params: Index["params"] = {}): Index => ({
            field: of,
            name,
            indexType: "INVERTED",
            params,
        });
        const seen = (index: Index) => there({ ...index, metricType: undefined, params: { x: "5" } });
        const keeps = (first: Index, second: Index) => {
            const before = { indexes: [first, second] };
            return carried(before, before, [seen(second)]).indexes[1]!.params;
        };
        // The first one has the parameter, the second one gets it from the server.
        const x = { x: 1 };
        expect(keeps(on("text", "text", x), on("data", "data"))).to.deep.equal({ x: 5 });
        expect(keeps(on("data", "a", x), on("data", "b"))).to.deep.equal({ x: 5 });
        expect(keeps(on("text", "a", x), on("data", "a"))).to.deep.equal({ x: 5 });
    });

    it("is as the program says on a field that takes the place of a dynamic key", () => {
        const lang = field({ name: "lang", dataType: "VarChar", maxLength: 8, from: "$meta.lang" });
        const index = { field: "lang", name: "by_key", indexType: "INVERTED", params: {} };
        const params = { json_path: "/lang", json_cast_type: "VARCHAR" };
        const before = { enableDynamicField: true, indexes: [index] };
        const after = { ...before, fields: [...fields, lang] };
        const onKey = there({ field: "$meta", name: "by_key", indexType: "INVERTED", params });
        expect(carried(before, after, [onKey])).to.deep.equal({ indexes: [index], kept: [], left: [] });
    });

    describe("of the type AUTOINDEX", () => {
        const chosen = { metricType: "L2", params: { M: "18" } };

        it("has the type and the parameters that the server chose", () => {
            expect(declared(auto, auto, chosen)).to.deep.equal({
                index: { ...auto, indexType: "HNSW", metricType: "L2", params: { M: 18 } },
                kept: ["metric L2 of the index on vector"],
            });
        });

        it("stays AUTOINDEX on another server, and where the server names no type", () => {
            const open = { ...auto, metricType: "L2" as const };
            expect(declared(auto, auto, chosen, false).index).to.deep.equal(open);
            expect(declared(auto, auto, { ...chosen, indexType: "" }).index).to.deep.equal(open);
        });

        it("stays AUTOINDEX with the parameters of the program", () => {
            const own = { ...auto, params: { build_level: "MEMORY" } };
            expect(declared(own, own, chosen).index).to.deep.equal({ ...own, metricType: "L2" });
            expect(declared(own, auto, chosen).index).to.deep.equal({ ...auto, metricType: "L2" });
        });

        it("has the metric that the program changes", () => {
            const ip = { ...auto, metricType: "IP" as const };
            expect(declared(auto, ip, chosen)).to.deep.equal({
                index: { ...ip, indexType: "HNSW", params: { M: 18 } },
                kept: [],
            });
            expect(declared(ip, auto, chosen).index).to.not.have.property("metricType");
            expect(declared(ip, auto, chosen, false).index).to.not.have.property("metricType");
        });

        it("has the metric of the program where the server names none", () => {
            const ip = { ...auto, metricType: "IP" as const };
            expect(declared(ip, ip, { ...chosen, metricType: undefined }).index.metricType).to.equal("IP");
        });

        it("is the program's where that named a type before, or names one now", () => {
            expect(
                declared(hnsw, { ...auto, metricType: "COSINE" }, { params: { M: "16" } }).index,
            ).to.deep.equal({
                ...auto,
                metricType: "COSINE",
            });
            expect(declared(auto, hnsw, chosen).index).to.deep.equal(hnsw);
            const [typed, open] = [
                { ...hnsw, params: {} },
                { ...auto, metricType: "COSINE" as const },
            ];
            expect(declared(typed, open, {}).index).to.deep.equal(open);
            expect(declared(open, typed, { indexType: "IVF_FLAT" }).index).to.deep.equal(typed);
        });
    });
});

describe("an index of a new collection that the program never mentioned", () => {
    it("is kept, also after a rename of its field", () => {
        const index = { field: "text", name: "by_text", indexType: "INVERTED", params: { x: 1 } };
        const seen = [there({ params: { M: "16" } }), onText({ params: { x: "1" } })];
        expect(carried({}, {}, seen)).to.deep.equal({
            indexes: [hnsw, index],
            kept: ["index by_text on text"],
            left: [],
        });
        expect(carried({}, renamed, seen).indexes).to.deep.equal([hnsw, { ...index, field: "body" }]);
        const after = carried({}, renamed, [onText({ name: "text" })]);
        expect(after.indexes[1]).to.deep.include({ field: "body", name: "body" });
    });

    it("has its metric, and AUTOINDEX where the server names no type", () => {
        const { indexes } = carried({ indexes: [] }, { indexes: [] }, [there({ indexType: "" })]);
        expect(indexes).to.deep.equal([{ ...auto, metricType: "COSINE" }]);
    });

    it("is not kept for a field that is dropped or has another type", () => {
        expect(carried({}, { fields: [id, vector, data] }, [onText()])).to.deep.equal({
            indexes: [hnsw],
            kept: [],
            left: [],
        });
        const retyped = { fields: [id, vector, { ...text, dataType: "Int64" as const }, data] };
        expect(carried({}, retyped, [onText()])).to.deep.equal({
            indexes: [hnsw],
            kept: [],
            left: ["index by_text on text (its type changes)"],
        });
    });

    it("is not the temporary index of a copy, nor one that the program omits now", () => {
        expect(carried({}, {}, [onText({ name: TEMPORARY_INDEX })]).indexes).to.deep.equal([hnsw]);
        const index = { ...hnsw, field: "text", name: "text", indexType: "INVERTED", params: {} };
        const omitted = carried({ indexes: [hnsw, index] }, {}, [onText()]);
        expect(omitted).to.deep.equal({ indexes: [hnsw], kept: [], left: [] });
    });

    it("is the default index that a load had brought, where the program releases the collection", () => {
        const released = { load: undefined, indexes: [] };
        const seen = [there({ indexType: "AUTOINDEX" })];
        expect(carried({ indexes: [auto] }, released, seen).indexes).to.have.length(1);
        expect(carried({ indexes: [auto] }, { indexes: [] }, seen).indexes).to.deep.equal([]);
        expect(carried({ indexes: [hnsw] }, released, [there({})]).indexes).to.deep.equal([]);
    });

    it("has a JSON path as a program writes it", () => {
        const path = (given: string, after: Given = {}) =>
            carried({}, after, [onData(given)]).indexes.find(({ name }) => name === "by_path")?.params;
        expect(path("/author/name")).to.deep.equal({ json_path: 'data["author"]["name"]' });
        expect(path('data["author"]')).to.deep.equal({ json_path: 'data["author"]' });
        const moved = { fields: [id, vector, text, { ...data, name: "meta", previousName: "data" }] };
        expect(path("/author", moved)).to.deep.equal({ json_path: 'meta["author"]' });
    });

    describe("on a key of the dynamic field", () => {
        const dynamic = { enableDynamicField: true };
        const onKey = (json_path: string | undefined) =>
            there({
                field: "$meta",
                name: "by_key",
                indexType: "INVERTED",
                metricType: undefined,
                params: { json_cast_type: "VARCHAR", ...(json_path !== undefined && { json_path }) },
            });
        const placed = (json_path: string | undefined, after: Given = dynamic) =>
            carried(dynamic, after, [onKey(json_path)]);

        it("is on the key", () => {
            expect(placed("/lang")).to.deep.equal({
                indexes: [
                    hnsw,
                    {
                        field: "lang",
                        name: "by_key",
                        indexType: "INVERTED",
                        params: { json_cast_type: "VARCHAR", json_path: "lang" },
                    },
                ],
                kept: ["index by_key on lang"],
                left: [],
            });
            const at = (json_path: string) => {
                const { field: on, params } = placed(json_path).indexes[1]!;
                return [on, params.json_path];
            };
            expect(at("/lang/code")).to.deep.equal(["lang", 'lang["code"]']);
            expect(at("lang")).to.deep.equal(["lang", "lang"]);
        });

        it("is not kept without the dynamic field, or without a path", () => {
            expect(placed("/lang", {}).indexes).to.deep.equal([hnsw]);
            expect(placed(undefined).indexes).to.deep.equal([hnsw]);
        });

        it("is the declared one of its name", () => {
            const index = {
                field: "lang",
                name: "by_key",
                indexType: "INVERTED",
                params: { json_cast_type: "VARCHAR", json_path: "lang" },
            };
            const both = { ...dynamic, indexes: [index] };
            expect(carried(both, both, [onKey("/lang")])).to.deep.equal({
                indexes: [index],
                kept: [],
                left: [],
            });
        });
    });

    it("stays on its field of a Struct after a rename", () => {
        const chunks = field({
            name: "chunks",
            dataType: "Array",
            elementType: "Struct",
            fields: [{ name: "v", dataType: "FloatVector", dim: 4, description: "" }],
        });
        const before = { fields: [...fields, chunks], indexes: [] };
        const after = {
            fields: [...fields, { ...chunks, name: "parts", previousName: "chunks" }],
            indexes: [],
        };
        const index = there({ field: "chunks[v]", name: "by_chunk" });
        expect(carried(before, after, [index]).indexes).to.deep.equal([
            { field: "parts[v]", name: "by_chunk", indexType: "HNSW", metricType: "COSINE", params: {} },
        ]);
        const declaredOn = (on: string) => ({ ...hnsw, field: on, name: "by_chunk", params: {} });
        const both = carried(
            { ...before, indexes: [declaredOn("chunks[v]")] },
            { ...after, indexes: [declaredOn("parts[v]")] },
            [{ ...index, params: { M: "8" } }],
        );
        expect(both.indexes).to.deep.equal([{ ...declaredOn("parts[v]"), params: { M: 8 } }]);
    });
});
