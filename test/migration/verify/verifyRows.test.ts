import { expect } from "chai";

import type { RowMapping } from "../../../provider/plan/mapping/mapping";
import { type Verification, verifyRows } from "../../../provider/migration/verify/verifyRows";
import { fullRanges } from "../../../provider/migration/read/endpoint";
import { failure } from "../../fake/failure";
import { openFixture, Pair, type Rows } from "../catchup/pair";

const together = { kind: "together" } as const;
const rows: Rows = new Map([1n, 2n, 3n].map((key) => [key, Number(key)]));
const regenerated = (mapping: RowMapping) => ({ ...mapping, key: { ...mapping.key, regenerate: true } });

/** Verifies a copy of three rows that holds `target`. */
async function verify(
    target: Rows,
    given: Partial<Verification> = {},
    remap = (mapping: RowMapping) => mapping,
) {
    const pair = await Pair.open(await openFixture(), "Int64");
    await pair.insert("source", rows);
    await pair.insert("target", target);
    const said: string[] = [];
    await verifyRows({
        source: pair.endpoint("source"),
        target: pair.endpoint("target"),
        mapping: remap(pair.mapping),
        partitions: together,
        copied: 3,
        ranges: fullRanges(together, 3),
        batchBytes: 1 << 20,
        verify: "full",
        report: { say: (line) => void said.push(line), progress: () => undefined },
        ...given,
    });
    return said.join("\n");
}

const without = new Map([...rows].slice(1));
const refused = async (...given: Parameters<typeof verify>) => {
    const error = await failure(verify(...given));
    expect(error).to.have.property("code", "MV308");
    return error.message;
};

describe("the verification of a copy", () => {
    it("passes a copy that holds the same rows, by keys, as a whole, and by count", async () => {
        expect(await verify(rows)).to.match(/^verified target_\d+: 3 rows compared value by value/);
        const newKeys = new Map([...rows].map(([key, version]) => [(key as bigint) + 100n, version]));
        expect(await verify(newKeys, {}, regenerated)).to.include(
            "as a multiset, because their keys are new",
        );
        expect(await verify(newKeys, { verify: "count" })).to.include("it counts 3 rows");
    });

    it("reports a shortfall of the count, whatever was compared", async () => {
        expect(await refused(without, { verify: "count" })).to.include("3 rows were copied, and it counts 2");
        expect(await refused(without, { verify: "count" }, regenerated)).to.include(
            "3 rows were copied, and it counts 2",
        );
        // As with rows in a partition that nobody compares.
        expect(await refused(rows, { copied: 4 })).to.include("4 rows were copied, and it counts 3");
        expect(await refused(rows, { copied: 2 })).to.include("2 rows were copied, and it counts 3");
    });

    it("names the rows that a copy lacks, has beyond, or has otherwise", async () => {
        expect(await refused(without)).to.include("rows of the copy: 1 missing (1)");
        expect(await refused(new Map([...rows, [4n, 1]]))).to.include("1 extra (4)");
        expect(await refused(new Map([...rows, [2n, 9]]))).to.include("1 different (2)");
        expect(await refused(without, {}, regenerated)).to.include("without their keys: 1 missing (1)");
    });
});
