import { expect } from "chai";

import { BaselineFolder } from "../../../provider/migration/catchup/baselineFolder";
import { isTailRange, splitTailRanges } from "../../../provider/migration/catchup/tailRanges";
import { useTemporaryFolder } from "../../support/temporaryFolder";
import { rangeOf } from "./pair";

describe("the ranges of keys beyond the last known one", () => {
    useTemporaryFolder();
    const folder = () =>
        BaselineFolder.create({
            owner: "shop/prod/docs",
            from: "1111111",
            mapping: { key: { dataType: "Int64" } } as never,
        });

    it("are split off at the last key of each range without an upper bound", async () => {
        const ranges = [
            rangeOf(undefined, 5n),
            rangeOf(5n, undefined),
            { ...rangeOf(undefined, undefined), partition: "p" },
        ];
        const split = await splitTailRanges(ranges, [4n, 9n, 7n], await folder());
        const tail = (end: bigint, partition?: string) => ({
            ...rangeOf(end, undefined),
            partition,
        });
        expect(split).to.deep.equal([
            rangeOf(undefined, 5n),
            { ...rangeOf(5n, undefined), upTo: 9n },
            { ...rangeOf(undefined, undefined), partition: "p", upTo: 7n },
            tail(9n),
            tail(7n, "p"),
        ]);
        expect(split.map(isTailRange)).to.deep.equal([false, false, false, true, true]);
    });

    it("are none of a range without rows", async () => {
        const ranges = [rangeOf(undefined, undefined)];
        expect(await splitTailRanges(ranges, [undefined], await folder())).to.deep.equal(ranges);
    });
});
