import { expect } from "chai";

import { copyRows } from "../../provider/step/copy";
import { failure } from "../fake/failure";
import { openGround, Pair, type Rows } from "./pair";

const silent = { say: () => undefined, progress: () => undefined };
const rows: Rows = new Map([1n, 2n, 3n, 4n].map((key) => [key, 1]));

/** A source that counts two older versions beside its rows, and the copy that a cut run claims to be done with. */
async function resume(copied: bigint, followed = false) {
    const { fake, client } = await openGround();
    const pair = await Pair.open({ fake, client, cut: () => undefined }, "Int64");
    await pair.insert("source", new Map([1n, 4n].map((key) => [key, 0])));
    await pair.insert("source", rows);
    const range = { partition: undefined, begin: undefined, upTo: undefined, copied, done: true };
    return copyRows({
        source: pair.side("source"),
        target: pair.side("target"),
        mapping: pair.mapping,
        partitions: { kind: "together" },
        batchBytes: 1 << 20,
        followed,
        from: { plan: "plan", ranges: [range], rows: Number(copied) },
        report: silent,
    });
}

describe("a copy", () => {
    it("is whole where older versions of keys are all that the source counts beyond it", async () => {
        expect(await resume(4n)).to.deep.include({ rows: 4, duplicates: 2 });
    });

    it("is refused where older versions do not explain what it lacks", async () => {
        const error = await failure(resume(3n));
        expect(error).to.have.property("code", "MV308");
        expect(error.message).to.match(/^source_\d+: counts 6 rows, of which 3 were copied and 2 are older/);
    });

    it("leaves what it lacks to the passes after it, where there are any", async () => {
        expect(await resume(3n, true)).to.deep.include({ rows: 3 });
    });
});
