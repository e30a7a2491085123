import { expect } from "chai";

import { requireIdentical } from "../../../provider/migration/catchup/requireIdentical";
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
