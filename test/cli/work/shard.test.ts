import { expect } from "chai";

import { leaseProperty } from "../../../provider/migration/properties/lease";
import { setProperties } from "../../../provider/milvus/collection/collections";
import { newLeaseHolder } from "../../../provider/observe/lease";
import { shardCheckpoint } from "../../../provider/observe/shards";
import { checkpointProperty, firstCheckpoint } from "../../../provider/migration/properties/checkpoint";
import { mappingProperty, readMapping } from "../../../provider/migration/properties/rowMapping";
import { shardsProperty } from "../../../provider/migration/shards/shardPlan";
import { exitCodes } from "../../../cli/io";
import { parseCollection } from "../../../provider/inputs/parse";
import { ref, smallest } from "../../fake/open";
import { markedSite } from "../../support/cli/marked";

const [old, copy] = ["docs_1111111", "docs_2222222"];
const key = { from: "id", to: "id", dataType: "Int64", regenerate: false } as const;
const mapping = { columns: [], dropped: [], dynamic: "none" as const, key };
const positions = (done: boolean) =>
    [
        { begin: undefined, upTo: 10n },
        { begin: 10n, upTo: undefined },
    ].map((range) => ({ ...range, partition: undefined, copied: range.begin, done }));

/** A migration whose copy is cut into two shards; the first one is copied, and a worker of another machine has the second. */
async function cut() {
    const site = await markedSite();
    const [first, second] = positions(false);
    await site.make(old, { marker: {}, aliases: ["live"] });
    await site.make(copy, {
        marker: { from: "1111111", state: "building" },
        properties: {
            ...checkpointProperty(firstCheckpoint("plan", [undefined])),
            ...mappingProperty({ mapping, partitions: { kind: "together" } }, undefined),
            ...shardsProperty({ plan: "plan", isFresh: true, shards: [[first!], [second!]] }),
            ...checkpointProperty(
                { plan: "cut", rows: 7, ranges: [positions(true)[0]!] },
                5,
                shardCheckpoint(0),
            ),
            ...checkpointProperty({ plan: "cut", rows: 4, ranges: [second!] }, 3, shardCheckpoint(1)),
        },
    });
    const holder = { ...newLeaseHolder("work"), machine: "node-7 pid:[1]", pid: 4711 };
    await setProperties(
        site.client,
        ref(copy),
        await leaseProperty(site.client, holder, false, "pulumi.lease.1"),
    );
    return site;
}

describe("the worker of a shard", () => {
    it("ends at once where its shard is copied", async () => {
        const { command } = await cut();
        const { code, out } = await command("work", "--collection", "docs", "--shard", "0", "--of", "2");
        expect(code).to.equal(0);
        expect(out).to.include(`${copy}: shard 0 of 2 is copied, 7 rows, by another worker`);
        const { json } = await command("work", "-c", copy, "--shard", "0", "--of", "2", "--json");
        const place = { database: "default", from: old, to: copy };
        expect(json().at(-1)!.result).to.deep.equal({ ...place, shard: 0, of: 2, ended: "done", rows: 7 });
    });

    it("tells the scheduler by its exit code whether to run it again", async () => {
        const { command } = await cut();
        const other = await command("work", "--collection", "docs", "--shard", "0", "--of", "3");
        expect(other.err).to.include("[MV381]");
        expect(other.code).to.equal(exitCodes.error);
        const nowhere = await command(
            "work",
            "--collection",
            "docs",
            "--of",
            "2",
            "--shard",
            "0",
            "--address",
            "127.0.0.1:1",
        );
        expect(nowhere.code).to.equal(exitCodes.again);
    });

    it("refuses a shard that does not exist (MV590)", async () => {
        const { command } = await markedSite();
        for (const [args, message] of [
            [["--of", "8", "--shard", "8"], "--shard: 8 is no shard of 8: they are numbered from 0 to 7"],
            [["--of", "8"], "--shard: which shard this worker copies is missing"],
            [["--of", "0", "--shard", "0"], "--of: 0 is no number of shards"],
            [["--of", "many", "--shard", "0"], "--of: many is no number of shards"],
        ] as const) {
            const { code, err } = await command("work", ...args);
            expect(code).to.equal(exitCodes.error);
            expect(err).to.include(message).and.include("MV590");
        }
    });
});

describe("the settings of a worker", () => {
    it("are those of the program, without the program", async () => {
        const { client, make } = await markedSite();
        await make(copy);
        const { spec } = parseCollection({
            fields: smallest,
            migration: { batchBytes: 4096, maxRowsPerSecond: 500 },
        });
        await setProperties(
            client,
            ref(copy),
            mappingProperty({ mapping, partitions: { kind: "together" } }, spec),
        );
        const { settings } = (await readMapping(client, ref(copy)))!;
        expect(settings).to.deep.equal({ batchBytes: 4096, maxRowsPerSecond: 500, followed: true });
    });
});

describe("status of a copy that many workers make", () => {
    it("shows the rows and the rate of all shards, and a worker", async () => {
        const { command } = await cut();
        const { json } = await command("status", "--json");
        const { migrations } = json()[0]!.result as { migrations: Record<string, unknown>[] };
        expect(migrations[0]).to.deep.include({ isRunning: true, rows: 11, rowsPerSecond: 3 });
        expect(migrations[0]!.lease).to.include({ process: 4711, machine: "node-7" });
    });
});
