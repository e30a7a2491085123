import { expect } from "chai";

import { observeCollection } from "../../provider/observe/collection";
import { estimate, sampleRows } from "../../provider/observe/sample";
import { create, insert, open, ref, serve, smallest } from "../fake/open";

/** Samples as they may be: rows of 8 and of 1,024 dimensions. */
const small = { rows: 300, bytesPerRow: 40, secondsPerPage: 0.005, secondsPerRow: 0.000_01 };
const large = { rows: 1_024, bytesPerRow: 4_108, secondsPerPage: 0.05, secondsPerRow: 0.000_05 };
const pace = { verify: "full", grace: 10 } as const;
const lite = { lite: true };

describe("the estimated duration of a migration", () => {
    it("holds the start, the index, the load and the grace, though there is almost nothing to copy", () => {
        expect(estimate(small, 300, pace, lite).seconds).to.be.within(13, 16);
        expect(estimate(small, 300, { ...pace, grace: 0 }, lite).seconds).to.be.below(5);
        expect(estimate(small, 300, pace, { lite: false }).seconds).to.be.above(20);
    });

    it("grows with the bytes that are indexed, and with the pages that are read", () => {
        const { seconds, passSeconds } = estimate(large, 20_000, pace, lite);
        expect(seconds - 14).to.be.above(6 * passSeconds);
        expect(passSeconds).to.be.closeTo(5 * 0.05 + 20_000 * 0.000_05, 0.01);
    });

    it("goes by migration.maxRowsPerSecond where that is slower", () => {
        expect(estimate(small, 2_000, { ...pace, maxRowsPerSecond: 100 }, lite).seconds).to.be.within(33, 36);
    });

    it("tells what a page takes from what its rows take", async () => {
        const { client } = await open("2.6.18", { pending: 0 });
        await create(client, "docs");
        await serve(client, "docs");
        await insert(client, "docs", { fields: smallest }, { id: ["1", "2", "3", "4"] });
        const source = (await observeCollection(client, ref("docs")))!;
        const clock = [0, 2_000, 6_000];
        const sample = await sampleRows(client, source, () => clock.shift()!);
        expect(sample).to.include({ rows: 4, secondsPerPage: 2, secondsPerRow: 0.5 });
    });
});
