import { expect } from "chai";

import { dropCollection } from "../../../provider/milvus/collection/collections";
import { createPartition, listPartitions } from "../../../provider/milvus/collection/partitions";
import { checkpointProperty, firstCheckpoint } from "../../../provider/migration/properties/checkpoint";
import { copyShard } from "../../../provider/migration/shards/copyShard";
import { failure } from "../../fake/failure";
import { endedHolder, rowsOf, Stage } from "./stage";

const numbers = (rows: number) => Array.from({ length: rows }, (_, at) => BigInt(at * 7));
const all = (count: number) => Array.from({ length: count }, (_, shard) => shard);

describe("workers on the shards of a copy", () => {
    it("copy each row once, however they begin", async () => {
        const rows = rowsOf(numbers(200));
        const stage = await Stage.open(rows);
        stage.fixture.cut([9]);
        // All cut at once, and one of them wins.
        const outcomes = await Promise.all(all(4).map((shard) => copyShard(stage.worker(shard, 4))));
        expect(outcomes.map(({ kind }) => kind)).to.deep.equal(["copied", "copied", "copied", "copied"]);
        expect(stage.lines.filter((line) => line.includes("cut into"))).to.have.length(1);
        expect(stage.pair.count("target")).to.equal(200);
        expect(stage.pair.rows("target")).to.deep.equal(rows);
        const { ranges, rows: copied } = await stage.combine();
        expect(copied).to.equal(200);
        expect(ranges.every(({ done }) => done)).to.equal(true);
    });

    it("end at once where their shard is copied", async () => {
        const stage = await Stage.open(rowsOf(numbers(40)));
        expect(await copyShard(stage.worker(1, 2))).to.have.property("kind", "copied");
        const inserts = stage.fixture.fake.calls.filter((call) => call === "Insert").length;
        const again = await copyShard(stage.worker(1, 2));
        expect(again.kind).to.equal("done");
        expect(stage.fixture.fake.calls.filter((call) => call === "Insert")).to.have.length(inserts);
    });

    it("wait for another one on the same shard, and copy it once", async () => {
        const rows = rowsOf(numbers(120));
        const stage = await Stage.open(rows);
        stage.fixture.cut([5]);
        const outcomes = await Promise.all([0, 0, 0].map((shard) => copyShard(stage.worker(shard, 1))));
        expect(outcomes.map(({ kind }) => kind).sort()).to.deep.equal(["copied", "done", "done"]);
        expect(stage.pair.count("target")).to.equal(120);
    });

    it("resume the shard of one that was killed, and send no row twice", async () => {
        const rows = rowsOf(numbers(150));
        const stage = await Stage.open(rows);
        stage.fixture.cut([10]);
        // Its lease stays, as after a kill: the process of the lease has ended.
        let pages = 0;
        const killed = copyShard(
            stage.worker(0, 2, {
                holder: endedHolder(),
                report: {
                    say: () => undefined,
                    progress: () => {
                        if (++pages === 3) {
                            stage.fixture.fake.failNext("AlterCollection", { code: 1100, reason: "killed" });
                            throw new Error("killed");
                        }
                    },
                },
            }),
        );
        expect((await failure(killed)).message).to.equal("killed");
        expect(stage.pair.count("target")).to.be.greaterThan(0);
        await Promise.all([0, 1].map((shard) => copyShard(stage.worker(shard, 2))));
        expect(stage.pair.count("target")).to.equal(150);
        expect(stage.pair.rows("target")).to.deep.equal(rows);
    });

    it("leave what is not copied to the process that combines the shards", async () => {
        const rows = rowsOf(numbers(60));
        const stage = await Stage.open(rows);
        await copyShard(stage.worker(2, 3));
        const { ranges, rows: copied } = await stage.combine();
        expect(copied).to.equal(stage.pair.count("target"));
        expect(ranges.filter(({ done }) => done)).to.have.length(1);
        // From then on there are no shards: a worker that comes late waits for the process that copies the rest, or cuts again.
        expect(stage.properties().get("pulumi.shards")).to.equal("");
    });

    it("are not combined while one is at work (MV380)", async () => {
        const stage = await Stage.open(rowsOf(numbers(10)));
        await copyShard(stage.worker(0, 2));
        const lease = { id: "other", run: "work", machine: "node-7", pid: 4711, until: Date.now() + 60_000 };
        await stage.set({ "pulumi.lease.1": JSON.stringify(lease) });
        const error = await failure(stage.combine());
        expect(error).to.have.property("code", "MV380");
        expect(error.message).to.include("a worker copies shard 1; 1 of 2 shards are copied");
    });

    it("create the partitions that an interrupted run has not created", async () => {
        const stage = await Stage.open(rowsOf([]));
        const { client } = stage.fixture;
        const carried = ["_default", "north", "south"];
        const source = stage.pair.endpoint("source").ref;
        for (const partition of carried.slice(1)) await createPartition(client, source, partition);
        await stage.pair.insert("source", rowsOf(numbers(20)), "north");
        await stage.pair.insert("source", rowsOf([1_001n, 1_002n]), "south");
        await stage.set(checkpointProperty(firstCheckpoint("plan", carried)));
        // It was interrupted after the first of them.
        await createPartition(client, stage.ref, "north");
        const partitions = { kind: "by-name" as const, carried, dropped: [] };
        await Promise.all(all(2).map((shard) => copyShard(stage.worker(shard, 2, { partitions }))));
        expect(stage.pair.rows("target")).to.deep.equal(stage.pair.rows("source"));
        expect(await listPartitions(client, stage.ref)).to.have.members(carried);
    });

    it("end where an operator drops the copy under them", async () => {
        const stage = await Stage.open(rowsOf(numbers(100)));
        stage.fixture.cut([5]);
        let dropped: Promise<void> | undefined;
        const progress = () => void (dropped ??= dropCollection(stage.fixture.client, stage.ref));
        const error = await failure(
            copyShard(stage.worker(0, 1, { report: { say: () => undefined, progress } })),
        );
        await dropped;
        expect(error).to.have.property("code", "MV332");
        expect(error.message).to.include("an operator has dropped the copy");
    });

    it("end where they count another number of shards (MV381)", async () => {
        const stage = await Stage.open(rowsOf(numbers(10)));
        await copyShard(stage.worker(0, 2));
        const error = await failure(copyShard(stage.worker(3, 4)));
        expect(error).to.have.property("code", "MV381");
        expect(error.message).to.include("is cut into 2 shards, not 4");
    });

    it("end where keys are generated again (MV382)", async () => {
        const stage = await Stage.open(rowsOf(numbers(1)));
        const { mapping } = stage.pair;
        const work = stage.worker(0, 2, {
            mapping: { ...mapping, key: { ...mapping.key, regenerate: true } },
        });
        expect(await failure(copyShard(work))).to.have.property("code", "MV382");
    });

    it("are not combined with the progress of another cut (MV383)", async () => {
        const stage = await Stage.open(rowsOf(numbers(10)));
        await copyShard(stage.worker(0, 2));
        const foreign = await Stage.open(rowsOf(numbers(30)), "Int64", stage.fixture);
        await copyShard(foreign.worker(1, 2));
        await stage.set({ "pulumi.checkpoint.1": foreign.properties().get("pulumi.checkpoint.1")! });
        expect(await failure(stage.combine())).to.have.property("code", "MV383");
    });
});
