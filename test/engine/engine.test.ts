import { rm } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";

import { onEngines } from "../support/engine/onEngines";
import { Things } from "./thing";

const none = { create: 0, update: 0, replace: 0, delete: 0, same: 0 };

// The same stories on the real engine and on ours: that is what makes ours worth trusting.
onEngines("an engine", (engine) => {
    let things: Things | undefined;
    const start = async (body: string) => (things = await Things.start(engine(), body));
    afterEach(async () => {
        await things?.end();
        things = undefined;
    });

    it("creates in dependency order, and deletes in reverse", async () => {
        const { stack } = await start(`const a = new Thing("a", { n: 1 }); new Thing("b", { n: a.made });`);
        const up = await stack.up();
        expect(up.ops).to.deep.equal({ ...none, create: 2 });
        expect(up.messages).to.include.members(["info: made a1", "info: made b1"]);
        expect(await things!.calls()).to.deep.equal([
            "check a undefined->1",
            "create a1",
            "check b undefined->a1!",
            "create b1",
        ]);
        const destroy = await stack.destroy();
        expect(destroy.ops).to.deep.equal({ ...none, delete: 2 });
        expect(await things!.calls()).to.deep.equal(["delete b1", "delete a1"]);
        expect(await things!.ids()).to.deep.equal([]);
    });

    it("previews without making changes, with unknown outputs", async () => {
        const { stack } = await start(`const a = new Thing("a", { n: 1 }); new Thing("b", { n: a.made });`);
        const preview = await stack.preview();
        expect(preview.ok).to.equal(true);
        expect(preview.ops).to.deep.equal({ ...none, create: 2 });
        expect(await things!.calls()).to.deep.equal([
            "check a undefined->1",
            "check b undefined->04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        ]);
        expect(await things!.ids()).to.deep.equal([]);
    });

    it("treats the outputs of an update as unknown in a preview", async () => {
        const body = (n: number) => `const a = new Thing("a", { n: ${n} }); new Thing("b", { n: a.made });`;
        const { stack } = await start(body(1));
        await stack.up();
        await things!.calls();
        await things!.next(body(2));
        const preview = await stack.preview();
        expect(preview.ops).to.deep.equal({ ...none, update: 2 });
        expect(await things!.calls()).to.deep.equal([
            "check a 1->2",
            "diff a1 1->2",
            "check b a1!->04da6b54-80e4-46f7-96ec-b56ff0331ba9",
            "diff b1 a1!->04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        ]);
        const up = await stack.up();
        expect(up.ops).to.deep.equal({ ...none, update: 1, same: 1 });
        expect(await things!.calls()).to.deep.equal([
            "check a 1->2",
            "diff a1 1->2",
            "update a1 1->2",
            "check b a1!->a1!",
            "diff b1 a1!->a1!",
        ]);
    });

    it("replaces: creates, updates the dependents, and deletes the old resource last", async () => {
        const body = (r: number) =>
            `const a = new Thing("a", { n: 1, r: ${r} }); new Thing("b", { n: a.made });`;
        const { stack } = await start(body(1));
        await stack.up();
        await things!.calls();
        await things!.next(body(2));
        const up = await stack.up();
        expect(up.ops).to.deep.equal({ ...none, replace: 1, update: 1 });
        expect(await things!.calls()).to.deep.equal([
            "check a 1->1",
            "diff a1 1->1",
            "check a undefined->1",
            "create a2",
            "check b a1!->a2!",
            "diff b1 a1!->a2!",
            "update b1 a1!->a2!",
            "delete a1",
        ]);
        expect(await things!.ids()).to.deep.equal(["a2", "b1"]);
    });

    it("keeps the old resource if the creation of its replacement fails, and retries", async () => {
        const { stack } = await start(`new Thing("a");`);
        await stack.up();
        await things!.next(`new Thing("a", { r: 2, fails: "create" });`);
        const failed = await stack.up();
        expect(failed.ok).to.equal(false);
        expect(failed.failure).to.include("cannot create");
        expect(await things!.ids()).to.deep.equal(["a1"]);
        await things!.next(`new Thing("a", { r: 2 });`);
        await things!.calls();
        expect((await stack.up()).ops).to.deep.equal({ ...none, replace: 1 });
        expect(await things!.calls()).to.deep.equal([
            "check a 0->0",
            "diff a1 0->0",
            "check a undefined->0",
            "create a2",
            "delete a1",
        ]);
    });

    it("deletes first if the option or the provider requests it", async () => {
        const { stack } = await start(`new Thing("a"); new Thing("b");`);
        await stack.up();
        await things!.next(
            `const a = new Thing("a", { r: 2 }, { deleteBeforeReplace: true });
             new Thing("b", { r: 2, dbr: true }, { dependsOn: a });`,
        );
        await things!.calls();
        expect((await stack.up()).ops).to.deep.equal({ ...none, replace: 2 });
        const calls = (await things!.calls()).filter((call) => /create|delete/.test(call));
        expect(calls).to.deep.equal(["delete a1", "create a2", "delete b1", "create b2"]);
    });

    it("deletes resources that the program no longer declares", async () => {
        const { stack } = await start(`const a = new Thing("a"); new Thing("b", {}, { dependsOn: a });`);
        await stack.up();
        await things!.next("");
        await things!.calls();
        expect((await stack.preview()).ops).to.deep.equal({ ...none, delete: 2 });
        expect(await things!.calls()).to.deep.equal([]);
        expect((await stack.up()).ops).to.deep.equal({ ...none, delete: 2 });
        expect(await things!.calls()).to.deep.equal(["delete b1", "delete a1"]);
    });

    it("reports the resource and property that is wrong, and creates nothing", async () => {
        const { stack } = await start(`new Thing("a", { bad: 7 });`);
        for (const result of [await stack.preview(), await stack.up()]) {
            expect(result.ok).to.equal(false);
            expect(result.failure).to.match(
                /^error: a: .*'a': property bad value \{?7\}? has a problem: is not good$/m,
            );
        }
        expect(await things!.ids()).to.deep.equal([]);
    });

    it("fails if the program fails, and then deletes nothing", async () => {
        const { stack } = await start(`new Thing("a");`);
        await stack.up();
        await things!.next("process.exitCode = 3;");
        const result = await stack.up();
        expect(result.ok).to.equal(false);
        expect(result.failure).to.match(/\b3\b/);
        expect(await things!.ids()).to.deep.equal(["a1"]);
    });

    it("refuses to replace or delete a protected resource", async () => {
        const { stack } = await start(`new Thing("a", {}, { protect: true });`);
        await stack.up();
        await things!.calls();
        await things!.next(`new Thing("a", { r: 2 }, { protect: true });`);
        for (const result of [await stack.preview(), await stack.up()]) {
            expect(result.ok).to.equal(false);
            expect(result.failure).to.match(/a: unable to replace .*protect/s);
        }
        await things!.next("");
        const removed = await stack.up();
        expect(removed.failure).to.match(/cannot be deleted\s+because it is protected/);
        expect((await stack.destroy()).ok).to.equal(false);
        expect(await things!.ids()).to.deep.equal(["a1"]);
        expect((await things!.calls()).filter((call) => /create|delete/.test(call))).to.deep.equal([]);
    });

    it("retains a resource with retainOnDelete, and removes it from the state", async () => {
        const { stack } = await start(`new Thing("a", {}, { retainOnDelete: true });`);
        await stack.up();
        await things!.next(`new Thing("a", { r: 2 }, { retainOnDelete: true });`);
        expect((await stack.up()).ops).to.deep.equal({ ...none, replace: 1 });
        expect(await things!.ids()).to.deep.equal(["a2"]);
        await stack.destroy();
        expect(await things!.ids()).to.deep.equal([]);
        expect((await things!.calls()).filter((call) => call.startsWith("delete"))).to.deep.equal([]);
    });

    it("ignores changes of properties in ignoreChanges", async () => {
        const { stack } = await start(`new Thing("a", { n: 1 });`);
        await stack.up();
        await things!.calls();
        await things!.next(`new Thing("a", { n: 2 }, { ignoreChanges: ["n"] });`);
        expect((await stack.up()).ops).to.deep.equal({ ...none, same: 1 });
        expect(await things!.calls()).to.deep.equal(["check a 1->1", "diff a1 1->1"]);
    });

    it("stores a partially created resource, and completes it later", async () => {
        const { stack } = await start(`new Thing("a", { fails: "partial" });`);
        const failed = await stack.up();
        expect(failed.ok).to.equal(false);
        expect(failed.failure).to.include("not ready");
        expect(await things!.ids()).to.deep.equal(["a1"]);
        await things!.next(`new Thing("a");`);
        await things!.calls();
        expect((await stack.up()).ops).to.deep.equal({ ...none, update: 1 });
        expect(await things!.calls()).to.deep.equal(["check a 0->0", "diff a1 0->0", "update a1 0->0"]);
        expect((await stack.up()).ops).to.deep.equal({ ...none, same: 1 });
    });

    it("keeps the state if an update fails", async () => {
        const { stack } = await start(`new Thing("a", { n: 1 });`);
        await stack.up();
        await things!.next(`new Thing("a", { n: 2, fails: "update" });`);
        expect((await stack.up()).failure).to.include("cannot update");
        await things!.next(`new Thing("a", { n: 2 });`);
        await things!.calls();
        await stack.up();
        expect(await things!.calls()).to.deep.equal(["check a 1->2", "diff a1 1->2", "update a1 1->2"]);
    });

    it("survives a crash of the provider", async () => {
        const { stack } = await start(`new Thing("a", { fails: "crash" });`);
        expect((await stack.up()).ok).to.equal(false);
        expect(await things!.ids()).to.deep.equal([]);
        await things!.next(`new Thing("a");`);
        expect((await stack.up()).ops).to.deep.equal({ ...none, create: 1 });
    });

    it("retries a failed deletion", async () => {
        const { stack } = await start(`new Thing("a");`);
        await stack.up();
        await things!.next(`new Thing("a", { r: 2 });`);
        await things!.touch("undeletable");
        expect((await stack.up()).failure).to.include("cannot delete");
        expect(await things!.ids()).to.deep.equal(["-a1", "a2"]);
        await rm(join(things!.program.dir, "undeletable"));
        await things!.calls();
        expect((await stack.up()).ok).to.equal(true);
        expect(await things!.calls()).to.deep.equal(["check a 0->0", "diff a2 0->0", "delete a1"]);
        expect(await things!.ids()).to.deep.equal(["a2"]);
    });

    it("refreshes changed resources, and removes missing ones", async () => {
        const { stack } = await start(`new Thing("a", { n: 1 });`);
        await stack.up();
        await things!.calls();
        expect((await stack.refresh()).ops).to.deep.equal({ ...none, update: 1 });
        expect(await things!.calls()).to.deep.equal(["read a1", "diff a1 99->1"]);
        await things!.touch("gone");
        expect((await stack.refresh()).ops).to.deep.equal({ ...none, delete: 1 });
        expect(await things!.ids()).to.deep.equal([]);
    });

    it("passes configuration to the program and to the provider, and keeps secrets out of the state", async () => {
        const { stack } = await start(
            `const config = new pulumi.Config("milvus");
             const a = new Thing("a", { n: config.require("address"), list: [config.requireSecret("token")] });
             exports.list = a.list; exports.tokenLength = a.tokenLength;`,
        );
        await stack.setConfig("milvus:address", "localhost:19530");
        await stack.setConfig("milvus:token", "root:Milvus", true);
        expect((await stack.up()).failure).to.equal(undefined);
        expect(await things!.calls()).to.deep.equal(["check a undefined->localhost:19530", "create a1"]);
        expect(await stack.outputs()).to.deep.equal({ list: ["root:Milvus"], tokenLength: 11 });
        const state = JSON.stringify(await stack.exportState());
        expect(state)
            .to.include("localhost:19530")
            .and.to.include("ciphertext")
            .and.not.to.include("root:Milvus");
        expect((await stack.up()).ops).to.deep.equal({ ...none, same: 1 });
    });
});
