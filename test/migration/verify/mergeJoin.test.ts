import { expect } from "chai";
import fc from "fast-check";

import { compareKeys, type Key, keyAt } from "../../../provider/wire";
import type { Block } from "../../../provider/migration/read/blockReader";
import { compareRange, differencesText, noDifferences } from "../../../provider/migration/verify/differences";
import { joinRange, type ComparePair } from "../../../provider/migration/verify/mergeJoin";
import type { Range } from "../../../provider/migration/keys/keyRanges";
import {
    boundsOf,
    cuts,
    keysOf,
    openFixture,
    Pair,
    type Rows,
    rangeOf,
    sorted,
    within,
} from "../catchup/pair";
import { runs } from "../../support/tier";

interface Found {
    missing: Key[];
    extra: Key[];
    different: Key[];
    passed: Key[];
}

/** The result of a join, in its order. Each difference of a row has to be reported before the row is done. */
async function join(comparePair: ComparePair, range: Range): Promise<Found> {
    const found: Found = { missing: [], extra: [], different: [], passed: [] };
    const done = (key: Key) => found.passed.length > 0 && compareKeys(key, found.passed.at(-1)!) <= 0;
    const add = (kind: "missing" | "different") => (block: Block, row: number) => {
        const key = keyAt(block.keys, row);
        expect(done(key), `${kind} ${String(key)} is reported after its row is done`).to.equal(false);
        found[kind].push(key);
    };
    let last = "";
    await joinRange(comparePair, range, {
        missing: add("missing"),
        different: add("different"),
        extra: (block, row) => void found.extra.push(keyAt(block.keys, row)),
        passed: (block, from, to) => {
            last = "passed";
            for (let row = from; row < to; row++) found.passed.push(keyAt(block.keys, row));
        },
        pause: () => Promise.resolve(void (last = "pause")),
    });
    expect(last).to.equal("pause");
    return found;
}

function model(source: Rows, target: Rows, range: Range): Found {
    const here = (rows: Rows) => sorted(rows.keys()).filter((key) => within(range, key));
    const common = here(source).filter((key) => target.has(key));
    return {
        missing: here(source).filter((key) => !target.has(key)),
        extra: here(target).filter((key) => !source.has(key)),
        different: common.filter((key) => source.get(key) !== target.get(key)),
        passed: here(source),
    };
}

const version = fc.integer({ min: 1, max: 4 });

describe("joinRange", () => {
    for (const dataType of ["Int64", "VarChar"] as const) {
        const rows = fc
            .array(fc.tuple(keysOf[dataType], version), { maxLength: 40 })
            .map((pairs): Rows => new Map(pairs));
        // Mostly identical, as copies are; the rest are the differences.
        const both = fc.oneof(
            fc.tuple(rows, rows),
            fc
                .tuple(rows, rows)
                .map(([all, few]): [Rows, Rows] => [all, new Map([...all, ...[...few].slice(0, 2)])]),
            rows.map((all): [Rows, Rows] => [all, all]),
        );

        it(`finds exactly the missing, extra and different rows, for ${dataType} keys`, async () => {
            const fixture = await openFixture();
            await fc.assert(
                fc.asyncProperty(
                    both,
                    rows,
                    boundsOf(keysOf[dataType]),
                    cuts,
                    async ([a, b], older, range, cut) => {
                        fixture.cut(cut);
                        const pair = await Pair.open(fixture, dataType);
                        // Older versions of a key, which no query returns.
                        await pair.insert("source", new Map([...older].filter(([key]) => a.has(key))));
                        await pair.insert("source", a);
                        await pair.insert("target", b);
                        expect(await join(pair.comparePair, range)).to.deep.equal(model(a, b, range));
                        await pair.close();
                    },
                ),
                { numRuns: runs(60) },
            );
        }).timeout(60_000);
    }

    it("counts each kind of difference, and names the first keys", async () => {
        const pair = await Pair.open(await openFixture(), "Int64");
        const numbered = (from: number, to: number) =>
            Array.from({ length: to - from }, (_, at): [Key, number] => [BigInt(from + at), 1]);
        await pair.insert("source", new Map([...numbered(0, 20), [7n, 2]]));
        await pair.insert("target", new Map(numbered(6, 22)));
        const found = noDifferences();
        let rows = 0;
        await compareRange(pair.comparePair, rangeOf(undefined, undefined), found, (done) => (rows += done));
        expect(differencesText(found)).to.equal(
            "6 missing (0, 1, 2, 3, 4, ...); 2 extra (20, 21); 1 different (7)",
        );
        expect(rows).to.equal(20);
        expect(differencesText(noDifferences())).to.equal(undefined);
    });
});
