import { expect } from "chai";

import { PageSize } from "../../../provider/migration/read/adaptivePageSize";

/** A page of rows with `bytes` bytes each. */
const page = (rows: number, bytes = 1_000) => ({
    rows,
    columns: [{ bytes: Buffer.alloc(rows * bytes) }],
});

describe("the adaptive page size", () => {
    const learn = (size: PageSize, ms: number, rows = 500, asked = 500) =>
        size.learn(page(rows) as never, { asked, ms });

    it("follows the size of the rows after a small first page", () => {
        const size = new PageSize(4_000_000);
        expect(size.limit).to.equal(512);
        expect(learn(size, 100)).to.equal(4_000);
        expect(size.limit).to.equal(4_000);
    });

    it("has at most the rows that a rate allows", () => {
        const size = new PageSize(4_000_000, 250);
        expect(size.limit).to.equal(250);
        expect([learn(size, 100), learn(size, 100, 500, 250)]).to.deep.equal([250, 125]);
    });

    it("halves while the server is slow, and recovers when it is fast", () => {
        const size = new PageSize(4_000_000);
        learn(size, 100);
        expect([30_000, 30_000, 10_000, 100, 100, 100].map((ms) => learn(size, ms))).to.deep.equal([
            2_000, 1_000, 1_000, 2_000, 4_000, 4_000,
        ]);
    });

    it("never falls below a minimum, however slow the server is", () => {
        const size = new PageSize(4_000_000);
        for (let turn = 0; turn < 50; turn++) learn(size, 60_000);
        expect(size.limit).to.equal(62);
        expect(learn(new PageSize(1), 60_000)).to.equal(1);
    });

    it("shrinks if the server returns more rows than requested, and recovers slowly", () => {
        const size = new PageSize(4_000_000);
        expect(learn(size, 100, 2_000, 512)).to.equal(1_024);
        expect(learn(size, 100, 4_000, 1_024)).to.equal(1_024);
        expect(learn(size, 100, 1_024, 1_024)).to.be.within(1_024, 1_300);
        let last = 0;
        for (let turn = 0; turn < 40; turn++) last = learn(size, 100, 1_024, 1_024);
        expect(last).to.be.within(3_900, 4_000);
    });

    it("limits answers of short rows to 32,768 rows, even if the server returns more than requested", () => {
        const size = new PageSize(8_000_000);
        const rows = (count: number, asked: number) =>
            size.learn(page(count, 10) as never, { asked, ms: 100 });
        expect(rows(512, 512)).to.equal(16_384);
        expect(rows(65_536, 16_384)).to.equal(8_192);
    });
});
