import { setTimeout } from "node:timers/promises";

import { expect } from "chai";

import { expectCarried } from "../support/data/carried";
import { after, before, columnsOf } from "../support/data/exampleCollection";
import { onStacks, type Where } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectFailure, expectOk, type Site } from "../support/data/site";
import { runCommand } from "../support/cli/testIo";

/** Five seconds' rows, in small batches: time enough to pause the copy at its first checkpoint, after three. */
const migration = { maxRowsPerSecond: 900, batchBytes: 16_384 };
const count = 4_500;

const where: Where = { servers: ["milvus-lite-3.2.2", "milvus-2.3.5"], fastTests: 1 };

interface Seen {
    migrations: Record<string, unknown>[];
    retained: unknown[];
    orphans: unknown[];
    owners: { owner: string; collections: string[] }[];
}

onStacks("the operator's commands beside `pulumi up`", where, (open) => {
    const command = (site: Site, ...argv: string[]) =>
        runCommand(argv, { environment: { MILVUS_ADDRESS: site.server.address } });

    async function status(site: Site): Promise<Seen> {
        const { json, err } = await command(site, "status", "--json");
        const last = json().at(-1)!;
        expect(last, err).to.include({ type: "result", command: "status" });
        return last.result as Seen;
    }

    /** The migration of this test, once it is paused and has copied rows. */
    async function pausedMigration(site: Site): Promise<Record<string, unknown>> {
        for (;;) {
            const { migrations } = await status(site);
            const found = migrations.find(({ from }) => String(from).startsWith(site.prefix));
            if (found?.isPaused === true && Number(found.rows) > 0) return found;
            await setTimeout(200);
        }
    }

    /** A run that copies, paused by its name as soon as there is a copy. */
    async function pausedIn(site: Site) {
        const name = `${site.prefix}docs`;
        await site.deploy({ collections: { [name]: before } });
        const [old] = await site.collections();
        const rows = { ...site, collection: old!, fields: columnsOf(before) };
        await insertRows({ ...rows, keys: int64Keys(count) });
        const stored = await readRows(rows);
        await site.declare({ collections: { [name]: { ...after, migration } } });
        const run = site.stack.up();
        while ((await site.collections()).length === 1) await setTimeout(50);
        const { code, err } = await command(site, "pause", name);
        expect(code, err).to.equal(0);
        return { name, old: old!, rows, stored, run };
    }

    it("shows its migration, pauses and resumes it", async () => {
        const site = await open();
        const { old, rows, stored, run } = await pausedIn(site);
        const seen = await pausedMigration(site);
        expect(seen).to.include({ from: old, phase: "copying", isRunning: true, total: count });
        expect(seen.rows).to.be.lessThan(count);
        expect((seen.lease as { process: number }).process).to.be.greaterThan(1);
        const text = (await command(site, "status")).out;
        expect(text)
            .to.match(/paused: \d+ %, [\d,]+ of 4,500 rows\n/)
            .and.include("is at work");

        expect((await command(site, "resume", old)).code).to.equal(0);
        expect(expectOk(await run).output).to.include("paused by its property pulumi.pause");
        const [now] = await site.collections();
        expectCarried(stored, await readRows({ ...rows, collection: now!, fields: columnsOf(after) }));
        const done = await status(site);
        expect(done.migrations.filter(({ to }) => to === now)).to.deep.equal([]);
        expect(done.owners.flatMap(({ collections }) => collections)).to.include(now);
    });

    it("ends its migration when forced to, and the old collection serves with nothing else", async () => {
        const site = await open();
        const { name, old, rows, stored, run } = await pausedIn(site);
        const { to } = await pausedMigration(site);
        const refused = await command(site, "abort", name, "--yes");
        expect(refused.err).to.match(/a run works on it \(process \d+ on .*\[MV507\]\n  see: .+#mv507\n$/);
        const unasked = await command(site, "abort", name, "--force");
        expect(unasked.err).to.match(/\[MV501\]\n  see: .+#mv501\n$/);
        expect(await site.collections()).to.have.members([old, to]);

        const ended = await command(site, "abort", name, "--force", "--yes");
        expect(ended.out, ended.err).to.equal(`${old}: keeps serving; its copy ${to as string} is dropped\n`);
        expectFailure(await run, /pulumi-milvus abort.*\[MV332\]/);
        expect(await site.collections()).to.deep.equal([old]);
        expect(await readRows(rows)).to.deep.equal(stored);
        const { migrations, orphans } = await status(site);
        expect(
            [...migrations, ...orphans].filter((one) => JSON.stringify(one).includes(site.prefix)),
        ).to.deep.equal([]);
        // The program as it was changes nothing, and the changed one migrates from the beginning.
        await site.declare({ collections: { [name]: before } });
        expect(expectOk(await site.stack.up()).ops).to.include({ update: 0, replace: 0, create: 0 });
        await site.deploy({ collections: { [name]: after } });
        expect(await site.collections()).to.have.length(1);
    });
});
