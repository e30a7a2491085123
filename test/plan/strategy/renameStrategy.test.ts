import { expect } from "chai";

import type { Capabilities } from "../../../provider/observe/state";
import { rename, renamesWithMigration } from "../../../provider/plan/strategy/renameStrategy";
import { collection } from "../arbitrary";
import { contextOf } from "./contextOf";

const load = { replicas: 2, resourceGroups: [] };
const on = (version: [number, number, number] | undefined, lite = false): Partial<Capabilities> => ({
    server: `${lite ? "milvus-lite" : "milvus"} ${version?.join(".") ?? ""}`.trim(),
    version,
    lite,
});

describe("another name", () => {
    const renamed = (server: Partial<Capabilities>, aliases: string[] = [], name = "docs", after = {}) =>
        rename(
            { kind: "alter-name", from: "docs", to: "pages" },
            contextOf({ after: { name: "pages", load, ...after }, observed: { name, aliases }, server }),
        );
    const migrated = (reason: string) => ({ via: "migrate", argument: "name", reason });
    const message = (strategy: ReturnType<typeof renamed>) =>
        "findings" in strategy ? strategy.findings?.map(({ code, message }) => `${code} ${message}`) : [];

    it("is given by RenameCollection, with what clients of the old name see", () => {
        const strategy = renamed(on([2, 6, 18]));
        expect(strategy).to.deep.include({
            via: "update",
            updates: [{ kind: "rename", to: "pages", load }],
        });
        expect(message(strategy)).to.deep.equal([
            "MV198 Clients that use docs fail from the rename on, unless this run creates an Alias of that name: then they fail until it is created.",
        ]);
    });

    it("is the name of an alias, which the collection takes over", () => {
        const text = (gap: string) => [
            `MV198 The alias pages becomes the collection's own name. Clients that use it fail ${gap}.`,
        ];
        expect(message(renamed(on([2, 6, 18]), ["pages"]))).to.deep.equal(text("for a moment"));
        expect(message(renamed(on([3, 2, 2], true), ["live", "pages"]))?.slice(0, 1)).to.deep.equal(
            text("until it is renamed and loaded again"),
        );
        expect(message(renamed(on([3, 2, 2], true), ["live"]))?.[0]).to.match(/^MV198 Clients that use docs/);
    });

    it("loses rows of clients that write meanwhile on milvus-lite alone, which the program can rule out", () => {
        const codes = (strategy: ReturnType<typeof renamed>) =>
            "findings" in strategy ? strategy.findings?.map(({ code }) => code) : [];
        const paused = { migration: { writes: "paused" } };
        expect(codes(renamed(on([3, 2, 2], true)))).to.deep.equal(["MV198", "MV187"]);
        expect(codes(renamed(on([3, 2, 2], true), [], "docs", paused))).to.deep.equal(["MV198"]);
        expect(codes(renamed(on([2, 3, 5])))).to.deep.equal(["MV198"]);
    });

    it("has nothing to do where an interrupted run has given it", () => {
        expect(renamed(on([2, 6, 18]), ["live"], "pages")).to.deep.equal({ via: "update", updates: [] });
    });

    it("needs a migration where the server cannot rename", () => {
        expect(renamed({ ...on([2, 6, 18]), rename: false })).to.deep.equal(
            migrated("milvus 2.6.18 cannot rename a collection"),
        );
    });

    it("needs a migration on Milvus 2.5.14, which can lose the collection, and only there", () => {
        expect(renamed(on([2, 5, 14]))).to.deep.equal(
            migrated("milvus 2.5.14 can lose a collection that it renames"),
        );
        expect(renamed(on([2, 5, 14], true)).via).to.equal("update");
        expect(renamed(on([2, 51, 4])).via).to.equal("update");
        expect(renamed(on([2, 5, 13])).via).to.equal("update");
        expect(renamed(on(undefined)).via).to.equal("update");
    });

    it("needs a migration from Milvus 2.4 on if other aliases point at the collection", () => {
        const refused = (server: Partial<Capabilities>, aliases = ["live", "beta"]) => {
            const strategy = renamed(server, aliases);
            if (strategy.via === "migrate") expect(strategy.argument).to.equal("name");
            return strategy.via === "migrate" ? strategy.reason : strategy.via;
        };
        const reason = (version: string, names = "live, beta") =>
            `milvus ${version} cannot rename a collection that has aliases (${names})`;
        expect(refused(on([2, 4, 0]))).to.equal(reason("2.4.0"));
        expect(refused(on([2, 6, 18]))).to.equal(reason("2.6.18"));
        expect(refused(on([3, 0, 0]))).to.equal(reason("3.0.0"));
        expect(refused(on([3, 0, 0]), ["pages", "live"])).to.equal(reason("3.0.0", "live"));
        expect(refused(on([3, 0, 0]), ["pages"])).to.equal("update");
        expect(refused(on([2, 3, 5]))).to.equal("update");
        expect(refused(on([1, 9, 0]))).to.equal("update");
        expect(refused(on([3, 2, 2], true))).to.equal("update");
        expect(refused(on(undefined, true))).to.equal("update");
    });
});

describe("another name with a migration", () => {
    const codes = (target: string | undefined, deployed: string | undefined, aliases: string[] = []) =>
        renamesWithMigration(collection(target === undefined ? {} : { name: target }), deployed, {
            ...contextOf().source,
            name: "docs",
            aliases,
        }).map(({ code, path, message }) => `${code} ${path}: ${message}`);

    it("cannot be the name of an alias, which serves meanwhile", () => {
        const found = ["MV199 name: pages is an alias of docs, which serves during the migration."];
        expect(codes("pages", "docs", ["pages"])).to.deep.equal(found);
        expect(codes("pages", undefined, ["live", "pages"])).to.deep.equal(found);
        expect(codes("docs", "docs", ["pages"])).to.deep.equal([]);
    });

    it("leaves the old name taken until the end of the run", () => {
        const found = [
            "MV197 name: The old collection has the name docs until the end of the run, so that an Alias of that name cannot be created in it.",
        ];
        expect(codes("pages", "docs")).to.deep.equal(found);
        expect(codes(undefined, "docs")).to.deep.equal(found);
        expect(codes("docs", "docs")).to.deep.equal([]);
        expect(codes("pages", undefined)).to.deep.equal([]);
        expect(codes(undefined, undefined)).to.deep.equal([]);
    });
});
