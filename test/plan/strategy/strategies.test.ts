import { expect } from "chai";

import type { Index } from "../../../provider/inputs/schema/collection";
import type { Change } from "../../../provider/plan/diff/change";
import { restoreLimits } from "../../../provider/plan/strategy/restoreLimits";
import { strategyOf, type Strategy } from "../../../provider/plan/strategy/strategies";
import { changesRows, type Update } from "../../../provider/plan/strategy/update";
import { updatesOf } from "../../../provider/plan/strategy/updates";
import { collection, hnsw } from "../arbitrary";
import { contextOf } from "./contextOf";

type Given = Parameters<typeof contextOf>[0];
const of = (change: Change, given: Given = {}) => strategyOf(change, contextOf(given));
const argument = (strategy: Strategy) => (strategy.via === "migrate" ? strategy.argument : strategy.via);
const codes = (strategy: Strategy) =>
    "findings" in strategy ? (strategy.findings ?? []).map(({ code }) => code) : [];
const isReleased = (strategy: Strategy) => strategy.via === "update" && strategy.released === true;

describe("the argument that a migration names", () => {
    it("is the one that the server cannot change", () => {
        const server = {
            enableDynamicField: false,
            alterConsistency: false,
            alterDescription: false,
            deleteProperties: false,
        };
        const named = (change: Change) => argument(of(change, { server }));
        expect(named({ kind: "alter-dynamic-field", to: true })).to.equal("enableDynamicField");
        expect(named({ kind: "alter-consistency", from: "Bounded", to: "Strong" })).to.equal(
            "consistencyLevel",
        );
        expect(named({ kind: "alter-description", from: "", to: "Documents" })).to.equal("description");
        expect(named({ kind: "delete-property", key: "x", from: "1" })).to.equal("properties");
        expect(named({ kind: "set-property", key: "query_mode", from: undefined, to: "a" })).to.equal(
            "properties",
        );
    });
});

describe("a property", () => {
    const set = (key: string, from: string | undefined, to: string) =>
        of({ kind: "set-property", key, from, to });

    it("that Milvus reads at the load needs a release", () => {
        for (const key of ["mmap.enabled", "lazyload.enabled", "warmup.vectorField"]) {
            expect(isReleased(set(key, undefined, "true")), key).to.equal(true);
            expect(isReleased(of({ kind: "delete-property", key, from: "true" })), key).to.equal(true);
        }
        for (const key of ["x.mmap.enabled", "collection.ttl.seconds", "mmap_enabled"])
            expect(isReleased(set(key, undefined, "true")), key).to.equal(false);
    });

    it("has a warning only if rows expire that did not before", () => {
        const ttl = (from: string | undefined, to: string) => codes(set("collection.ttl.seconds", from, to));
        expect(ttl(undefined, "60")).to.deep.equal(["MV140"]);
        expect(ttl("0", "60")).to.deep.equal(["MV140"]);
        expect(ttl("-1", "60")).to.deep.equal(["MV140"]);
        expect(ttl("120", "60")).to.deep.equal(["MV140"]);
        expect(ttl("60", "60.0")).to.deep.equal([]);
        expect(ttl("60", "120")).to.deep.equal([]);
        expect(ttl("60", "0")).to.deep.equal([]);
        expect(ttl("60", "-1")).to.deep.equal([]);
        expect(codes(set("x.ttl", undefined, "60"))).to.deep.equal([]);
        expect(
            codes(of({ kind: "delete-property", key: "collection.ttl.seconds", from: "60" })),
        ).to.deep.equal([]);
    });
});

describe("an index", () => {
    const other: Index = { ...hnsw, params: { M: 32 } };
    const there = { before: { indexes: [hnsw] } };
    const none = { observed: { indexes: [] } };
    const released = { observed: { loadState: "not-loaded" as const, indexes: [] } };
    const kinds = (strategy: Strategy) =>
        strategy.via === "update" ? strategy.updates.map(({ kind }) => kind) : strategy.via;

    it("that is there as declared is loaded again after an interrupted run, and else left alone", () => {
        const add: Change = { kind: "add-index", index: hnsw };
        const isLoaded = (loadState: "loaded" | "not-loaded", load = collection().load) => {
            const strategy = of(add, { after: { load }, observed: { loadState } });
            expect(kinds(strategy)).to.deep.equal([]);
            return !isReleased(strategy);
        };
        expect(isLoaded("loaded")).to.equal(true);
        expect(isLoaded("not-loaded")).to.equal(false);
        const unloaded = of(add, { after: { load: undefined }, observed: { loadState: "not-loaded" } });
        expect(isReleased(unloaded)).to.equal(false);
    });

    it("that is new is built while the collection serves, and in the place of another after a release", () => {
        const add: Change = { kind: "add-index", index: other };
        expect(kinds(of(add, none))).to.deep.equal(["create-index"]);
        expect(isReleased(of(add, none))).to.equal(false);
        expect(kinds(of(add, there))).to.deep.equal(["drop-index", "create-index"]);
        expect(isReleased(of(add, there))).to.equal(true);
    });

    it("that goes has nothing to do where it is gone, but for the load", () => {
        const drop: Change = { kind: "drop-index", index: hnsw };
        expect(kinds(of(drop, there))).to.deep.equal(["drop-index"]);
        expect(isReleased(of(drop, there))).to.equal(true);
        expect(of(drop, none)).to.deep.equal({ via: "update", updates: [] });
        expect(of(drop, released)).to.deep.equal({ via: "update", updates: [], released: true });
    });

    it("that changes has nothing to do where it is there, but for the load", () => {
        const alter: Change = { kind: "alter-index", from: hnsw, to: other };
        expect(kinds(of(alter, { before: { indexes: [other] } }))).to.deep.equal([]);
        expect(kinds(of(alter, there))).to.deep.equal(["drop-index", "create-index"]);
        expect(kinds(of(alter, none))).to.deep.equal(["create-index"]);
    });

    it("is changed on a copy only of a collection that is loaded and stays so", () => {
        const { migration } = collection();
        const shadow = { ...migration, indexes: "shadow" as const };
        const alter: Change = { kind: "alter-index", from: hnsw, to: other };
        const on = (given: Given) => argument(of(alter, { ...there, ...given }));
        expect(on({ after: { migration: shadow } })).to.equal("indexes");
        expect(on({ after: { migration: shadow, load: undefined } })).to.equal("update");
        expect(on({ after: { migration: shadow }, observed: { loadState: "not-loaded" } })).to.equal(
            "update",
        );
        expect(on({ after: { migration: shadow }, observed: { loadState: "partly-loaded" } })).to.equal(
            "indexes",
        );
        expect(on({})).to.equal("update");
    });
});

describe("more replicas", () => {
    const [one, two] = [1, 2].map((replicas) => ({ replicas, resourceGroups: [] }));
    const more: Change = { kind: "alter-load", from: one, to: two };

    it("are loaded while the collection serves only if it is loaded as a whole", () => {
        const on = (loadState: "loaded" | "partly-loaded", able = true) =>
            of(more, { observed: { loadState }, server: { changesReplicasLoaded: able } });
        expect(on("loaded")).to.deep.equal({ via: "update", updates: [{ kind: "load", load: two }] });
        expect(isReleased(on("partly-loaded"))).to.equal(true);
        expect(isReleased(on("loaded", false))).to.equal(true);
        const elsewhere = of({ kind: "alter-load", from: one, to: { ...two!, resourceGroups: ["rg"] } });
        expect(isReleased(elsewhere)).to.equal(true);
    });
});

describe("the steps in place", () => {
    it("have no finding of a change that is migrated", () => {
        const migrated = { via: "migrate", argument: "fields", reason: "" } as const;
        const noted = of({ kind: "describe-part", part: "field", name: "gone" });
        const { source, target } = contextOf();
        expect(updatesOf([migrated, noted], source, target).findings.map(({ code }) => code)).to.deep.equal([
            "MV126",
        ]);
    });

    it("warn of an index that is built, and of a shadow only where one is dropped, whatever else needs the release", () => {
        const warned = (...strategies: Strategy[]) => {
            const { source, target } = contextOf();
            const [found] = updatesOf(strategies, source, target).findings;
            return {
                isBuilt: found?.message.includes("the index is built"),
                hasFix: found?.fix !== undefined,
            };
        };
        const set = of({ kind: "set-property", key: "mmap.enabled", from: undefined, to: "true" });
        const build = of({ kind: "alter-index", from: hnsw, to: { ...hnsw, params: { M: 32 } } });
        const drop = of({ kind: "drop-index", index: hnsw });
        expect(warned(set)).to.deep.equal({ isBuilt: false, hasFix: false });
        expect(warned(set, build)).to.deep.equal({ isBuilt: true, hasFix: true });
        expect(warned(set, drop)).to.deep.equal({ isBuilt: false, hasFix: true });
    });

    it("change rows if they add or drop fields, or rows themselves", () => {
        const changing = [
            "add-field",
            "add-function",
            "enable-dynamic-field",
            "drop-partition",
            "drop-function",
            "drop-field",
            "rename",
        ];
        const others = [
            "alter-field",
            "set-properties",
            "create-partition",
            "release",
            "load",
            "create-index",
        ];
        for (const kind of changing) expect(changesRows({ kind } as Update), kind).to.equal(true);
        for (const kind of others) expect(changesRows({ kind } as Update), kind).to.equal(false);
    });
});

describe("a release that no later run could find", () => {
    const release: Update = { kind: "release" };
    const found = (updates: Update[], loadState: "loaded" | "not-loaded", alterProperties = false) => {
        const { source, server } = contextOf({ observed: { loadState }, server: { alterProperties } });
        return restoreLimits(updates, source, server).map(({ code, path, fix }) => [
            code,
            path,
            fix !== undefined,
        ]);
    };

    it("is reported where the server keeps no record of it", () => {
        const reindex: Update[] = [release, { kind: "drop-index", field: "vector", index: "vector" }];
        expect(found([release], "loaded")).to.deep.equal([["MV195", "load", false]]);
        expect(found(reindex, "loaded")).to.deep.equal([["MV195", "indexes", true]]);
        expect(found([release], "loaded", true)).to.deep.equal([]);
        expect(found([release], "not-loaded")).to.deep.equal([]);
        expect(found([{ kind: "load", load: { replicas: 1, resourceGroups: [] } }], "loaded")).to.deep.equal(
            [],
        );
    });
});
