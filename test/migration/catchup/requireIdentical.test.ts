import { expect } from "chai";

import { releasePartitions } from "../../../provider/milvus/collection/loading";
import { createPartition } from "../../../provider/milvus/collection/partitions";
import { type Comparison, requireIdentical } from "../../../provider/migration/catchup/requireIdentical";
import { failure } from "../../fake/failure";
import { openFixture, Pair } from "./pair";

const report = { say: () => undefined, progress: () => undefined };

describe("an old collection of an interrupted run with regenerated keys", () => {
    let pair: Pair;
    beforeEach(async () => {
        pair = await Pair.open(await openFixture(), "Int64");
        await pair.insert("source", new Map([1, 2, 3].map((version) => [BigInt(version), version])));
        await pair.insert("target", new Map([1, 2, 3, 4].map((version) => [BigInt(100 + version), version])));
    });

    const compared = () => {
        const mapping = { ...pair.mapping, key: { ...pair.mapping.key, regenerate: true } };
        const comparePair = { source: pair.endpoint("source"), target: pair.endpoint("target") };
        return requireIdentical({
            ...comparePair,
            mapping,
            partitions: { kind: "together" },
            batchBytes: 1 << 20,
            report,
        });
    };

    it("may be dropped if the new one has each of its rows, under any key", async () => {
        expect(await compared()).to.equal(undefined);
    });

    it("is kept if the new one misses a row, and the error names the row", async () => {
        await pair.insert("source", new Map([[9n, 9]]));
        const error = await failure(compared());
        expect(error).to.have.property("code", "MV321");
        expect(error.message).to.include("1 missing (9)");
    });
});

describe("an old collection of an interrupted run", () => {
    let pair: Pair;
    let said: string[];
    beforeEach(async () => {
        pair = await Pair.open(await openFixture(), "Int64");
        said = [];
        for (const side of ["source", "target"] as const)
            for (const name of ["a", "b"]) await createPartition(pair.client, pair.endpoint(side).ref, name);
    });

    const compared = (partitions: Comparison["partitions"]) =>
        requireIdentical({
            source: pair.endpoint("source"),
            target: pair.endpoint("target"),
            mapping: pair.mapping,
            partitions,
            batchBytes: 1 << 20,
            report: { say: (line) => void said.push(line), progress: () => undefined },
        });
    const row = (key: bigint, version = 1) => new Map([[key, version]]);
    const carried: Comparison["partitions"] = { kind: "by-name", carried: ["_default", "a"], dropped: ["b"] };

    it("may be dropped where each of its rows is in its partition of the new one", async () => {
        for (const side of ["source", "target"] as const) await pair.insert(side, row(1n), "a");
        await pair.insert("source", row(2n), "b");
        await compared(carried);
        expect(said.filter((line) => line.includes("are only in"))).to.deep.equal([]);
    });

    it("is kept where a row is in another partition", async () => {
        await pair.insert("source", row(1n), "a");
        await pair.insert("target", row(1n), "_default");
        const error = await failure(compared(carried));
        expect(error).to.have.property("code", "MV321");
        expect(error.message).to.include("1 missing (1)").and.not.include("extra");
    });

    it("is kept where a row differs", async () => {
        await pair.insert("source", row(1n, 2));
        await pair.insert("target", row(1n, 1));
        expect((await failure(compared({ kind: "together" }))).message).to.include("1 different (1)");
    });

    it("is kept where a partition that clients made has a row that the new one lacks", async () => {
        await createPartition(pair.client, pair.endpoint("source").ref, "late");
        await createPartition(pair.client, pair.endpoint("target").ref, "late");
        await pair.insert("source", row(1n), "late");
        expect((await failure(compared(carried))).message).to.include("1 missing (1)");
    });

    it("leaves out a partition that clients have dropped in the new one", async () => {
        await pair.insert("source", row(1n), "a");
        const { client } = pair;
        const { ref } = pair.endpoint("target");
        await releasePartitions(client, ref, ["a"]);
        await client.call("DropPartition", { collection_name: ref.name, partition_name: "a" });
        await compared(carried);
    });

    it("tells rows that only the new one has, and is dropped all the same", async () => {
        await pair.insert("target", row(7n));
        await compared({ kind: "together" });
        expect(said.join("\n")).to.match(/1 row only in target_\d+ \(7\)/);
    });
});
