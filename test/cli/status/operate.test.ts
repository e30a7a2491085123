import { expect } from "chai";

import { describeCollection } from "../../../provider/milvus/collection/collections";
import { newLeaseHolder } from "../../../provider/observe/lease";
import { checkpointProperty, firstCheckpoint } from "../../../provider/migration/properties/checkpoint";
import { leaseProperty } from "../../../provider/migration/properties/lease";
import { listRetained } from "../../../provider/migration/properties/previous";
import { nameSuccessor } from "../../../provider/migration/properties/successor";
import { ref } from "../../fake/open";
import { markedSite, owner } from "../../support/cli/marked";

const [old, copy] = ["docs_1111111", "docs_2222222"];
const copying = checkpointProperty({ ...firstCheckpoint("plan", [undefined]), rows: 7 }, 3);

/** A migration whose run has ended while it copied. */
async function interrupted() {
    const site = await markedSite();
    await site.make(old, { marker: {}, aliases: ["live"] });
    await site.make(copy, { marker: { from: "1111111", state: "building" }, properties: copying });
    const propertyOf = async (name: string, key: string) =>
        (await describeCollection(site.client, ref(name)))?.properties[key];
    return { ...site, propertyOf };
}

/** The same, and the copy is whole. */
async function whole() {
    const site = await markedSite();
    await site.make(old, { marker: {}, aliases: ["live"] });
    await site.make(copy, { marker: { from: "1111111" } });
    await nameSuccessor(site.client, ref(old), { ...ref(copy), retain: undefined });
    return site;
}

describe("status", () => {
    it("shows an interrupted migration, and what else stands there", async () => {
        const { client, make, command } = await interrupted();
        await make("kept_0000000", { marker: { state: "previous", owner: "shop/prod/logs" } });
        await make("logs_3333333", { marker: { owner: "shop/prod/logs" } });
        await listRetained(client, ref("logs_3333333"), [{ ...ref("kept_0000000"), generation: "0000000" }]);
        await make("gone_4444444", { marker: { from: "9999999", state: "building" } });
        await make("new_5555555", { marker: { state: "building" } });
        await make("other");
        const { out, code } = await command("status", "--database", "default");
        expect(code).to.equal(0);
        const lines = out.split("\n").slice(1);
        expect(lines).to.deep.equal([
            "",
            "Migrations",
            `  ${old} → ${copy} (live), of ${owner}`,
            "      copying rows: 100 %, 7 of 7 rows",
            "      no run is at work: the next `pulumi up`, or the same command, resumes it",
            "",
            "Copies left behind",
            `  gone_4444444 of ${owner}, 0 rows; \`pulumi-milvus cleanup\` drops it`,
            "",
            "Creations that are not finished",
            `  new_5555555 of ${owner}, 0 rows`,
            "",
            "Retained",
            "  kept_0000000 of shop/prod/logs, 0 rows, behind logs_3333333",
            "",
            "Owners",
            `  ${owner}: ${old}`,
            "  shop/prod/logs: logs_3333333",
            "",
        ]);
    });

    it("shows who works on a migration, and how fast", async () => {
        const { client, fake, command } = await interrupted();
        const holder = { ...newLeaseHolder("a run"), machine: "build-3 pid:[1]", pid: 4711 };
        const lease = await leaseProperty(client, holder);
        fake.collections()[1]!.properties.set("pulumi.lease", lease["pulumi.lease"]!);
        const { json } = await command("status", "--json");
        const { migrations } = json()[0]!.result as { migrations: Record<string, unknown>[] };
        expect(migrations[0]).to.deep.include({ isRunning: true, rows: 7, rowsPerSecond: 3, secondsLeft: 0 });
        expect(migrations[0]!.lease).to.include({ process: 4711, machine: "build-3" });
        expect((await command("status")).out).to.match(
            /process 4711 on build-3 is at work; its lease holds for \d+ s/,
        );
    });

    it("shows the collections of a stack alone, and those that the server lacks", async () => {
        const { commandWithStack, make } = await interrupted();
        await make("pages_3333333", { marker: { owner: "other/prod/pages" } });
        const { out } = await commandWithStack([old, "lost_9999999"], "status");
        expect(out).to.include("In the stack, and not on the server\n  lost_9999999\n");
        expect(out).to.include(`${old} → ${copy}`).and.not.include("pages");
    });

    it("says that nothing is under way", async () => {
        const { command } = await markedSite();
        expect((await command("status")).out).to.match(/No migration is under way\.\n$/);
        expect((await command("status", "--watch")).code).to.equal(0);
    });
});

describe("pause and resume", () => {
    it("set the property of the copy, whatever the migration is called by", async () => {
        const { command, propertyOf } = await interrupted();
        for (const name of [old, copy, "live", "docs", owner]) {
            expect((await command("pause", name)).code, name).to.equal(0);
            expect(await propertyOf(copy, "pulumi.pause")).to.equal("true");
            expect((await command("resume", name)).out).to.include("goes on with the next run");
            expect(await propertyOf(copy, "pulumi.pause")).to.equal("");
        }
        expect((await command("pause")).out).to.include(`${copy}: paused`);
    });

    it("name the migrations where none, or more than one, is meant", async () => {
        const { command, make } = await interrupted();
        expect((await command("pause", "other")).err).to.match(
            new RegExp(`no migration of other is under way.*There is: ${old} → ${copy} \\[MV505\\]`),
        );
        await make("logs_1111111", { marker: { owner: "shop/prod/logs" } });
        await make("logs_2222222", {
            marker: { owner: "shop/prod/logs", from: "1111111", state: "building" },
        });
        expect((await command("pause")).err).to.match(/2 migrations are under way.*\[MV505\]/);
        const { command: elsewhere } = await markedSite();
        expect((await elsewhere("resume")).err).to.match(/no migration is under way.*status.*\[MV505\]/);
    });

    it("are refused once all rows are copied", async () => {
        const { command } = await whole();
        expect((await command("pause", "docs")).err).to.match(/not paused, all rows are copied.*\[MV506\]/);
    });
});

describe("abort", () => {
    it("drops the copy of an interrupted run, and nothing else", async () => {
        const { command, names } = await interrupted();
        expect((await command("abort", "docs")).err).to.match(/\[MV501\]/);
        expect(names()).to.deep.equal([old, copy]);
        const { out, code } = await command("abort", "docs", "--yes");
        expect({ out, code }).to.deep.equal({
            out: `${old}: keeps serving; its copy ${copy} is dropped\n`,
            code: 0,
        });
        expect(names()).to.deep.equal([old]);
    });

    it("is refused where a state may have the copy", async () => {
        const { command, names } = await whole();
        expect((await command("abort", "docs", "--yes")).err).to.match(/shop\/prod may have it.*\[MV509\]/);
        expect(names()).to.deep.equal([old, copy]);
    });

    it("drops a whole copy that the state of the stack does not have", async () => {
        const { commandWithStack, names } = await whole();
        const known = await commandWithStack([old, copy], "abort", "docs", "--yes");
        expect(known.err).to.match(/\[MV509\]/);
        const unknown = await commandWithStack([old], "abort", "docs", "--yes");
        expect(unknown.out, unknown.err).to.include(`its copy ${copy} is dropped`);
        expect(names()).to.deep.equal([old]);
    });

    it("is refused once clients use the new collection", async () => {
        const { command, make, client, names } = await markedSite();
        await make(old, { marker: {} });
        await make(copy, { marker: { from: "1111111" }, aliases: ["live"] });
        await nameSuccessor(client, ref(old), { ...ref(copy), retain: undefined });
        const { err } = await command("abort", "docs", "--yes", "--force");
        expect(err).to.match(/clients use it already.*rollback.*\[MV508\]/);
        expect(names()).to.deep.equal([old, copy]);
    });

    it("keeps what a rollback has restored", async () => {
        const { command, client, names } = await whole();
        await listRetained(client, ref(old), [{ ...ref(copy), generation: "0000000" }]);
        expect((await command("abort", "docs", "--yes", "--force")).err).to.match(/\[MV512\]/);
        expect(names()).to.deep.equal([old, copy]);
    });
});

describe("cleanup", () => {
    it("lists what is left behind, and drops it after a yes alone", async () => {
        const { command, make, names } = await interrupted();
        await make("gone_4444444", { marker: { from: "9999999", state: "building" } });
        await make("used_5555555", { marker: { from: "9999999", state: "building" }, aliases: ["used"] });
        await make("new_6666666", { marker: { state: "building" } });
        await make("other");
        const kept = [old, "used_5555555", "new_6666666", "other"];
        const listed = await command("cleanup", "--dry-run");
        expect(listed.out.split("\n")).to.deep.equal([
            `${copy}: an unfinished copy of ${old}, which the next run can resume; 0 rows; of ${owner}`,
            `gone_4444444: a copy of a collection that is gone; 0 rows; of ${owner}`,
            "no changes made",
            "",
        ]);
        expect((await command("cleanup")).err).to.match(
            /^error: drop 2 collections: .*\[MV501\]\n  see: .+#mv501\n$/,
        );
        expect(names()).to.have.length(6);
        expect((await command("cleanup", "--yes")).out).to.match(/dropped 2 collections\n$/);
        expect(names()).to.deep.equal(kept);
        expect((await command("cleanup", "--yes", "--creations")).out).to.include("dropped 1 collection");
        expect((await command("cleanup")).out).to.equal("nothing is left behind\n");
    });

    it("leaves a copy that a run works on", async () => {
        const { command, client, fake, names } = await interrupted();
        const elsewhere = { ...newLeaseHolder("a run"), machine: "elsewhere" };
        const lease = await leaseProperty(client, elsewhere);
        fake.collections()[1]!.properties.set("pulumi.lease", lease["pulumi.lease"]!);
        expect((await command("cleanup", "--yes")).out).to.equal("nothing is left behind\n");
        expect(names()).to.deep.equal([old, copy]);
    });
});
