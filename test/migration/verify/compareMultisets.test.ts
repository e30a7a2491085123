import { expect } from "chai";
import fc from "fast-check";

import {
    type MultisetDifferences,
    compareMultisets,
} from "../../../provider/migration/verify/compareMultisets";
import { cuts, openFixture, Pair, type Rows } from "../catchup/pair";
import { runs } from "../../support/tier";

const version = fc.integer({ min: 1, max: 6 });
const versions = fc.array(version, { maxLength: 40 });

/** Rows of these versions, with keys counted from `first`. */
const rowsFrom = (first: bigint, of: readonly number[]): Rows =>
    new Map(of.map((one, at) => [first + BigInt(at), one]));

async function compare(pair: Pair): Promise<MultisetDifferences & { progress: number }> {
    const { source, target, map, key } = pair.comparePair;
    let progress = 0;
    const compared = await compareMultisets({
        source,
        target,
        map,
        key,
        partitions: { kind: "together" },
        batchBytes: 1 << 20,
        progress: (rows) => void (progress += rows),
    });
    return { ...compared, progress };
}

/** The number of rows of each version that `a` has more than `b`. */
function surplus(a: readonly number[], b: readonly number[]): Map<number, number> {
    const left = new Map<number, number>();
    for (const one of a) left.set(one, (left.get(one) ?? 0) + 1);
    for (const one of b) left.set(one, (left.get(one) ?? 0) - 1);
    return new Map([...left].filter(([, count]) => count > 0));
}

const sum = (counts: Map<number, number>) => [...counts.values()].reduce((all, one) => all + one, 0);

describe("compareMultisets", () => {
    it("counts the rows without a counterpart, and names the first keys", async () => {
        const fixture = await openFixture();
        const both = fc.oneof(
            fc.tuple(versions, versions),
            fc.tuple(versions, versions).map(([all, more]) => [all, [...all, ...more.slice(0, 2)]] as const),
            versions.map((all) => [all, all.toReversed()] as const),
        );
        await fc.assert(
            fc.asyncProperty(both, cuts, async ([a, b], cut) => {
                fixture.cut(cut);
                const pair = await Pair.open(fixture, "Int64");
                const [source, target] = [rowsFrom(0n, a), rowsFrom(1_000n, b)];
                await pair.insert("source", source);
                await pair.insert("target", target);
                const { rows, found, whole, progress } = await compare(pair);
                expect({ rows, whole, progress }).to.deep.equal({
                    rows: a.length,
                    whole: true,
                    progress: (a.length + b.length) / 2,
                });
                const [missing, extra] = [surplus(a, b), surplus(b, a)];
                if (missing.size + extra.size === 0) expect(found).to.equal(undefined);
                else {
                    expect(found!.missing.count).to.equal(sum(missing));
                    expect(found!.extra.count).to.equal(sum(extra));
                    for (const key of found!.missing.first)
                        expect(missing).to.include.keys(source.get(BigInt(key))!);
                    for (const key of found!.extra.first)
                        expect(extra).to.include.keys(target.get(BigInt(key))!);
                }
                await pair.close();
            }),
            { numRuns: runs(60) },
        );
    }).timeout(60_000);
});
