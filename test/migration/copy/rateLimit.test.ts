import { mock } from "node:test";

import { expect } from "chai";

import { rateLimit, rowsOfSecond } from "../../../provider/migration/copy/rateLimit";

describe("the rate limit of a copy", () => {
    beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "Date"] }));
    afterEach(() => mock.timers.reset());

    /** Lets due work continue. */
    const turns = async () => {
        for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    };
    /** Whether `work` has ended after some more milliseconds. */
    async function ends(work: Promise<void>, milliseconds: number): Promise<boolean> {
        let ended = false;
        void work.then(() => (ended = true));
        mock.timers.tick(milliseconds);
        await turns();
        return ended;
    }

    it("waits for the time that the rows of a batch may take", async () => {
        const throttle = rateLimit(100);
        const batch = throttle(50);
        expect(await ends(batch, 499)).to.equal(false);
        expect(await ends(batch, 1)).to.equal(true);
    });

    it("is shared by all ranges", async () => {
        const throttle = rateLimit(100);
        const [first, second] = [throttle(50), throttle(50)];
        expect(await ends(first, 500)).to.equal(true);
        expect(await ends(second, 499)).to.equal(false);
        expect(await ends(second, 1)).to.equal(true);
    });

    it("does not make up for time that the server took", async () => {
        const throttle = rateLimit(100);
        mock.timers.tick(60_000);
        const batch = throttle(100);
        expect(await ends(batch, 999)).to.equal(false);
        expect(await ends(batch, 1)).to.equal(true);
    });

    it("does not wait without a limit", async () => {
        expect(await ends(rateLimit(undefined)(1_000_000), 0)).to.equal(true);
    });

    it("makes the pages of all workers together as large as a second allows", () => {
        expect([rowsOfSecond(1_000, 4), rowsOfSecond(2, 4), rowsOfSecond(undefined, 4)]).to.deep.equal([
            250,
            1,
            undefined,
        ]);
    });
});
