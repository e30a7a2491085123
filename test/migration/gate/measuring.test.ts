import { expect } from "chai";
import fc from "fast-check";

import { askBoth } from "../../../provider/migration/gate/askBoth";
import { belowBar, type FieldFigures, figureLines } from "../../../provider/migration/gate/figures";
import { type Latency, latencyOf, latencyRatio } from "../../../provider/migration/gate/latency";
import { Reservoir } from "../../../provider/migration/gate/sampling";

/** A side whose searches take so many milliseconds on the clock, and a record of who was asked. */
function sides(ms: { now: number; old: number }) {
    let time = 0;
    const asked: string[] = [];
    const side = (name: "now" | "old") => (query: number) => {
        time += ms[name];
        asked.push(`${name} ${query}`);
        return Promise.resolve({ keys: [`${name} ${query}`], scores: [1] });
    };
    return { asked, clock: () => time, now: side("now"), old: side("old") };
}

describe("asking both collections", () => {
    it("takes turns, measures each search, and keeps the hits of each query once", async () => {
        const { asked, ...both } = sides({ now: 2, old: 3 });
        const answers = await askBoth({ queries: 100, ...both });
        expect(answers.now.hits.map(({ keys }) => keys[0])).to.deep.equal(
            Array.from({ length: 100 }, (_, at) => `now ${at}`),
        );
        expect(new Set(answers.now.milliseconds)).to.deep.equal(new Set([2]));
        expect(new Set(answers.old!.milliseconds)).to.deep.equal(new Set([3]));
        const measured = asked.slice(20);
        const first = (from: number) => measured[from]!.split(" ")[0];
        expect([0, 2, 4].map(first)).to.deep.equal(["now", "old", "now"]);
    });

    it("asks few queries several times, and many once", async () => {
        const counted = async (queries: number) => {
            const { now, clock } = sides({ now: 1, old: 1 });
            return (await askBoth({ queries, now, old: undefined, clock })).now.milliseconds.length;
        };
        expect(await counted(1)).to.equal(200);
        expect(await counted(150)).to.equal(300);
        expect(await counted(500)).to.equal(500);
    });

    it("begins no further round after 20 s", async () => {
        const { now, clock } = sides({ now: 6_000, old: 0 });
        expect((await askBoth({ queries: 4, now, old: undefined, clock })).now.milliseconds).to.have.length(
            4,
        );
    });

    it("asks the new collection alone where the old one cannot answer", async () => {
        const { asked, now, clock } = sides({ now: 1, old: 1 });
        expect((await askBoth({ queries: 3, now, old: undefined, clock })).old).to.equal(undefined);
        expect(asked.some((one) => one.startsWith("old"))).to.equal(false);
    });
});

describe("latencies", () => {
    it("have percentiles that so many percent of the searches do not exceed", () => {
        const hundred = Array.from({ length: 100 }, (_, at) => 100 - at);
        expect(latencyOf(hundred)).to.deep.equal({ p50: 50, p95: 95, p99: 99, count: 100 });
        expect(latencyOf([7])).to.deep.equal({ p50: 7, p95: 7, p99: 7, count: 1 });
        expect(latencyOf([])).to.equal(undefined);
    });

    it("are compared by their p95, and not at all below 5 ms", () => {
        const p95 = (value: number): Latency => ({ p50: 1, p95: value, p99: 1, count: 200 });
        expect(latencyRatio(p95(30), p95(10))).to.equal(3);
        expect(latencyRatio(p95(4.9), p95(0.1))).to.equal(1);
        expect(latencyRatio(p95(1), p95(4))).to.equal(0.25);
    });
});

describe("the figures of a gate", () => {
    const latency = (p95: number) => ({ p50: 1, p95, p99: 20, count: 200 });
    const figures: FieldFigures = {
        field: "vector",
        queries: 100,
        topK: 10,
        baseline: "exact",
        recall: { mean: 0.94996, lowest: 0.5 },
        oldRecall: { mean: 0.99, lowest: 0.9 },
        overlap: 0.95,
        latency: latency(12),
        oldLatency: latency(6),
    };

    it("stand in two lines, rounded down", () => {
        expect(figureLines(figures)).to.deep.equal([
            "gate: vector: recall at 10 0.949 (lowest 0.500), old 0.990, 0.950 of the old hits, 100 queries, by exact search",
            "gate: vector: latency p50/p95/p99 1.0/12.0/20.0 ms, old 1.0/6.0/20.0 ms, p95 2.00 times (200 searches each)",
        ]);
    });

    it("say what was not measured", () => {
        const unmeasured = {
            ...figures,
            baseline: "none",
            recall: null,
            oldRecall: null,
            overlap: null,
            oldLatency: null,
        } as const;
        expect(figureLines(unmeasured)).to.deep.equal([
            "gate: vector: recall not measured, 100 queries",
            "gate: vector: latency p50/p95/p99 1.0/12.0/20.0 ms, the old collection was not asked (200 searches each)",
        ]);
        expect(belowBar([unmeasured], { minRecall: 1, maxLatencyRatio: 0.1 })).to.deep.equal([]);
    });

    it("are below the bar by the recall, the score of a module or the latency", () => {
        expect(belowBar([figures], { minRecall: 0.95 })).to.deep.equal([
            "vector: recall at 10 is 0.949, and minRecall is 0.95",
        ]);
        expect(belowBar([{ ...figures, baseline: "judge" }], { minRecall: 0.96 })[0]).to.include(
            "score is 0.949",
        );
        expect(belowBar([figures], { minRecall: 0.9, maxLatencyRatio: 1.5 })).to.deep.equal([
            "vector: the latency (p95) is 12.0 ms, 2.00 times the old one, and maxLatencyRatio is 1.5",
        ]);
        expect(belowBar([figures], { minRecall: 0.9, maxLatencyRatio: 2 })).to.deep.equal([]);
    });
});

describe("a sample", () => {
    const sampleOf = (items: number[], count: number, page: number) => {
        const sample = new Reservoir<number>(count);
        for (let from = 0; from < items.length; from += page) {
            const some = items.slice(from, from + page);
            sample.offer(some.length, (at) => some[at]!);
        }
        return sample.chosen;
    };

    it("has so many different items, or all, whatever the pages, and the same ones each time", () => {
        fc.assert(
            fc.property(
                fc.nat({ max: 300 }),
                fc.integer({ min: 1, max: 40 }),
                fc.integer({ min: 1, max: 50 }),
                (items, count, page) => {
                    const all = Array.from({ length: items }, (_, at) => at);
                    const chosen = sampleOf(all, count, page);
                    expect(new Set(chosen).size).to.equal(Math.min(items, count));
                    expect(chosen).to.deep.equal(sampleOf(all, count, items + 1));
                },
            ),
        );
    });

    it("is spread over all items", () => {
        const chosen = sampleOf(
            Array.from({ length: 10_000 }, (_, at) => at),
            1_000,
            77,
        );
        for (let tenth = 0; tenth < 10; tenth++) {
            const inside = chosen.filter((one) => Math.floor(one / 1_000) === tenth).length;
            expect(inside, `tenth ${tenth}`).to.be.within(60, 140);
        }
    });
});
