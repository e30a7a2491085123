import { mock } from "node:test";

import { expect } from "chai";

import { rateLimit } from "../../../provider/migration/copy/rateLimit";

describe("the pace of a copy", () => {
    beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "Date"] }));
    afterEach(() => mock.timers.reset());

    /** Lets what has been due go on. */
    const turns = async () => {
        for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    };
    /** Whether something has ended, after so many milliseconds more. */
    async function ends(work: Promise<void>, milliseconds: number): Promise<boolean> {
        let ended = false;
        void work.then(() => (ended = true));
        mock.timers.tick(milliseconds);
        await turns();
        return ended;
    }

    it("waits as long as the rows of a batch may take", async () => {
        const throttle = rateLimit(100);
        const batch = throttle(50);
        expect(await ends(batch, 499)).to.equal(false);
        expect(await ends(batch, 1)).to.equal(true);
    });

    it("is one for all ranges together", async () => {
        const throttle = rateLimit(100);
        const [first, second] = [throttle(50), throttle(50)];
        expect(await ends(first, 500)).to.equal(true);
        expect(await ends(second, 499)).to.equal(false);
        expect(await ends(second, 1)).to.equal(true);
    });

    it("makes up for no time that the server took", async () => {
        const throttle = rateLimit(100);
        mock.timers.tick(60_000);
        const batch = throttle(100);
        expect(await ends(batch, 999)).to.equal(false);
        expect(await ends(batch, 1)).to.equal(true);
    });

    it("is free without a limit", async () => {
        expect(await ends(rateLimit(undefined)(1_000_000), 0)).to.equal(true);
    });
});
