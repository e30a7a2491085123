import { expect } from "chai";

import { batchBytes } from "../../../cli/plan/batchBytes";

describe("the bytes of an insert of as many rows", () => {
    const fields = [
        { dataType: "Int64" as const },
        { dataType: "FloatVector" as const, dim: 256 },
        { dataType: "VarChar" as const },
    ];

    it("follow from the sample of the plan", () => {
        expect(batchBytes(300, { rows: 9_000, bytes: 9_000_000 }, fields)).to.equal(300_000);
    });

    it("follow from the fields where the collection is not loaded, and nothing is known of its rows", () => {
        expect(batchBytes(300, { rows: 9_000 }, fields)).to.equal(300 * (8 + 1_024 + 128));
        expect(batchBytes(100, {}, [{ dataType: "BinaryVector", dim: 512 }])).to.equal(100 * 64);
    });

    it("stay within what an insert may have", () => {
        expect(batchBytes(1, { rows: 1, bytes: 8 }, fields)).to.equal(1_024);
        expect(batchBytes(1_000_000_000, { rows: 1, bytes: 8_000 }, fields)).to.equal(60 * 2 ** 20);
    });
});
