import { expect } from "chai";

import type { MigrationArgs } from "../../sdk/args";
import { type ChildCommand, startCommand, until } from "../support/cli/childCommand";
import { runCommand } from "../support/cli/testIo";
import { expectCarried } from "../support/data/carried";
import { after, before, columnsOf } from "../support/data/exampleCollection";
import { onFaultyStacks, type Where } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectOk } from "../support/data/site";
import type { Declared } from "../support/data/source";
import { readMetrics, statesOf, valueOf } from "../support/telemetry/readMetrics";

const count = 3_000;
const where: Where = {
    servers: ["milvus-lite-3.2.2", "milvus-2.3.5"],
    cli: ["milvus-lite-3.2.2"],
    fast: [],
};

onFaultyStacks("a detached migration, from run to run", where, (open) => {
    /** A collection with rows behind an alias, and the declared change of it, whose copy is left to a worker. */
    async function changed(migration: MigrationArgs = {}) {
        const site = await open();
        const name = `${site.prefix}docs`;
        const aliases: Declared["aliases"] = { live: { name: `${site.prefix}live`, of: name } };
        await site.deploy({ collections: { [name]: before }, aliases });
        const [old] = await site.collections();
        const rows = { ...site, collection: old!, fields: columnsOf(before) };
        await insertRows({ ...rows, keys: int64Keys(count) });
        const stored = await readRows(rows);
        const detached = { ...after, migration: { detach: true, grace: 0, ...migration } };
        await site.declare({ collections: { [name]: detached }, aliases });
        const expectSwitched = async () => {
            const [now, ...others] = await site.collections();
            expect(others).to.deep.equal([]);
            expect(await site.aliasTarget(`${site.prefix}live`)).to.equal(now);
            expect(now).to.not.equal(old);
            expectCarried(stored, await readRows({ ...rows, collection: now!, fields: columnsOf(after) }));
            expect(expectOk(await site.stack.up()).ops).to.include({ update: 0, replace: 0 });
        };
        /** The command on the server, which no fault reaches. */
        const { address } = site.server;
        const work = (...more: string[]) =>
            startCommand(["work", "--collection", name, ...more], site.dir, address);
        return { site, name, old: old!, address, work, expectSwitched };
    }

    const said = (worker: ChildCommand, sign: RegExp) =>
        until(worker, () => Promise.resolve(sign.exec(worker.output()) ?? undefined));

    it("is begun by the next `up` where the first one is cancelled, and its copy is the same", async function () {
        this.timeout(8 * 60_000);
        const { site, name, old, address, expectSwitched } = await changed();
        const created = { method: "CreateCollection", when: "after" } as const;
        const order = site.order(created, { kind: "cancel" });
        const up = await site.stack.up();
        await order.done;
        await site.mend();
        expect(up.ok, up.output).to.equal(false);
        const both = await site.collections();
        expect(both).to.have.length(2).and.include(old);

        expect(expectOk(await site.stack.up()).output).to.include("waits for a worker");
        expect(await site.collections(), "the same copy").to.have.members(both);
        const worked = await runCommand(["work", "--collection", name], {
            environment: { MILVUS_ADDRESS: address },
        });
        expect(worked.code, worked.err).to.equal(0);
        expectOk(await site.stack.up());
        await expectSwitched();
    });

    it("is switched by an `up` while a worker stays, which ends then", async function () {
        this.timeout(8 * 60_000);
        const { site, work, expectSwitched } = await changed();
        expectOk(await site.stack.up());
        const worker = work("--until-switched");
        try {
            await said(worker, /ready; the next `pulumi up` switches/);
            const up = expectOk(await site.stack.up());
            expect(up.ops.replace).to.equal(1);
            expect((await worker.ended).code, worker.output()).to.equal(0);
        } finally {
            worker.child.kill("SIGKILL");
        }
        await expectSwitched();
    });

    it("is left to a worker that is at work, and told of by its metrics meanwhile", async function () {
        this.timeout(8 * 60_000);
        const { site, work, expectSwitched } = await changed({ maxRowsPerSecond: 150, batchBytes: 16_384 });
        expectOk(await site.stack.up());
        const worker = work("--metrics-port", "0");
        try {
            const [, url] = await said(worker, /metrics: (http:\S+\/metrics)/);
            const samples = await until(worker, async () => {
                const page = readMetrics(await (await fetch(url!)).text());
                return (valueOf(page, "copied_rows_total") ?? 0) > 0 ? page : undefined;
            });
            expect(statesOf(samples)).to.deep.equal(["copying"]);
            expect(valueOf(samples, "copied_rows_total")).to.be.within(1, count - 1);
            expect(valueOf(samples, "progress_expected_rows", { step: "copy" })).to.equal(count);
            expect(valueOf(samples, "lease_held")).to.equal(1);
            expect(samples.map(({ labels }) => labels["stack"])).to.not.include("");
            // An `up` meanwhile leaves the copy to its worker.
            const up = expectOk(await site.stack.up());
            expect(up.ops.replace ?? 0).to.equal(0);
            expect(up.output).to.match(/is at work/);
            expect((await worker.ended).code, worker.output()).to.equal(0);
        } finally {
            worker.child.kill("SIGKILL");
        }
        expectOk(await site.stack.up());
        await expectSwitched();
    });
});
