import { expect } from "chai";

import { renameCollection } from "../../provider/milvus/collection/collections";
import { observeGeneration } from "../../provider/observe/generations";
import { newLeaseHolder } from "../../provider/observe/lease";
import { alterLine, type ArticleSite, changed, openArticleSite } from "../support/cli/articleSite";
import { type ChildCommand, startCommand, until } from "../support/cli/childCommand";
import { expectSameColumn, expectSameKeys, type Table } from "../support/data/table";
import { onServers } from "../support/servers/onServers";
import type { ServerName } from "../support/servers";

const servers: ServerName[] = ["milvus-lite-3.2.2", "milvus-2.3.5"];
const count = 9_000;
/** In small batches, and slowly enough for a checkpoint, which is saved every three seconds. */
const atRate = (rows: number) => ["--batch-size", "300", "--max-rows-per-second", String(rows)];

onServers("an `alter` that is interrupted", { servers, fastTests: 1 }, (server, serverName) => {
    let site: ArticleSite;
    let before: Table;
    let running: ChildCommand[];
    beforeEach(async function () {
        this.timeout(5 * 60_000);
        running = [];
        site = await openArticleSite(server(), count, serverName === "milvus-2.3.5" ? ["explicit"] : []);
        await site.writeSchema(changed);
        before = await site.rows();
    });
    afterEach(async () => {
        for (const { child, ended } of running) {
            child.kill("SIGKILL");
            await ended;
        }
        await site.close();
    });

    const start = (...more: string[]) => {
        const command = startCommand(
            alterLine(site.name, "--yes", ...more),
            site.folder,
            site.server.address,
        );
        running.push(command);
        return command;
    };

    const generation = (name: string) =>
        observeGeneration(site.client, { database: undefined, name }, newLeaseHolder("test"));

    /** Waits until the copy can be resumed. */
    const copied = (command: ChildCommand) =>
        until(command, async () => {
            for (const name of await site.collections()) {
                const rows = (await generation(name))?.checkpoint?.rows ?? 0;
                if (name !== site.name && rows > 0 && rows < count) return rows;
            }
            return undefined;
        });

    async function expectDone(): Promise<void> {
        expect(await site.collections()).to.deep.equal([site.name]);
        expect(await site.fields())
            .to.include("rating")
            .and.not.include("name");
        const after = await site.rows();
        expectSameKeys(before, after);
        for (const column of before.columns.keys()) expectSameColumn(before, column, after);
        const owned = Object.entries(await site.properties()).filter(
            ([key, value]) => key.startsWith("pulumi.") && value !== "",
        );
        expect(owned).to.deep.equal([]);
    }

    it("by kill -9 is resumed by the same command", async function () {
        this.timeout(8 * 60_000);
        const first = start(...atRate(1_000));
        await copied(first);
        first.child.kill("SIGKILL");
        await first.ended;
        expect(await site.collections()).to.have.length(2);
        const second = start();
        expect(await second.ended, second.output()).to.deep.equal({ code: 0, signal: null });
        expect(second.output()).to.match(
            /resuming the copy .*: an interrupted run has copied [1-9][\d,]* rows/,
        );
        await expectDone();
    });

    it("by Ctrl-C stops where the same command resumes it, and says so", async function () {
        this.timeout(8 * 60_000);
        const first = start(...atRate(1_000));
        await copied(first);
        first.child.kill("SIGINT");
        expect(await first.ended, first.output()).to.deep.equal({ code: 1, signal: null });
        expect(first.output())
            .to.include("the same command, run again, resumes")
            .and.include("[MV355]")
            .and.not.include("`pulumi up`");
        const second = start();
        expect(await second.ended, second.output()).to.deep.equal({ code: 0, signal: null });
        expect(second.output()).to.match(/an interrupted run has copied [1-9][\d,]* rows/);
        await expectDone();
    });

    it("by nothing refuses a second run at the same time", async function () {
        this.timeout(8 * 60_000);
        const first = start(...atRate(100));
        await copied(first);
        const second = start();
        expect((await second.ended).code, second.output()).to.equal(1);
        expect(second.output()).to.include("locked by another run").and.include("[MV322]");
        expect(second.output()).to.not.include("`pulumi up`");
        // The first one has not noticed.
        expect(first.child.exitCode).to.equal(null);
        first.child.kill("SIGINT");
        expect((await first.ended).code).to.equal(1);
        const third = start();
        expect(await third.ended, third.output()).to.deep.equal({ code: 0, signal: null });
        await expectDone();
    });

    it("by kill -9 after the swap of names is finished by the same command", async function () {
        this.timeout(8 * 60_000);
        await killedAfterSwap();
        const plan = await site.run(["plan", "-c", site.name, "-s", "schema.json", "--detailed-exitcode"]);
        expect(plan.code, plan.out + plan.err).to.equal(2);
        expect(plan.out).to.include("finish the interrupted run");
        const second = start();
        expect(await second.ended, second.output()).to.deep.equal({ code: 0, signal: null });
        expect(second.output()).to.include("already swapped").and.include("no changes detected");
        await expectDone();
    });

    it("by kill -9 between its two renames is resumed by the same command", async function () {
        this.timeout(8 * 60_000);
        await killedAfterSwap();
        const serving = await generation(site.name);
        const database = undefined;
        await renameCollection(
            site.client,
            { database, name: site.name },
            `${site.name}_${serving!.marker!.generation}`,
        );
        expect(await site.collections()).to.not.include(site.name);
        const second = start();
        expect(await second.ended, second.output()).to.deep.equal({ code: 0, signal: null });
        expect(second.output()).to.include("gets its name");
        await expectDone();
    });

    /** The old collection waits for its grace then. */
    async function killedAfterSwap(): Promise<void> {
        // On Milvus the old collection is loaded once more, while its grace goes on.
        const first = start("--grace", "60");
        await until(first, () =>
            Promise.resolve(first.output().includes("until it is dropped") ? true : undefined),
        );
        await until(first, () => Promise.resolve(first.output().includes("waiting") ? true : undefined));
        first.child.kill("SIGKILL");
        await first.ended;
        expect(await site.collections()).to.have.length(2);
    }
});
