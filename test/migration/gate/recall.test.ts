import { expect } from "chai";
import fc from "fast-check";

import { Nearest } from "../../../provider/migration/gate/nearest";
import { meanOf, overlapOf, recallOf } from "../../../provider/migration/gate/recall";

/** Rows with few different scores, so that many are equally near. */
const rowsWithTies = fc
    .array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 60 })
    .map((scores) => scores.map((score, at) => ({ key: BigInt(at), score })));
const topK = fc.integer({ min: 1, max: 20 });

type Row = { key: bigint; score: number };

function nearest(rows: readonly Row[], count: number): Row[] {
    const found = new Nearest(count);
    for (const { key, score } of rows) found.offer(key, score);
    return found.rows as Row[];
}

const scoreIn = (rows: readonly Row[]) => (key: unknown) => rows.find((row) => row.key === key)?.score;
const recall = (hits: readonly bigint[], rows: readonly Row[], count: number) =>
    recallOf(hits, { neighbours: nearest(rows, count), tolerance: 0 }, scoreIn(rows));

describe("the nearest rows", () => {
    it("are those of a sort by score, the first of equal ones first", () => {
        fc.assert(
            fc.property(rowsWithTies, topK, (rows, count) => {
                const sorted = [...rows].sort((a, b) => b.score - a.score).slice(0, count);
                expect(nearest(rows, count)).to.deep.equal(sorted);
            }),
        );
    });

    it("leave out a score that is no number", () => {
        expect(nearest([{ key: 1n, score: NaN }], 3)).to.deep.equal([]);
    });
});

describe("recall", () => {
    it("is 1 for an exact search, in any order of its hits", () => {
        fc.assert(
            fc.property(rowsWithTies, topK, fc.infiniteStream(fc.nat()), (rows, count, random) => {
                const keys = nearest(rows, count).map(({ key }) => key);
                const shuffled = keys
                    .map((key) => ({ key, at: random.next().value as number }))
                    .sort((a, b) => a.at - b.at)
                    .map(({ key }) => key);
                expect(recall(shuffled, rows, count)).to.equal(1);
            }),
        );
    });

    it("is 1 for any choice among rows that are as near as the last neighbour", () => {
        fc.assert(
            fc.property(rowsWithTies, topK, (rows, count) => {
                // The same search, with the last of equal rows first.
                const others = nearest(rows.toReversed(), count).map(({ key }) => key);
                expect(recall(others, rows, count)).to.equal(1);
            }),
        );
    });

    it("falls by one of the neighbours for each hit that is farther than all of them", () => {
        fc.assert(
            fc.property(topK, fc.nat({ max: 20 }), (count, missed) => {
                const rows = Array.from({ length: 50 }, (_, at) => ({ key: BigInt(at), score: -at }));
                const wrong = Math.min(missed, count);
                const hits = [
                    ...rows.slice(0, count - wrong),
                    ...rows.slice(rows.length - wrong, rows.length),
                ].map(({ key }) => key);
                expect(recall(hits, rows, count)).to.equal((count - wrong) / count);
            }),
        );
    });

    it("counts a hit once, one that is no row not at all, and no more hits than neighbours", () => {
        const rows = [3, 2, 1].map((score, at) => ({ key: BigInt(at), score }));
        expect(recall([0n, 0n], rows, 2)).to.equal(0.5);
        expect(recall([0n, 99n], rows, 2)).to.equal(0.5);
        expect(recall([0n, 1n, 2n], rows, 2)).to.equal(1);
    });

    it("counts a hit within the tolerance of the last neighbour", () => {
        const exact = { neighbours: [{ key: 1n, score: 1 }], tolerance: 0.01 };
        expect(recallOf([2n], exact, () => 0.995)).to.equal(1);
        expect(recallOf([2n], exact, () => 0.985)).to.equal(0);
    });

    it("is nothing where a query has no neighbours", () => {
        expect(recallOf([1n], { neighbours: [], tolerance: 0 }, () => 1)).to.equal(undefined);
        expect(meanOf([undefined])).to.equal(undefined);
        expect(meanOf([1, undefined, 0.5])).to.deep.equal({ mean: 0.75, lowest: 0.5 });
    });
});

describe("the overlap of two searches", () => {
    it("is the share of the other hits that are found, too", () => {
        expect(overlapOf(["a", "b", "c"], ["a", "d"])).to.equal(0.5);
        expect(overlapOf([], ["a"])).to.equal(0);
        expect(overlapOf(["a"], [])).to.equal(undefined);
    });
});
