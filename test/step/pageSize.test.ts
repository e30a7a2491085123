import { expect } from "chai";

import { PageSize } from "../../provider/step/pageSize";

/** A page of rows of 1,000 bytes each. */
const page = (rows: number) => ({
    rows,
    columns: [{ bytes: Buffer.alloc(rows * 1_000) }],
});

describe("the size of pages", () => {
    const learn = (size: PageSize, ms: number) => size.learn(page(500) as never, ms);

    it("follows the bytes of the rows, from a small first page on", () => {
        const size = new PageSize(4_000_000);
        expect(size.limit).to.equal(512);
        expect(learn(size, 100)).to.equal(4_000);
        expect(size.limit).to.equal(4_000);
    });

    it("halves while the server is slow, and comes back when it is quick", () => {
        const size = new PageSize(4_000_000);
        learn(size, 100);
        expect([30_000, 30_000, 10_000, 100, 100, 100].map((ms) => learn(size, ms))).to.deep.equal([
            2_000, 1_000, 1_000, 2_000, 4_000, 4_000,
        ]);
    });

    it("keeps a least, so that a server that is always slow is read at all", () => {
        const size = new PageSize(4_000_000);
        for (let turn = 0; turn < 50; turn++) learn(size, 60_000);
        expect(size.limit).to.equal(62);
        expect(new PageSize(1).learn(page(500) as never, 60_000)).to.equal(1);
    });
});
