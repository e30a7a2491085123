import { expect } from "chai";
import fc from "fast-check";

import type { Key } from "../../../provider/wire";
import {
    type Checkpoint,
    firstCheckpoint,
    type Position,
} from "../../../provider/migration/properties/checkpoint";
import { copyRows } from "../../../provider/migration/copy/copyRows";
import { keysBeyondCheckpoint } from "../../../provider/migration/copy/resume";
import { cuts, keysOf, openFixture, Pair, type Rows, sorted } from "../catchup/pair";
import { runs } from "../../support/tier";

const together = { kind: "together" } as const;
const silent = { say: () => undefined, progress: () => undefined };
const inOrder = (rows: Rows) => sorted(rows.keys()).map((key) => [key, rows.get(key)]);

/** Ranges between the given keys, none of them started. */
function between(ends: readonly Key[]): Position[] {
    const bounds = [undefined, ...sorted(new Set(ends)), undefined];
    return bounds.slice(1).map((upTo, at) => {
        const begin = bounds[at];
        return { partition: undefined, begin, upTo, copied: begin, done: false };
    });
}

describe("an interrupted copy", () => {
    for (const dataType of ["Int64", "VarChar"] as const) {
        const key = keysOf[dataType];
        const rows = fc
            .array(fc.tuple(key, fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 60 })
            .map((pairs): Rows => new Map(pairs));
        const interruptions = fc.record({
            /** The number of batches after which the run ends; batches in progress still arrive. */
            batches: fc.nat(8),
            /** After which of them a checkpoint is saved. */
            saved: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
            /** The number of rows of the next batch that the server still accepts. */
            taken: fc.nat(5),
        });

        it(`resumes and sends no row twice, for ${dataType} keys`, async function () {
            this.timeout(60_000);
            const fixture = await openFixture();
            await fc.assert(
                fc.asyncProperty(
                    rows,
                    fc.array(key, { maxLength: 3 }),
                    interruptions,
                    cuts,
                    async (given, ends, interruption, pages) => {
                        fixture.cut(pages);
                        const pair = await Pair.open(fixture, dataType);
                        await pair.insert("source", given);
                        const common = {
                            source: pair.endpoint("source"),
                            target: pair.endpoint("target"),
                            mapping: pair.mapping,
                            partitions: together,
                            batchBytes: 1 << 20,
                            followed: false,
                            report: silent,
                        };
                        const plan = { ...firstCheckpoint("plan", [undefined]), ranges: between(ends) };
                        let kept: Checkpoint = plan;
                        let batch = 0;
                        const save = (checkpoint: () => Checkpoint): undefined => {
                            if (batch >= interruption.batches) throw new Error("interrupted");
                            if (interruption.saved[batch++ % interruption.saved.length])
                                kept = structuredClone(checkpoint());
                        };
                        // A small copy completes before the interruption.
                        await copyRows({ ...common, from: plan, save }).catch(() => undefined);
                        const missing = sorted(given.keys()).filter((one) => !pair.rows("target").has(one));
                        const partly = missing.slice(0, interruption.taken);
                        await pair.insert("target", new Map(partly.map((one) => [one, given.get(one)!])));

                        const sent = await keysBeyondCheckpoint(
                            { target: common.target, mapping: pair.mapping },
                            kept.ranges,
                        );
                        const whole = await copyRows({ ...common, from: kept, sent });
                        expect(whole.rows).to.equal(given.size);
                        expect(inOrder(pair.rows("target"))).to.deep.equal(inOrder(given));
                        expect(
                            pair.count("target"),
                            "rows in the copy, each as often as it was sent",
                        ).to.equal(given.size);
                        expect(whole.ranges.every(({ done }) => done)).to.equal(true);
                        await pair.close();
                    },
                ),
                { numRuns: runs(60) },
            );
        });
    }
});
