import { expect } from "chai";

import { type Range, RangeScheduler } from "../../../provider/migration/keys/keyRanges";
import { scheduleRanges } from "../../../provider/migration/copy/scheduler";
import { failure } from "../../fake/failure";

/** A range up to the key, which is never split. */
const upTo = (key: bigint): Range => ({
    partition: undefined,
    begin: undefined,
    after: undefined,
    upTo: key,
    copied: undefined,
    done: false,
    left: 1,
});

function signal() {
    let give = () => {};
    const given = new Promise<void>((resolve) => (give = resolve));
    return { given, give: () => give() };
}

describe("scheduled ranges", () => {
    it("are done when their work is done, and not if it stopped because of another failure", async () => {
        const ranges = new RangeScheduler(
            [upTo(1n), upTo(2n), upTo(3n)],
            () => Promise.resolve(undefined),
            1,
        );
        const begun = signal();
        const error = await failure(
            scheduleRanges(ranges, 2, async (range, stopped) => {
                if (range.upTo === 1n) return;
                if (range.upTo === 2n) {
                    await begun.given;
                    throw new Error("no answer in time");
                }
                begun.give();
                while (!stopped()) await Promise.resolve();
            }),
        );
        expect(error.message).to.equal("no answer in time");
        expect(ranges.all.map(({ done }) => done)).to.deep.equal([true, false, false]);
    });
});
