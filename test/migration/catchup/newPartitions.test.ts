import { expect } from "chai";

import { loadPartitions, loadState, releaseCollection } from "../../../provider/milvus/collection/loading";
import { createPartition, listPartitions } from "../../../provider/milvus/collection/partitions";
import { BaselineFolder } from "../../../provider/migration/catchup/baselineFolder";
import { carryOverPartitions, newPartitions } from "../../../provider/migration/catchup/newPartitions";
import type { Passes } from "../../../provider/migration/catchup/passContext";
import { fullRanges } from "../../../provider/migration/read/endpoint";
import { useTemporaryFolder } from "../../support/temporaryFolder";
import { openFixture, Pair } from "./pair";

const byName = (carried: string[], dropped: string[] = []) =>
    ({ kind: "by-name", carried, dropped }) as const;

describe("partitions that clients create in the old collection during a migration", () => {
    useTemporaryFolder();
    let pair: Pair;
    let said: string[];
    beforeEach(async () => {
        pair = await Pair.open(await openFixture(), "Int64");
        said = [];
        for (const name of ["a", "b", "c"])
            await createPartition(pair.client, pair.endpoint("source").ref, name);
    });

    const fresh = (partitions: Passes["partitions"]) =>
        newPartitions({ source: pair.endpoint("source"), partitions });

    it("are those that the plan neither carries nor drops", async () => {
        expect(await fresh(byName(["_default", "a"], ["b"]))).to.deep.equal({
            fresh: ["c"],
            partitions: byName(["_default", "a", "c"], ["b"]),
        });
        expect(await fresh(byName(["a"], ["b"])), "the default one is never new").to.deep.include({
            fresh: ["c"],
        });
    });

    it("are none where the plan knows all, or rows are read without partitions", async () => {
        expect(await fresh(byName(["_default", "a", "b", "c"]))).to.equal(undefined);
        expect(await fresh({ kind: "together" })).to.equal(undefined);
    });

    async function passes(carried: string[]): Promise<Passes> {
        const { mapping } = pair;
        const partitions = byName(carried);
        const folder = await BaselineFolder.create({ owner: "shop/prod/docs", from: "1111111", mapping });
        const ranges = fullRanges(partitions, 5);
        for (const at of ranges.keys()) await folder.writeEmpty(at);
        await folder.complete({
            owner: "shop/prod/docs",
            from: "1111111",
            to: "2222222",
            baselineId: undefined,
            mapping,
            partitions,
            ranges,
        });
        return {
            source: pair.endpoint("source"),
            target: pair.endpoint("target"),
            mapping,
            partitions,
            ranges,
            batchBytes: 1 << 20,
            folder,
            report: { say: (line) => void said.push(line), progress: () => undefined },
        };
    }

    it("become ranges with an empty baseline, on both sides and in the manifest", async () => {
        const whole = await passes(["_default", "a"]);
        expect(await carryOverPartitions(whole)).to.equal(true);
        expect(whole.partitions).to.deep.equal(byName(["_default", "a", "b", "c"]));
        expect(whole.ranges.map(({ partition }) => partition)).to.deep.equal(["_default", "a", "b", "c"]);
        expect(whole.ranges.slice(2).map(({ left, done }) => [left, done])).to.deep.equal([
            [0, true],
            [0, true],
        ]);
        const target = await listPartitions(pair.client, pair.endpoint("target").ref);
        expect(target).to.include.members(["b", "c"]);
        const manifest = (await whole.folder.written())!;
        expect(manifest.partitions).to.deep.equal(whole.partitions);
        expect(manifest.ranges).to.have.length(4);
        expect(said.map((line) => /new partition (\w)/.exec(line)?.[1])).to.deep.equal(["b", "c"]);
        expect(await carryOverPartitions(whole), "a second time").to.equal(false);
        expect(whole.ranges).to.have.length(4);
    });

    it("are loaded where only some partitions of the collection are", async () => {
        const { client } = pair;
        const { ref } = pair.endpoint("source");
        await releaseCollection(client, ref);
        await loadPartitions(client, ref, ["a"]);
        expect(await loadState(client, ref, ["b"])).to.not.equal("loaded");
        await carryOverPartitions(await passes(["_default", "a", "c"]));
        expect(await loadState(client, ref, ["b"])).to.equal("loaded");
        expect(await loadState(client, ref, ["c"]), "one that the plan knows").to.not.equal("loaded");
    });
});
