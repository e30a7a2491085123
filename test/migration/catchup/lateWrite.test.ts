import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { BaselineReader, BaselineWriter } from "../../../provider/migration/baseline/baselineFile";
import { sameTarget } from "../baseline/layouts";
import { mergeRange, type MergeResult } from "../../../provider/migration/catchup/mergeRange";
import { RowWriter } from "../../../provider/migration/catchup/rowWriter";
import { type Repairs, syncRange } from "../../../provider/migration/catchup/syncRange";
import { WriteJournal } from "../../../provider/migration/catchup/writeJournal";
import type { Key } from "../../../provider/wire";
import { failure } from "../../fake/failure";
import { type Fixture, openFixture, Pair, rangeOf, type Rows, sorted } from "./pair";

const all = rangeOf(undefined, undefined);
/** Rows of these keys, in version 1 or another. */
const rowsOf = (keys: readonly number[], version = 1): Rows =>
    new Map(keys.map((key) => [BigInt(key), version]));
const upTo = (count: number) => Array.from({ length: count }, (_, key) => key);
const inOrder = (rows: Rows) => sorted(rows.keys()).map((key) => [Number(key), rows.get(key)]);

/** Fails at one of its writes, before or after the server has it. */
class FailingWriter extends RowWriter {
    constructor(
        pair: Pair,
        private left: number,
        private readonly arrives: boolean,
    ) {
        const { key } = pair.comparePair;
        super(pair.endpoint("target"), { key, autoId: false, batchBytes: 1 << 20, lineBreaks: "letter" });
    }

    override async put(...given: Parameters<RowWriter["put"]>): Promise<void> {
        if (this.left-- > 0) return super.put(...given);
        if (this.arrives) await super.put(...given);
        throw new Error("interrupted");
    }
}

describe("a late write", () => {
    let fixture: Fixture;
    let pair: Pair;
    let folder: string;
    let path: string;
    let journalPath: string;

    beforeEach(async () => {
        folder = await mkdtemp(join(tmpdir(), "late-"));
        path = join(folder, "0.base");
        journalPath = join(folder, "0.sent");
        fixture = await openFixture();
        pair = await Pair.open(fixture, "Int64");
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));

    /** Makes both sides hold these rows, which become the baseline. */
    async function identical(rows: Rows): Promise<void> {
        await rm(journalPath, { force: true });
        await pair.become("source", rows);
        await pair.become("target", rows);
        const { comparePair, writer } = pair;
        const baseline = await BaselineWriter.open(path);
        const common = { comparePair, writer, baseline, progress: () => undefined };
        await syncRange({ ...common, before: new Map(), repairs: new Map() }, all);
        await baseline.close();
    }

    interface Given {
        writer?: RowWriter;
        exclusive?: boolean;
        expires?: boolean;
        atOnce?: number;
    }
    async function merge({ writer = pair.writer, ...given }: Given = {}): Promise<MergeResult> {
        const [baseline, next] = [
            await BaselineReader.open(path, sameTarget("Int64")),
            await BaselineWriter.open(path),
        ];
        const journal = await WriteJournal.open(journalPath);
        const { comparePair } = pair;
        const pass = {
            comparePair,
            writer,
            baseline,
            next,
            journal,
            exclusive: false,
            expires: false,
            atOnce: 3,
        };
        try {
            const result = await mergeRange({ ...pass, ...given }, all);
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
    const target = () => inOrder(pair.rows("target"));
    const calls = async (method: string, run: () => Promise<unknown>) => {
        const from = fixture.fake.calls.length;
        await run();
        return fixture.fake.calls.slice(from).filter((call) => call === method).length;
    };

    it("is applied, unless the new collection has its own or the same", async () => {
        await identical(rowsOf(upTo(6)));
        // Kept, changed, deleted, inserted; changed on both sides, in another way and in the same.
        await pair.become("source", new Map([...rowsOf([0]), ...rowsOf([1, 9, 3, 4], 2), ...rowsOf([5])]));
        await pair.become("target", new Map([...rowsOf([0, 1, 2, 5]), ...rowsOf([3], 5), ...rowsOf([4], 2)]));
        expect(await merge()).to.deep.equal({ applied: 3, superseded: 1 + 1, ended: true });
        expect(target()).to.deep.equal([
            [0, 1],
            [1, 2],
            [3, 5],
            [4, 2],
            [5, 1],
            [9, 2],
        ]);
    });

    it("that deletes a row is sent with as many others as are merged at once", async () => {
        await identical(rowsOf(upTo(8)));
        await pair.become("source", rowsOf([7]));
        expect(await calls("Delete", () => merge({ atOnce: 3 }))).to.equal(3);
        expect(target()).to.deep.equal([[7, 1]]);
        await identical(rowsOf(upTo(8)));
        await pair.become("source", new Map());
        expect(await calls("Delete", () => merge({ atOnce: 4 }))).to.equal(2);
    });

    describe("behind a writer that stays ahead", () => {
        const newer = [...upTo(20)].map((key) => key + 10);

        it("is left to the next pass after eight short pages of new rows", async () => {
            await identical(rowsOf([0]));
            await pair.become("source", rowsOf([0, ...newer]));
            fixture.cut([1]);
            const { applied, ended } = await merge();
            expect([applied, ended]).to.deep.equal([8, false]);
            expect(target()).to.have.length(9);
        });

        it("ends no pass among known rows, or before them", async () => {
            await identical(rowsOf([...upTo(9), 99]));
            await pair.become("source", rowsOf([...upTo(9), ...newer, 99]));
            fixture.cut([1]);
            expect(await merge()).to.deep.equal({ applied: 20, superseded: 0, ended: true });
            fixture.cut([1]);
            expect(await merge()).to.deep.equal({ applied: 0, superseded: 0, ended: true });
        });

        it("ends no pass on pages that are full", async () => {
            await identical(rowsOf([0]));
            await pair.become("source", rowsOf([0, ...newer]));
            expect(await merge()).to.deep.equal({ applied: 20, superseded: 0, ended: true });
        });

        it("is not taken for a deleted row where an interrupted pass had sent it", async () => {
            await identical(rowsOf([0]));
            await pair.become("source", rowsOf([0, 99]));
            const writer = new FailingWriter(pair, 0, true);
            expect((await failure(merge({ writer }))).message).to.equal("interrupted");
            expect(target()).to.deep.equal([
                [0, 1],
                [99, 1],
            ]);
            await pair.become("source", rowsOf([0, ...newer, 99]));
            fixture.cut([1]);
            expect(await merge()).to.deep.include({ ended: false });
            expect(pair.rows("target").get(99n)).to.equal(1);
        });
    });

    describe("after an interrupted pass", () => {
        const interrupted = async (writes: number, arrives: boolean, given: Given = {}) => {
            const writer = new FailingWriter(pair, writes, arrives);
            expect((await failure(merge({ ...given, writer, atOnce: 1 }))).message).to.equal("interrupted");
        };

        it("is not applied again if it has arrived", async () => {
            await identical(rowsOf([1, 2]));
            await pair.become("source", rowsOf([1, 2], 2));
            await interrupted(0, true);
            expect(await merge()).to.deep.equal({ applied: 1, superseded: 0, ended: true });
            expect(target()).to.deep.equal(inOrder(rowsOf([1, 2], 2)));
        });

        it("is applied if it has not arrived", async () => {
            await identical(rowsOf([1, 2]));
            await pair.become("source", rowsOf([1, 2], 2));
            await interrupted(0, false);
            expect(await merge()).to.deep.equal({ applied: 2, superseded: 0, ended: true });
            expect(target()).to.deep.equal(inOrder(rowsOf([1, 2], 2)));
        });

        it("replaces what that pass sent, with a newer version or with none", async () => {
            await identical(rowsOf([1, 2]));
            await pair.become("source", new Map([...rowsOf([1, 2], 2), ...rowsOf([3], 2)]));
            await interrupted(2, true);
            await pair.become("source", new Map([...rowsOf([1], 4), ...rowsOf([2])]));
            const { applied, superseded } = await merge();
            expect(superseded).to.equal(0);
            // The third row was new, and is deleted again.
            expect(target()).to.deep.equal([
                [1, 4],
                [2, 1],
            ]);
            expect(applied).to.be.within(2, 3);
        });

        it("does not replace a row that a client has set back since the server acknowledged it", async () => {
            await identical(rowsOf([1, 2]));
            await pair.become("source", rowsOf([1, 2], 2));
            await interrupted(1, false);
            // The first write is acknowledged. A client writes the first version again, now to the new collection.
            await pair.become("target", rowsOf([1, 2]));
            expect(await merge()).to.deep.equal({ applied: 1, superseded: 1, ended: true });
            expect(target()).to.deep.equal([
                [1, 1],
                [2, 2],
            ]);
        });

        it("is applied where that pass had deleted the row to insert it again", async () => {
            /** The server generates keys, so that a row is replaced by two calls; the second one fails. */
            class Halfway extends RowWriter {
                override async put(...[, keys, partition]: Parameters<RowWriter["put"]>): Promise<void> {
                    await this.remove(keys, partition);
                    throw new Error("interrupted");
                }
            }
            const { key } = pair.comparePair;
            const options = { key, autoId: true, batchBytes: 1 << 20, lineBreaks: "letter" as const };
            await identical(rowsOf([1, 2]));
            await pair.become("source", new Map([...rowsOf([1]), ...rowsOf([2], 2)]));
            const halfway = new Halfway(pair.endpoint("target"), options);
            expect((await failure(merge({ writer: halfway }))).message).to.equal("interrupted");
            expect(target()).to.deep.equal([[1, 1]]);
            const writer = new RowWriter(pair.endpoint("target"), options);
            expect(await merge({ writer })).to.deep.equal({ applied: 1, superseded: 0, ended: true });
            expect(target()).to.deep.equal([
                [1, 1],
                [2, 2],
            ]);
        });

        it("is not taken for a deleted row where rows may expire", async () => {
            await identical(rowsOf([0]));
            await pair.become("source", rowsOf([0, 5]));
            await interrupted(0, true);
            await pair.become("source", rowsOf([0]));
            expect(await merge({ expires: true })).to.deep.equal({ applied: 0, superseded: 0, ended: true });
            expect(target()).to.deep.equal([
                [0, 1],
                [5, 1],
            ]);
        });
    });

    describe("before the cutover", () => {
        it("is read again, and is an error if the new collection does not store it as sent", async () => {
            class Deaf extends RowWriter {
                override put(): Promise<void> {
                    return Promise.resolve();
                }
                override remove(): Promise<void> {
                    return Promise.resolve();
                }
            }
            const { key } = pair.comparePair;
            const options = { key, autoId: false, batchBytes: 1 << 20, lineBreaks: "letter" as const };
            const writer = new Deaf(pair.endpoint("target"), options);
            const lost = async (rows: Rows, given: Given) => {
                await identical(rowsOf([1, 2]));
                await pair.become("source", rows);
                const error = await failure(merge({ writer, ...given }));
                return error.message.includes("still differs") && (error as { code?: string }).code;
            };
            expect(await lost(rowsOf([1, 2], 2), { exclusive: true })).to.equal("MV337");
            expect(await lost(rowsOf([1, 2, 3]), { exclusive: true })).to.equal("MV337");
            expect(await lost(rowsOf([1]), { exclusive: true })).to.equal("MV337");
            // After the cutover a client may have changed it in the same moment.
            await identical(rowsOf([1, 2]));
            await pair.become("source", rowsOf([1, 2], 2));
            expect(await merge({ writer })).to.deep.include({ applied: 2, ended: true });
        });

        it("replaces a row whatever the new collection holds, and does not count an expired one", async () => {
            await identical(rowsOf([1, 2, 3]));
            await pair.become("source", rowsOf([1], 2));
            await pair.become("target", rowsOf([1, 2, 3], 5));
            const result = await merge({ exclusive: true, expires: true });
            expect(result).to.deep.equal({ applied: 1, superseded: 0, ended: true });
            expect(target()).to.deep.equal([[1, 2]]);
            await identical(rowsOf([1, 2, 3]));
            await pair.become("source", rowsOf([1], 2));
            expect(await merge({ exclusive: true })).to.deep.include({ applied: 3 });
        });
    });

    it("is counted once in the progress, on every page, and corrected once", async () => {
        fixture.cut([2]);
        await pair.become("source", rowsOf(upTo(7)));
        const done: number[] = [];
        const { comparePair, writer } = pair;
        const sync = async (before: Repairs) => {
            const baseline = await BaselineWriter.open(path);
            const repairs: Repairs = new Map();
            const common = {
                comparePair,
                writer,
                baseline,
                progress: (rows: number) => void done.push(rows),
            };
            const late = await syncRange({ ...common, before, repairs }, all).finally(() => baseline.close());
            return { late, repairs };
        };
        const { late, repairs } = await sync(new Map());
        expect(late).to.deep.equal({ written: 7, deleted: 0 });
        expect(done.reduce((sum, rows) => sum + rows)).to.equal(7);
        // The row of one key is gone again, as if it had not been stored.
        await pair.become("target", rowsOf([0, 1, 2, 3, 4, 5]));
        expect(await failure(sync(repairs))).to.have.property("code", "MV337");
        await pair.become("source", new Map([...rowsOf(upTo(6)), ...rowsOf([6], 2)]));
        expect((await sync(repairs)).late).to.deep.equal({ written: 1, deleted: 0 });
        // The pages of both sides end at different rows.
        fixture.cut([3, 2]);
        done.length = 0;
        expect((await sync(new Map())).late).to.deep.equal({ written: 0, deleted: 0 });
        expect(done.reduce((sum, rows) => sum + rows)).to.equal(7);
    });

    it("that expired is not deleted from the new collection after the cutover", async () => {
        await identical(rowsOf([1, 2, 3]));
        await pair.become("source", rowsOf([2]));
        expect(await merge({ expires: true })).to.deep.equal({ applied: 0, superseded: 0, ended: true });
        expect(target()).to.deep.equal(inOrder(rowsOf([1, 2, 3])));
    });

    it("leaves its current rows to the next pass", async () => {
        await identical(rowsOf([1, 2]));
        await pair.become("source", new Map([...rowsOf([1], 2), ...rowsOf([3])]));
        await merge();
        const reader = await BaselineReader.open(path, sameTarget("Int64"));
        const keys: Key[] = [];
        for (; await reader.fill(); reader.next()) keys.push(reader.key());
        await reader.close();
        expect(keys).to.deep.equal([1n, 3n]);
    });
});
