import { createHash } from "node:crypto";

import { expect } from "chai";
import fc from "fast-check";

import { compareKeys, type Key } from "../../../provider/wire";
import { type Bounds, middle } from "../../../provider/migration/keys/midpoint";
import { splitByCounting, type Range, RangeScheduler } from "../../../provider/migration/keys/keyRanges";
import { runs } from "../../support/tier";
import { anyText } from "../../support/random/text";

const inside = (key: Key, { after, upTo }: Bounds) =>
    (after === undefined || compareKeys(key, after) > 0) &&
    (upTo === undefined || compareKeys(key, upTo) <= 0);

/** Workers that read their ranges page by page, as the copy does, with the server's answers in any order. */
async function work(
    scheduler: fc.Scheduler,
    keys: Key[],
    dataType: "Int64" | "VarChar",
    workers: number,
    page: number,
): Promise<Key[]> {
    const count = (_: unknown, bounds: Bounds) =>
        scheduler.schedule(Promise.resolve(keys.filter((key) => inside(key, bounds)).length), "count");
    const whole: Range = {
        partition: undefined,
        begin: undefined,
        after: undefined,
        upTo: undefined,
        copied: undefined,
        done: false,
        left: keys.length,
    };
    const ranges = new RangeScheduler(
        [whole],
        splitByCounting((bounds) => middle(bounds, dataType), count),
        2 * page,
    );
    const seen: Key[] = [];
    const worker = async () => {
        for (let range = await ranges.next(); range; range = await ranges.next()) {
            for (;;) {
                const bounds: Bounds = {
                    ...(range.after !== undefined && { after: range.after }),
                    ...(range.upTo !== undefined && { upTo: range.upTo }),
                };
                const asked = keys.filter((key) => inside(key, bounds)).slice(0, page);
                const answer = await scheduler.schedule(Promise.resolve(asked), "page");
                // A part may have been split off while the page was read.
                const upTo = range.upTo;
                const rows = answer.filter((key) => upTo === undefined || compareKeys(key, upTo) <= 0);
                if (rows.length === 0) break;
                range.after = rows.at(-1);
                range.left = Math.max(0, range.left - rows.length);
                seen.push(...rows);
            }
            ranges.done(range);
        }
    };
    await scheduler.waitFor(Promise.all(Array.from({ length: workers }, worker)));
    return seen;
}

describe("key ranges", () => {
    const numbers = fc.uniqueArray(
        fc.oneof(fc.bigInt({ min: -50n, max: 50n }), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
        { maxLength: 120 },
    );
    const texts = fc.uniqueArray(
        fc.oneof(anyText({ maxLength: 4 }), fc.stringMatching(/^id-0000[0-9a-f]{3}$/)),
        { maxLength: 80 },
    );
    for (const [dataType, keys] of [
        ["Int64", numbers],
        ["VarChar", texts],
    ] as const)
        it(`give each ${dataType} key to one worker, for any number of workers and any order of answers`, () =>
            fc.assert(
                fc.asyncProperty(
                    fc.scheduler(),
                    keys as fc.Arbitrary<Key[]>,
                    fc.integer({ min: 1, max: 6 }),
                    fc.integer({ min: 1, max: 9 }),
                    async (scheduler, all, workers, page) => {
                        const sorted = [...all].sort(compareKeys);
                        const seen = await work(scheduler, sorted, dataType, workers, page);
                        expect([...seen].sort(compareKeys)).to.deep.equal(sorted);
                    },
                ),
                { numRuns: runs(150) },
            )).timeout(60_000);

    for (const { what, dataType, keyOf } of [
        { what: "small numbers", dataType: "Int64", keyOf: (at) => BigInt(at) },
        {
            what: "numbers at the end of their space",
            dataType: "Int64",
            keyOf: (at) => 2n ** 63n - 9_000n + BigInt(at),
        },
        {
            what: "timestamps",
            dataType: "Int64",
            keyOf: (at) => 449_000_000_000_000_000n + (BigInt(at) << 18n),
        },
        { what: "UUIDs", dataType: "VarChar", keyOf: (at) => uuid(at) },
        {
            what: "a long prefix and a number",
            dataType: "VarChar",
            keyOf: (at) => `${"tenant/".repeat(20)}${at + 10_000}`,
        },
    ] satisfies { what: string; dataType: "Int64" | "VarChar"; keyOf: (at: number) => Key }[])
        it(`are split in a few turns if the keys are ${what}`, async () => {
            const keys = Array.from({ length: 4_000 }, (_, at): Key => keyOf(at)).sort(compareKeys);
            let turns = 0;
            let asked = false;
            const count = async (_: unknown, bounds: Bounds) => {
                // Concurrent counts are one turn.
                if (!asked) turns++;
                asked = true;
                await Promise.resolve();
                asked = false;
                return keys.filter((key) => inside(key, bounds)).length;
            };
            const split = splitByCounting((bounds) => middle(bounds, dataType), count);
            // The first page has been read.
            const open = { partition: undefined, begin: undefined, after: keys[100], upTo: undefined };
            const range = { ...open, copied: undefined, done: false, left: keys.length - 101 };
            const found = (await split(range))!;
            expect(found.rows).to.be.within(range.left * 0.35, range.left * 0.65);
            expect(turns).to.be.at.most(15);
        });
});

/** The same for the same number, and distributed like random ones. */
function uuid(at: number): string {
    const hex = createHash("sha256").update(String(at)).digest("hex");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
        "-",
    );
}
