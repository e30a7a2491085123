import { expect } from "chai";
import fc from "fast-check";

import type { RunEvent } from "../../../cli/report/events";
import { clock, elapsed, ticks, timeTicks } from "../../../cli/report/figures";
import { ratesOf, timelineOf } from "../../../cli/report/timeline";
import { exampleRun } from "./example";

describe("the timeline of a report", () => {
    it("has the phases of a run in their order, and nothing overlaps", () => {
        const { lanes, seconds, outcome, verified, said } = timelineOf(exampleRun().events)!;
        expect(lanes.map(({ phase }) => phase)).to.deep.equal([
            "prepare",
            "copy",
            "index",
            "load",
            "verify",
            "cutover",
            "drop",
        ]);
        const spans = lanes.flatMap((lane) => lane.spans);
        expect(spans.reduce((sum, { from, to }) => sum + to - from, 0)).to.be.closeTo(seconds, 1e-6);
        expect(outcome).to.equal("done");
        expect(verified).to.have.lengthOf(1);
        expect(said.filter(({ isWarning }) => isWarning)).to.have.lengthOf(1);
    });

    it("tells a failure, and a run of which nothing is known", () => {
        const failed = timelineOf(exampleRun("differs").events)!;
        expect(failed.outcome).to.equal("failed");
        expect(failed.failure).to.include("[MV308]");
        expect(timelineOf([])).to.equal(undefined);
    });

    it("counts from nothing again where a step runs again", () => {
        const events = [10, 20, 5, 9].map((done, place): RunEvent => ({
            at: place * 1000,
            kind: "progress",
            step: "verify",
            done,
            total: 20,
        }));
        expect(timelineOf(events)!.compared).to.deep.equal([
            { seconds: 2, rows: 5 },
            { seconds: 3, rows: 9 },
        ]);
    });

    it("has rates that make up all rows", () => {
        const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 999 }), fc.nat(9_999)), { minLength: 2 });
        fc.assert(
            fc.property(steps, (all) => {
                let [seconds, rows] = [0, 0];
                const samples = all.map(([time, more]) => ({
                    seconds: (seconds += time / 10),
                    rows: (rows += more),
                }));
                const made = ratesOf(samples).reduce(
                    (sum, { from, to, rate }) => sum + rate * (to - from),
                    0,
                );
                expect(made).to.be.closeTo(samples.at(-1)!.rows - samples[0]!.rows, 1e-3);
            }),
        );
    });
});

describe("the axes of a plot", () => {
    it("have few, round and even marks that reach the largest value", () => {
        fc.assert(
            fc.property(
                fc.double({ min: 1e-6, max: 1e12, noNaN: true }),
                fc.integer({ min: 2, max: 8 }),
                (most, wanted) => {
                    const marks = ticks(most, wanted);
                    expect(marks[0]).to.equal(0);
                    expect(marks.at(-1)!).to.be.at.least(most * (1 - 1e-6));
                    expect(marks.length).to.be.within(2, wanted + 2);
                    const times = timeTicks(most, wanted);
                    expect(times.length).to.be.within(1, wanted + 1);
                    expect(times.at(-1)!).to.be.at.most(most * (1 + 1e-6));
                },
            ),
        );
        expect(ticks(1_234_567, 5)).to.deep.equal([0, 500_000, 1_000_000, 1_500_000]);
        expect(ticks(0, 5)).to.deep.equal([0, 1]);
    });

    it("have times that people say", () => {
        expect([0, 0.44, 12.4, 60, 200, 3600, 7500].map(elapsed)).to.deep.equal([
            "0 s",
            "0.4 s",
            "12 s",
            "1 min",
            "3 min 20 s",
            "1 h",
            "2 h 5 min",
        ]);
        expect([0, 97.9, 3725].map(clock)).to.deep.equal(["0:00", "1:37", "1:02:05"]);
    });
});
