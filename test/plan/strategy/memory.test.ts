import { expect } from "chai";

import type { Index } from "../../../provider/inputs/schema/collection";
import { recorded } from "../../../provider/plan/offline";
import type { Change } from "../../../provider/plan/diff/change";
import { ignoredMemory } from "../../../provider/plan/mapping/memorySettings";
import { planCollection } from "../../../provider/plan/plan";
import { strategyOf } from "../../../provider/plan/strategy/strategies";
import { updateText } from "../../../provider/plan/render/updateText";
import { collection, hnsw, id, text, vector } from "../arbitrary";
import { servers } from "../servers";
import type { Given } from "../edits";
import { contextOf } from "./contextOf";

const newest = servers["milvus-2.6.18"]!;
const auto: Index = { ...hnsw, indexType: "AUTOINDEX", params: {} };
const withParams = (index: Index, params: Index["params"]): Given => ({
    indexes: [{ ...index, params: { ...index.params, ...params } }],
});

/** The steps of a plan, as a preview names them, or what it does instead. */
function steps(before: Given, after: Given, server = newest, seen: Given = before): string {
    const [deployed, target] = [collection(before), collection(after)];
    const source = recorded(collection(seen));
    const { verdict, updates, reasons, findings } = planCollection({
        ...{ deployed, target, source, capabilities: server },
        ...{ rows: 7, unknowns: false },
    });
    const told = findings.map(({ code }) => code).filter((code) => code !== "MV182");
    const what = verdict === "update" ? updates.map(updateText).join(", ") : [verdict, ...reasons].join(": ");
    return `${what} [${told.join(" ")}]`;
}

describe("a parameter of an index that concerns memory alone", () => {
    it("is altered between release and load, without a build", () => {
        expect(steps({}, withParams(hnsw, { "mmap.enabled": true }))).to.equal(
            "release, set mmap.enabled of index vector, load [MV124]",
        );
        expect(
            steps(
                withParams(hnsw, { "mmap.enabled": true, warmup: "sync" }),
                withParams(hnsw, { "mmap.enabled": false }),
            ),
        ).to.equal("release, set mmap.enabled and delete warmup of index vector, load [MV124]");
        expect(steps({}, withParams(hnsw, { "indexoffsetcache.enabled": true }))).to.equal(
            "release, set indexoffsetcache.enabled of index vector, load [MV124]",
        );
    });

    it("is altered on an index of the server's choice, whatever type it has there", () => {
        const chosen = { indexes: [hnsw] };
        const wanted = withParams(auto, { "mmap.enabled": true });
        expect(steps({ indexes: [auto] }, wanted, newest, chosen)).to.equal(
            "release, set mmap.enabled of index vector, load [MV124]",
        );
    });

    it("is set with the index where that is built again", () => {
        expect(steps({}, withParams(hnsw, { M: 32, "mmap.enabled": true }))).to.equal(
            "release, drop index vector, build index vector, load [MV124]",
        );
    });

    it("has nothing to do where the server has it, as pymilvus writes it", () => {
        const wanted = withParams(hnsw, { "mmap.enabled": true });
        const seen = withParams(hnsw, { "mmap.enabled": "True" });
        expect(steps({}, wanted, newest, seen)).to.equal(" []");
    });

    it("is on a copy where the program wants its indexes there", () => {
        const migration = { ...collection().migration, indexes: "shadow" as const };
        const wanted = { ...withParams(hnsw, { "mmap.enabled": true }), migration };
        expect(steps({ migration }, wanted)).to.match(/^migrate: migration.indexes is "shadow"/);
    });

    it("is kept in the state alone where the server does not know it", () => {
        const wanted = withParams(hnsw, { "mmap.enabled": true });
        expect(steps({}, wanted, servers["milvus-2.3.5"])).to.equal("state-only [MV470]");
        expect(steps({}, wanted, servers["milvus-lite-3.2.2"])).to.equal("state-only []");
        const warm = withParams(hnsw, { warmup: "sync" });
        expect(steps({}, warm, servers["milvus-2.5.16"])).to.equal("state-only [MV470]");
        // The same index is built with what the server knows of it.
        expect(steps({ indexes: [] }, wanted, servers["milvus-2.3.5"])).to.equal(
            "build index vector [MV470]",
        );
    });

    it("is taken away by a build where the server deletes none", () => {
        const before = withParams(hnsw, { "mmap.enabled": true });
        expect(steps(before, {}, servers["milvus-2.4.15"])).to.equal(
            "release, drop index vector, build index vector, load [MV124]",
        );
    });

    it("needs a released collection for a new index of the server's choice", () => {
        expect(steps({ indexes: [] }, withParams(auto, { "mmap.enabled": true }))).to.equal(
            "release, build index vector, load [MV124]",
        );
        expect(steps({ indexes: [] }, withParams(hnsw, { "mmap.enabled": true }))).to.equal(
            "build index vector []",
        );
    });

    it("of a new vector needs a release for an index of the server's choice, and the load loads it", () => {
        const image = { ...vector, name: "image", nullable: true };
        const onImage = { ...auto, field: "image", name: "image" };
        const after = (index: Index): Given => ({
            fields: [id, vector, text, image],
            indexes: [hnsw, index],
        });
        expect(steps({}, after({ ...onImage, params: { "mmap.enabled": true } }))).to.equal(
            "release, add field image, build index image, load [MV124]",
        );
        expect(steps({}, after(onImage))).to.equal("add field image, build index image, load what is new []");
    });
});

describe("how a field is kept in memory", () => {
    const withText = (given: Partial<typeof text>): Given => ({
        fields: [id, vector, { ...text, ...given }],
    });

    it("is altered between release and load", () => {
        expect(steps({}, withText({ mmap: true, warmup: "sync" }))).to.equal(
            "release, set mmap.enabled of text, set warmup of text, load [MV124]",
        );
        expect(steps(withText({ mmap: true }), {})).to.equal(
            "release, delete mmap.enabled of text, load [MV124]",
        );
    });

    it("needs no load where the program loads nothing", () => {
        expect(steps({ load: undefined }, { ...withText({ mmap: true }), load: undefined })).to.equal(
            "set mmap.enabled of text []",
        );
    });

    it("migrates, warns or is only recorded, as the server is able to", () => {
        const wanted = withText({ mmap: true });
        expect(steps({}, wanted, servers["milvus-2.4.15"])).to.match(/^migrate: .* cannot change mmap of a/);
        expect(steps({}, wanted, servers["milvus-2.3.5"])).to.equal("state-only [MV470]");
        expect(steps({}, wanted, servers["milvus-lite-2.5.1"])).to.equal("state-only []");
        expect(steps({}, withText({ warmup: "sync" }), servers["milvus-2.6.0"])).to.equal(
            "state-only [MV470]",
        );
    });

    it("loads what an interrupted run has released", () => {
        const change: Change = {
            ...{ kind: "alter-memory", field: "text", setting: "mmap" },
            ...{ from: undefined, to: true },
        };
        const context = contextOf({ server: newest });
        context.source.fields = context.source.fields.map((one) =>
            one.name === "text" ? { ...one, mmap: true } : one,
        );
        expect(strategyOf(change, context)).to.deep.equal({ via: "update", updates: [] });
        context.source.loadState = "not-loaded";
        expect(strategyOf(change, context)).to.deep.equal({ via: "update", updates: [], released: true });
    });

    it("is named with its path where it is ignored", () => {
        const target = collection({ ...withText({ mmap: true, warmup: "sync" }) });
        const told = ignoredMemory(target, servers["milvus-2.5.16"]!);
        expect(told.map(({ path, message }) => `${path}: ${message}`)).to.deep.equal([
            "fields[2].warmup: milvus 2.5.16 has no warmup of a field, and keeps text as it is configured.",
        ]);
    });
});

describe("analyzers by language", () => {
    const multi = { analyzers: { default: { type: "standard" } }, by_field: "lang" };
    const lang = { ...text, name: "lang", maxLength: 8, nullable: true };
    const of = (params: object | undefined): Given => ({
        fields: [
            id,
            vector,
            { ...text, enableAnalyzer: true, ...(params && { multiAnalyzerParams: params as never }) },
            lang,
        ],
    });

    it("migrate, because Milvus changes them in place nowhere", () => {
        const other = { ...multi, alias: { en: "default" } };
        for (const [before, after] of [
            [of(undefined), of(multi)],
            [of(multi), of(other)],
            [of(multi), of(undefined)],
        ] as const)
            expect(steps(before, after, servers["milvus-3.0.0"])).to.match(
                /^migrate: Milvus cannot change the analyzers by language of text in place/,
            );
    });

    it("keep the field of the language from being dropped in place", () => {
        const after: Given = { fields: [id, vector, { ...text, enableAnalyzer: true }] };
        const before: Given = { fields: [...after.fields!, lang] };
        expect(steps(before, after, servers["milvus-3.0.0"], of(multi))).to.match(
            /lang chooses the analyzer of text/,
        );
    });

    it("are an error before 2.5.11, but on milvus-lite, which keeps no analyzer", () => {
        const at = (server: string) => steps(of(undefined), of(multi), servers[server]);
        expect(at("milvus-2.5.4")).to.match(/MV471/);
        expect(at("milvus-2.5.16")).to.not.match(/MV471/);
        expect(at("milvus-lite-3.2.2")).to.not.match(/MV471/);
    });
});
