import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import fc from "fast-check";

import type { Key } from "../../../provider/wire";
import { BaselineReader, BaselineWriter } from "../../../provider/migration/baseline/baselineFile";
import { sameTarget } from "../baseline/layouts";
import { syncRange, type LateWrites, type Repairs } from "../../../provider/migration/catchup/syncRange";
import { type MergeResult, mergeRange } from "../../../provider/migration/catchup/mergeRange";
import { WriteJournal } from "../../../provider/migration/catchup/writeJournal";
import type { Range } from "../../../provider/migration/keys/keyRanges";
import { failure } from "../../fake/failure";
import { RowWriter } from "../../../provider/migration/catchup/rowWriter";
import {
    boundsOf,
    cuts,
    type Fixture,
    keysOf,
    openFixture,
    Pair,
    rangeOf,
    type Rows,
    sorted,
    within,
} from "./pair";
import { runs } from "../../support/tier";

/**
 * A key's version when both collections were identical, and now in the old and in the new one; 0 if it does not exist.
 */
interface Life {
    baseline: number;
    old: number;
    now: number;
}

const all = rangeOf(undefined, undefined);
const version = fc.integer({ min: 0, max: 3 });
const lives = (key: fc.Arbitrary<Key>) =>
    fc
        .array(fc.tuple(key, fc.record({ baseline: version, old: version, now: version })), { maxLength: 30 })
        .map((pairs): ReadonlyMap<Key, Life> => new Map(pairs));
const at = (all: ReadonlyMap<Key, Life>, when: keyof Life): Rows =>
    new Map([...all].flatMap(([key, life]) => (life[when] === 0 ? [] : [[key, life[when]]])));

/** The expected result of the pass after the cutover for a key. */
function merged({ baseline, old, now }: Life): { now: number; applied: number; superseded: number } {
    if (old === baseline) return { now, applied: 0, superseded: 0 };
    return now === baseline ? { now: old, applied: 1, superseded: 0 } : { now, applied: 0, superseded: 1 };
}

/** Is interrupted before or after one of its writes. With `autoId` a row is replaced by two calls. */
class InterruptedWriter extends RowWriter {
    isInterrupted = false;

    constructor(
        pair: Pair,
        private readonly autoId: boolean,
        private left: number,
    ) {
        super(pair.endpoint("target"), {
            key: pair.comparePair.key,
            autoId,
            batchBytes: 1 << 20,
            lineBreaks: "letter",
        });
    }

    override async put(...given: Parameters<RowWriter["put"]>): Promise<void> {
        if (!this.autoId) this.count();
        await super.put(...given);
        // The write has arrived, and its answer is lost.
        this.count();
    }

    override async remove(...given: Parameters<RowWriter["remove"]>): Promise<void> {
        this.count();
        await super.remove(...given);
        if (this.autoId) this.count();
    }

    private count(): void {
        this.isInterrupted ||= this.left-- <= 0;
        if (this.isInterrupted) throw new Error("interrupted");
    }
}

const inOrder = (rows: Rows) => sorted(rows.keys()).map((key) => [key, rows.get(key)]);

describe("late writes", () => {
    let folder: string;
    let path: string;
    let journalPath: string;
    before(async () => {
        folder = await mkdtemp(join(tmpdir(), "late-"));
        path = join(folder, "0.base");
        journalPath = join(folder, "0.sent");
    });
    after(() => rm(folder, { recursive: true, force: true }));

    async function catchUp(
        { comparePair, writer, dataType }: Pair,
        range: Range,
        { before = new Map(), repairs = new Map() }: { before?: Repairs; repairs?: Repairs } = {},
    ): Promise<LateWrites & { passed: number; baseline: Key[] }> {
        const baseline = await BaselineWriter.open(path);
        let passed = 0;
        const progress = (rows: number) => void (passed += rows);
        const late = await syncRange(
            { comparePair, writer, baseline, before, repairs, progress },
            range,
        ).finally(() => baseline.close());
        const reader = await BaselineReader.open(path, sameTarget(dataType));
        const keys: Key[] = [];
        for (; await reader.fill(); reader.next()) keys.push(reader.key());
        await reader.close();
        return { ...late, passed, baseline: keys };
    }

    async function merge(
        { comparePair, writer: own, dataType }: Pair,
        range: Range,
        { exclusive = false, expires = false, writer = own } = {},
    ): Promise<MergeResult> {
        const [baseline, next] = [
            await BaselineReader.open(path, sameTarget(dataType)),
            await BaselineWriter.open(path),
        ];
        const journal = await WriteJournal.open(journalPath);
        try {
            const pass = { comparePair, writer, baseline, next, journal, exclusive, expires, atOnce: 3 };
            const result = await mergeRange(pass, range);
            await next.close();
            await journal.remove();
            return result;
        } catch (error) {
            await next.abandon();
            throw error;
        } finally {
            await baseline.close();
        }
    }

    for (const dataType of ["Int64", "VarChar"] as const) {
        const key = keysOf[dataType];
        const each = (
            numRuns: number,
            property: (
                pair: Pair,
                given: ReadonlyMap<Key, Life>,
                range: Range,
                fixture: Fixture,
            ) => Promise<void>,
        ) =>
            async function (this: Mocha.Context) {
                this.timeout(60_000);
                const fixture = await openFixture();
                await fc.assert(
                    fc.asyncProperty(lives(key), boundsOf(key), cuts, async (given, range, cut) => {
                        fixture.cut(cut);
                        const pair = await Pair.open(fixture, dataType);
                        await property(pair, given, range, fixture);
                        await pair.close();
                    }),
                    { numRuns: runs(numRuns) },
                );
            };

        it(
            `are applied to the copy before the cutover, for ${dataType} keys`,
            each(40, async (pair, given, range) => {
                const [source, target] = [at(given, "old"), at(given, "now")];
                await pair.insert("source", source);
                await pair.insert("target", target);
                const inside = [...given].filter(([one]) => within(range, one)).map(([, life]) => life);
                const here = sorted(source.keys()).filter((one) => within(range, one));
                expect(await catchUp(pair, range)).to.deep.equal({
                    written: inside.filter(({ old, now }) => old !== 0 && old !== now).length,
                    deleted: inside.filter(({ old, now }) => old === 0 && now !== 0).length,
                    passed: here.length,
                    baseline: here,
                });
                const expected = new Map([...target].filter(([one]) => !within(range, one)));
                for (const one of here) expected.set(one, source.get(one)!);
                expect(inOrder(pair.rows("target"))).to.deep.equal(inOrder(expected));
                expect(await catchUp(pair, range)).to.deep.include({ written: 0, deleted: 0 });
            }),
        );

        it(
            `win after the cutover unless the new collection has its own write, for ${dataType} keys`,
            each(60, async (pair, given, range) => {
                await pair.become("source", at(given, "baseline"));
                await pair.become("target", at(given, "baseline"));
                await catchUp(pair, range);
                await pair.become("source", at(given, "old"));
                await pair.become("target", at(given, "now"));
                const result = await merge(pair, range);

                const expected = new Map(at(given, "now"));
                const count: MergeResult = { applied: 0, superseded: 0, ended: true };
                for (const [one, life] of given) {
                    if (!within(range, one)) continue;
                    const { now, applied, superseded } = merged(life);
                    count.applied += applied;
                    count.superseded += superseded;
                    if (now === 0) expected.delete(one);
                    else expected.set(one, now);
                }
                expect(inOrder(pair.rows("target"))).to.deep.equal(inOrder(expected));
                expect(result).to.deep.equal(count);
                // Merged rows are not found again, whichever side won.
                expect(await merge(pair, range)).to.deep.equal({ applied: 0, superseded: 0, ended: true });
                expect(inOrder(pair.rows("target"))).to.deep.equal(inOrder(expected));
            }),
        );

        for (const autoId of [false, true])
            it(`are all carried over after interrupted passes, for ${dataType} keys that ${autoId ? "the server generates" : "clients set"}`, async function () {
                this.timeout(60_000);
                const fixture = await openFixture();
                const life = fc.record({
                    baseline: version,
                    stages: fc.tuple(version, version, version),
                    own: fc.boolean(),
                });
                const given = fc.uniqueArray(fc.tuple(key, life), {
                    selector: ([one]) => String(one),
                    maxLength: 12,
                });
                const calls = fc.tuple(fc.nat(8), fc.nat(8));
                await fc.assert(
                    fc.asyncProperty(given, calls, async (lives, interruptedAt) => {
                        await rm(journalPath, { force: true });
                        const pair = await Pair.open(fixture, dataType);
                        const rows = (of: (one: (typeof lives)[number][1]) => number): Rows =>
                            new Map(
                                lives.flatMap(([one, life]) => (of(life) === 0 ? [] : [[one, of(life)]])),
                            );
                        await pair.become(
                            "source",
                            rows(({ baseline }) => baseline),
                        );
                        await catchUp(pair, all);
                        for (const [stage, calls] of interruptedAt.entries()) {
                            await pair.become(
                                "source",
                                rows(({ stages }) => stages[stage]!),
                            );
                            const writer = new InterruptedWriter(pair, autoId, calls);
                            // The first pass runs before the cutover, and somebody moves an alias by hand then.
                            const exclusive = stage === 0;
                            await merge(pair, all, { writer, exclusive }).catch((error: unknown) => {
                                if (!writer.isInterrupted) throw error;
                            });
                        }
                        const own = lives.flatMap(([one, life]) => (life.own ? [one] : []));
                        const now = new Map(pair.rows("target"));
                        for (const one of own) now.set(one, 9);
                        await pair.become("target", now);
                        await pair.become(
                            "source",
                            rows(({ stages }) => stages[2]),
                        );
                        const writer = new InterruptedWriter(pair, autoId, Infinity);
                        await merge(pair, all, { writer });
                        const expected = new Map(rows(({ stages }) => stages[2]));
                        for (const one of own) expected.set(one, 9);
                        expect(inOrder(pair.rows("target"))).to.deep.equal(inOrder(expected));
                        expect(await merge(pair, all)).to.deep.include({ applied: 0, superseded: 0 });
                        await pair.close();
                    }),
                    { numRuns: runs(40) },
                );
            });

        it(
            `are the only ones applied in an exclusive pass, for ${dataType} keys`,
            each(30, async (pair, given, range) => {
                await pair.become("source", at(given, "baseline"));
                await pair.become("target", at(given, "baseline"));
                await catchUp(pair, range);
                await pair.become("source", at(given, "old"));
                const changed = [...given].filter(
                    ([one, { baseline, old }]) => within(range, one) && baseline !== old,
                );
                expect(await merge(pair, range, { exclusive: true })).to.deep.equal({
                    applied: changed.length,
                    superseded: 0,
                    ended: true,
                });
                const expected = new Map(at(given, "baseline"));
                for (const [one, { old }] of changed)
                    if (old === 0) expected.delete(one);
                    else expected.set(one, old);
                expect(inOrder(pair.rows("target"))).to.deep.equal(inOrder(expected));
            }),
        );
    }

    it("are found in each pass after the cutover", async () => {
        const pair = await Pair.open(await openFixture(), "Int64");
        await pair.become("source", new Map([[1n, 1]]));
        await catchUp(pair, all);
        for (let pass = 2; pass < 5; pass++) {
            await pair.become(
                "source",
                new Map([
                    [1n, pass],
                    [BigInt(pass), 1],
                ]),
            );
            const { applied } = await merge(pair, all);
            // The row of the previous pass is deleted.
            expect(applied).to.equal(pass === 2 ? 2 : 3);
            expect(inOrder(pair.rows("target"))).to.deep.equal([
                [1n, pass],
                [BigInt(pass), 1],
            ]);
        }
    });

    it("do not include rows that expire in the old collection after the cutover", async () => {
        const pair = await Pair.open(await openFixture(), "Int64");
        const rows = new Map([1n, 2n, 3n, 4n, 5n].map((key) => [key, 1]));
        await pair.become("source", rows);
        await catchUp(pair, all);
        // Rows at the end as well, beyond the last one that the old collection returns.
        await pair.become("source", new Map([[3n, 2]]));
        expect(await merge(pair, all, { expires: true })).to.deep.include({ applied: 1, superseded: 0 });
        expect(inOrder(pair.rows("target"))).to.deep.equal(inOrder(rows.set(3n, 2)));
        expect(await merge(pair, all, { expires: true })).to.deep.include({ applied: 0, superseded: 0 });
        // Before the cutover the new collection has to equal the old one; that is no sign of a writer.
        await pair.become("source", new Map());
        expect(await merge(pair, all, { expires: true, exclusive: true })).to.deep.include({ applied: 0 });
        expect(sorted(pair.rows("target").keys())).to.deep.equal([1n, 2n, 4n, 5n]);
    });

    it("differ from a copy that does not store rows as sent", async () => {
        const pair = await Pair.open(await openFixture(), "VarChar");
        await pair.become(
            "source",
            new Map([
                ["a", 1],
                ["b", 1],
            ]),
        );
        const first: Repairs = new Map();
        await catchUp(pair, all, { repairs: first });
        expect(sorted(first.keys())).to.deep.equal(["a", "b"]);
        // Another version of the same row is a new write.
        await pair.become("source", new Map([["a", 2]]));
        const second: Repairs = new Map();
        expect(await catchUp(pair, all, { before: first, repairs: second })).to.deep.include({
            written: 1,
            deleted: 1,
        });
        await pair.become("target", new Map());
        const error = await failure(catchUp(pair, all, { before: second }));
        expect(error).to.have.property("code", "MV337");
        expect(error.message).to.include('the row with the key "a" still differs');
        // A deleted row that comes back is an error, too.
        await pair.become(
            "target",
            new Map([
                ["a", 2],
                ["b", 1],
            ]),
        );
        expect(await failure(catchUp(pair, all, { before: second }))).to.have.property("code", "MV337");
    });
});
