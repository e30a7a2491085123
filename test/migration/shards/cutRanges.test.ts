import { expect } from "chai";
import fc from "fast-check";

import { compareKeys, type Key } from "../../../provider/wire";
import { type Bounds, middle } from "../../../provider/migration/keys/midpoint";
import { type Range, splitByCounting } from "../../../provider/migration/keys/keyRanges";
import { cutRanges } from "../../../provider/migration/shards/cutRanges";
import { keysOf } from "../catchup/pair";
import { runs } from "../../support/tier";

const isWithin = (key: Key, { after, upTo }: Bounds) =>
    (after === undefined || compareKeys(key, after) > 0) &&
    (upTo === undefined || compareKeys(key, upTo) <= 0);

/** A full range of each partition, and the split of a server that counts these keys. */
function source(keys: ReadonlyMap<string, readonly Key[]>, dataType: "Int64" | "VarChar") {
    const count = (partition: string | undefined, bounds: Bounds) =>
        (keys.get(partition!) ?? []).filter((key) => isWithin(key, bounds)).length;
    const open = { begin: undefined, after: undefined, upTo: undefined, copied: undefined, done: false };
    const ranges = [...keys.keys()].map((partition): Range => ({
        ...open,
        partition,
        left: count(partition, {}),
    }));
    const split = splitByCounting(
        (bounds) => middle(bounds, dataType),
        ({ partition }, bounds) => Promise.resolve(count(partition, bounds)),
    );
    return { ranges, split };
}

const boundsOf = ({ begin, upTo }: Range): Bounds => ({
    ...(begin !== undefined && { after: begin }),
    ...(upTo !== undefined && { upTo }),
});

describe("cutting ranges into shards", () => {
    for (const dataType of ["Int64", "VarChar"] as const) {
        const keys = fc.uniqueArray(keysOf[dataType], { maxLength: 60 }).map((all) => all.sort(compareKeys));

        it(`covers each key once, whatever the ${dataType} keys, the partitions and the count`, () =>
            fc.assert(
                fc.asyncProperty(
                    fc.array(keys, { minLength: 1, maxLength: 3 }),
                    fc.integer({ min: 1, max: 9 }),
                    fc.array(keysOf[dataType], { maxLength: 20 }),
                    async (partitions, count, probes) => {
                        const named = new Map(partitions.map((one, at) => [`p${at}`, one]));
                        const { ranges, split } = source(named, dataType);
                        const shards = await cutRanges(ranges, count, split);
                        expect(shards).to.have.length(count);
                        for (const [partition, own] of named)
                            for (const key of [...own, ...probes]) {
                                const there = shards
                                    .flat()
                                    .filter(
                                        (one) => one.partition === partition && isWithin(key, boundsOf(one)),
                                    );
                                expect(there).to.have.length(1);
                            }
                    },
                ),
                { numRuns: runs(60) },
            ));
    }

    it("gives each shard about the same number of rows", async () => {
        // Small numbers, and one partition with ten times the rows of the other.
        const numbers = (rows: number, step: bigint) =>
            Array.from({ length: rows }, (_, at) => BigInt(at) * step);
        const keys = new Map([
            ["large", numbers(10_000, 3n)],
            ["small", numbers(1_000, 10_000_000_000n)],
        ]);
        const { ranges, split } = source(keys, "Int64");
        for (const count of [2, 3, 8]) {
            const shards = await cutRanges(ranges, count, split);
            const rows = shards.map((shard) => shard.reduce((sum, { left }) => sum + left, 0));
            const fair = 11_000 / count;
            for (const own of rows) expect(own).to.be.within(fair * 0.8, fair * 1.2);
        }
    });

    it("keeps what was copied of a range in the shard that begins there", async () => {
        const { ranges, split } = source(new Map([["p", [1n, 2n, 3n, 4n, 5n, 6n]]]), "Int64");
        const shards = await cutRanges(
            ranges.map((range) => ({ ...range, after: 2n, copied: 2n, left: 4 })),
            2,
            split,
        );
        expect(shards[0]![0]).to.include({ begin: undefined, copied: 2n });
        expect(shards[1]![0]!.begin).to.equal(shards[0]![0]!.upTo).and.equal(shards[1]![0]!.copied);
    });
});
