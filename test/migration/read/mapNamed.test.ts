import { expect } from "chai";

import { Field } from "../../../provider/inputs/schema/field";
import { BaselineFolder } from "../../../provider/migration/catchup/baselineFolder";
import { mergePass } from "../../../provider/migration/catchup/mergePasses";
import { requireIdentical } from "../../../provider/migration/catchup/requireIdentical";
import { catchUp } from "../../../provider/migration/catchup/syncPasses";
import { copyRows } from "../../../provider/migration/copy/copyRows";
import { fullRanges } from "../../../provider/migration/read/endpoint";
import { verifyRows } from "../../../provider/migration/verify/verifyRows";
import type { RowMapping } from "../../../provider/plan/mapping/mapping";
import { failure } from "../../fake/failure";
import { openFixture, Pair } from "../catchup/pair";
import { useTemporaryFolder } from "../../support/temporaryFolder";

const together = { kind: "together" } as const;

describe("a row that does not fit the new schema", () => {
    useTemporaryFolder();
    let pair: Pair;
    beforeEach(async () => {
        pair = await Pair.open(await openFixture(), "Int64");
    });

    /** `version` becomes Int8: the version 300 does not fit. */
    function narrowed(regenerate = false): RowMapping {
        const mapping = pair.mapping;
        const columns = mapping.columns.map((column) => {
            if (column.to.name !== "version" || column.source.kind !== "carry") return column;
            const conversion = { kind: "checked", needs: "a whole number" } as const;
            return {
                to: Field.parse({ name: "version", dataType: "Int8" }),
                source: { kind: "convert", from: column.source.from, conversion } as const,
            };
        });
        return { ...mapping, columns, key: { ...mapping.key, regenerate } };
    }

    const common = (mapping: RowMapping) => ({
        source: pair.endpoint("source"),
        target: pair.endpoint("target"),
        mapping,
        partitions: together,
        batchBytes: 1 << 20,
        report: { say: () => undefined, progress: () => undefined },
    });
    const verified = (mapping: RowMapping) =>
        verifyRows({ ...common(mapping), copied: 3, ranges: fullRanges(together, 3), verify: "full" });

    async function passes(mapping: RowMapping) {
        const folder = await BaselineFolder.create({ owner: "shop/prod/docs", from: "1111111", mapping });
        return { ...common(mapping), folder, ranges: fullRanges(together, 3) };
    }

    const steps: Record<string, () => Promise<unknown>> = {
        "the copy": () => copyRows({ ...common(narrowed()), followed: false }),
        "the verification by keys": () => verified(narrowed()),
        "the verification as a multiset": () => verified(narrowed(true)),
        "the catch-up before the cutover": async () => catchUp(await passes(narrowed()), 3),
        "the comparison after an interrupted run": () => requireIdentical(common(narrowed())),
        "a pass after the cutover": async () => {
            const made = await passes(narrowed());
            await pair.become("source", new Map());
            await catchUp(made, 0);
            await pair.insert("source", rows);
            await mergePass(made, "tail ranges first");
        },
    };
    const rows = new Map([
        [1n, 1],
        [2n, 300],
        [3n, 300],
    ]);

    for (const [step, run] of Object.entries(steps))
        it(`stops ${step}, which names the field and the key of the first such row`, async () => {
            await pair.insert("source", rows);
            const error = await failure(run());
            expect(error).to.have.property("code", "MV309");
            expect(error.message).to.match(
                /^version: the row with the key 2 holds 300, and the new schema needs a whole number of 8 bits/,
            );
            expect(pair.count("target")).to.equal(0);
        });
});
