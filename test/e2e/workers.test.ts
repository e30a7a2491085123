import { expect } from "chai";

import { exitCodes } from "../../cli/io";
import { onServers } from "../support/servers/onServers";
import { WorkersSite } from "../support/workers/site";
import { type Shards, untilDone, Worker } from "../support/workers/workers";

/** Enough for a worker to be killed between two pages. */
const rows = { "milvus-2.3.5": 150_000, "milvus-lite-3.2.2": 20_000 } as const;

onServers(
    "workers on the shards of a copy",
    { servers: ["milvus-lite-3.2.2", "milvus-2.3.5"], fast: [] },
    (server, name) => {
        let site: WorkersSite;
        const of = (count: number): Shards => ({
            address: server().address,
            collection: site.name,
            count,
        });
        const whole = () => ({ recorded: site.rows, counted: site.rows, isComplete: true });

        beforeEach(async function () {
            this.timeout(120_000);
            site = await WorkersSite.open(server().address, {
                rows: rows[name as keyof typeof rows],
                dim: 8,
            });
            await site.begin();
        });
        afterEach(() => site.close());

        it("copy each row once, though each is killed while it copies", async function () {
            this.timeout(300_000);
            const shards = of(3);
            const starts = await Promise.all(
                [0, 1, 2].map((shard) => {
                    let times = 0;
                    return untilDone(shards, shard, (worker) => {
                        if (++times === 1) void worker.copies.then(() => worker.kill());
                    });
                }),
            );
            expect(starts).to.deep.equal([2, 2, 2]);
            expect(await site.finish()).to.deep.equal(whole());
        });

        it("leave their shard at once where they are told to end, and the next one resumes", async function () {
            this.timeout(300_000);
            const worker = Worker.start(of(1), 0);
            await worker.copies;
            worker.kill("SIGTERM");
            const { code, out } = await worker.ended;
            // A small copy may be done by then.
            if (code !== exitCodes.done) {
                expect(code).to.equal(exitCodes.stopped);
                expect(out).to.include("MV355");
            }
            expect(await untilDone(of(1), 0)).to.equal(1);
            expect(await site.finish()).to.deep.equal(whole());
        });

        it("end well where two are started for one shard", async function () {
            this.timeout(300_000);
            const ended = await Promise.all([0, 0, 1, 1].map((shard) => Worker.start(of(2), shard).ended));
            expect(ended.map(({ code }) => code)).to.deep.equal([0, 0, 0, 0]);
            const copied = ended.filter(({ out }) => out.includes('"ended":"copied"'));
            expect(copied).to.have.length(2);
            expect(await site.finish()).to.deep.equal(whole());
        });
    },
);
