import { expect } from "chai";

import { BaselineFolder } from "../../../provider/migration/catchup/baselineFolder";
import { mergePass } from "../../../provider/migration/catchup/mergePasses";
import type { Passes } from "../../../provider/migration/catchup/passContext";
import { PendingWrites } from "../../../provider/migration/catchup/pendingWrites";
import { RowWriter } from "../../../provider/migration/catchup/rowWriter";
import { catchUp } from "../../../provider/migration/catchup/syncPasses";
import { splitTailRanges } from "../../../provider/migration/catchup/tailRanges";
import { BlockReader } from "../../../provider/migration/read/blockReader";
import { fullRanges } from "../../../provider/migration/read/endpoint";
import { failure } from "../../fake/failure";
import { type Fixture, openFixture, Pair, rangeOf, type Rows } from "./pair";
import { useTemporaryFolder } from "../../support/temporaryFolder";

const rowsOf = (keys: number, version = 1): Rows =>
    new Map(Array.from({ length: keys }, (_, key) => [BigInt(key), version]));

describe("the passes over a copy", () => {
    useTemporaryFolder();
    let fixture: Fixture;
    let pair: Pair;
    let said: string[];
    beforeEach(async () => {
        fixture = await openFixture();
        pair = await Pair.open(fixture, "Int64");
        said = [];
    });

    async function passes(more: Partial<Passes> = {}): Promise<Passes> {
        const { mapping } = pair;
        const together = { kind: "together" } as const;
        return {
            source: pair.endpoint("source"),
            target: pair.endpoint("target"),
            mapping,
            partitions: together,
            ranges: fullRanges(together, 10),
            batchBytes: 1 << 20,
            folder: await BaselineFolder.create({ owner: "shop/prod/docs", from: "1111111", mapping }),
            report: { say: (line) => void said.push(line), progress: () => undefined },
            ...more,
        };
    }

    /** How many passes found something to put right. */
    const told = () => said.filter((line) => /written to source_\d+ and \d+ deleted/.test(line)).length;

    describe("before the switch", () => {
        it("apply what clients wrote and deleted, once, until one finds nothing", async () => {
            await pair.insert("source", rowsOf(4));
            await pair.insert("target", new Map([...rowsOf(2), [2n, 0], [9n, 1]]));
            const whole = await passes();
            expect(await catchUp(whole, 4)).to.deep.equal({ rows: 4, late: 0, last: [3n] });
            expect(pair.rows("target")).to.deep.equal(rowsOf(4));
            expect(pair.count("target")).to.equal(4);
            expect(told()).to.equal(1);
            expect(said[0]).to.match(/^2 rows written .* 1 deleted/);
            expect(said.at(-1)).to.match(/^verified target_\d+: 4 rows compared value by value/);
        });

        it("know the last key of each range, and none of an empty one", async () => {
            await pair.insert("source", rowsOf(4));
            await pair.insert("target", rowsOf(4));
            const ranges = [rangeOf(undefined, 1n), rangeOf(1n, 8n), rangeOf(8n, undefined)];
            expect(await catchUp(await passes({ ranges }), 4)).to.deep.equal({
                rows: 4,
                late: 0,
                last: [1n, 3n, undefined],
            });
        });

        it("end where a pass finds half as much as the one before or more, and say how much", async () => {
            await pair.insert("source", rowsOf(4));
            let version = 1;
            // Asked before each write: one row is written again in each pass.
            const confirm = () => pair.become("source", new Map([...rowsOf(4), [0n, ++version]]));
            expect(await catchUp(await passes({ confirm }), 4)).to.deep.include({ rows: 4, late: 1 });
            // Four rows, then one, then one again.
            expect(told()).to.equal(3);
        });

        it("end where a pass finds exactly half of what the one before found", async () => {
            await pair.insert("source", rowsOf(2));
            let version = 1;
            const confirm = () => pair.become("source", new Map([...rowsOf(2), [0n, ++version]]));
            expect(await catchUp(await passes({ confirm }), 2)).to.deep.include({ rows: 2, late: 1 });
            expect(told()).to.equal(2);
        });

        it("refuse a copy that counts fewer or more rows than expected", async () => {
            await pair.insert("source", rowsOf(3));
            await pair.insert("target", new Map([[0n, 0]]));
            await pair.insert("target", rowsOf(3));
            const more = await failure(catchUp(await passes(), 3));
            expect(more).to.have.property("code", "MV308");
            expect(more.message).to.include("counts 4 rows, and 3 are expected");

            await pair.become("target", new Map());
            await pair.insert("target", rowsOf(3));
            const fewer = await failure(catchUp(await losing(), 3));
            expect(fewer).to.have.property("code", "MV308");
            expect(fewer.message).to.include("counts 2 rows, and 3 are expected");
        });

        it("count older versions of a key in a copy with rows of its own, but no shortfall", async () => {
            const targetOnly = { columns: [], dynamic: false };
            const mapping = { ...pair.mapping, targetOnly };
            await pair.insert("source", rowsOf(3));
            await pair.insert("target", new Map([[0n, 0]]));
            await pair.insert("target", rowsOf(3));
            expect(await catchUp(await passes({ mapping }), 3)).to.deep.include({ rows: 3, late: 0 });

            await pair.become("target", new Map());
            await pair.insert("target", rowsOf(3));
            const fewer = await failure(catchUp({ ...(await losing()), mapping }, 3));
            expect(fewer).to.have.property("code", "MV308");
        });

        /** A target that loses a row once it was compared. */
        async function losing(): Promise<Passes> {
            const stored = fixture.fake.collections().find(({ name }) => name.startsWith("target"))!;
            const progress = () => {
                const there = stored.rows.filter(({ deleted }) => !deleted);
                if (there.length === 3) there[0]!.deleted = 1n;
            };
            return passes({ report: { say: () => undefined, progress } });
        }

        it("do not take another row of a key that was inserted twice for a write", async () => {
            await pair.insert("source", rowsOf(4));
            await pair.insert(
                "source",
                new Map([
                    [1n, 2],
                    [2n, 2],
                ]),
            );
            await pair.insert("target", new Map([...rowsOf(4), [3n, 7]]));
            expect(await catchUp(await passes({ duplicates: 2 }), 4)).to.deep.include({ rows: 4 });
            const { name } = pair.endpoint("source").ref;
            expect(said.slice(0, 2)).to.deep.equal([
                `1 row written to ${name} and 0 deleted from it during the migration were carried over`,
                `${name}: 2 keys were inserted more than once, and queries returned another of their rows than before; the copy has the row returned last`,
            ]);
        });

        it("leave no baseline where one fails", async () => {
            await pair.insert("source", rowsOf(3));
            const failing = await passes({ confirm: () => Promise.reject(new Error("another run")) });
            expect((await failure(catchUp(failing, 3))).message).to.equal("another run");
            expect(await failure(failing.folder.read(0))).to.be.instanceOf(Error);
        });
    });

    describe("after the switch", () => {
        /** Passes whose baseline is what both sides hold, the keys beyond the last one in a range of their own. */
        async function caughtUp(rows: Rows): Promise<Passes> {
            await pair.insert("source", rows);
            await pair.insert("target", rows);
            const made = await passes();
            const { last } = await catchUp(made, rows.size);
            made.ranges = await splitTailRanges(made.ranges, last, made.folder);
            said = [];
            return made;
        }

        it("send each late write once, and none again in the next pass", async () => {
            const made = await caughtUp(rowsOf(4));
            await pair.become("source", new Map([...rowsOf(3), [1n, 2], [7n, 1]]));
            const { calls } = fixture.fake;
            const sent = async () => {
                const from = calls.length;
                const { applied } = await mergePass(made, "tail ranges first");
                const own = calls.slice(from);
                const count = (method: string) => own.filter((call) => call === method).length;
                return { applied, put: count("Upsert") + count("Insert"), removed: count("Delete") };
            };
            // One row in each of both ranges, and one deletion.
            expect(await sent()).to.deep.equal({ applied: 3, put: 2, removed: 1 });
            expect(pair.count("target")).to.equal(4);
            expect(said)
                .to.have.length(1)
                .and.have.property("0")
                .that.matches(/^3 late writes/);
            expect(await sent()).to.deep.equal({ applied: 0, put: 0, removed: 0 });
            expect(said).to.have.length(1);
            await made.folder.remove();
        });

        it("leave the tail ranges to their turn", async () => {
            const made = await caughtUp(rowsOf(4));
            expect(made.ranges).to.have.length(2);
            await pair.become("source", new Map([...rowsOf(4), [1n, 2], [7n, 1]]));
            expect(await mergePass(made, "tail ranges alone", true)).to.deep.include({ applied: 1 });
            expect(pair.rows("target")).to.deep.equal(new Map([...rowsOf(4), [7n, 1]]));
            expect(await mergePass(made, "tail ranges last", true)).to.deep.include({ applied: 1 });
            expect(pair.rows("target")).to.deep.equal(new Map([...rowsOf(4), [1n, 2], [7n, 1]]));
        });

        it("leave the next pass over the tail ranges only what is newer", async () => {
            const made = await caughtUp(rowsOf(4));
            const read: string[] = [];
            const { client } = made.source;
            const source = Object.create(client) as typeof client;
            source.send = (path, request, what, options) => {
                read.push(
                    ...(Buffer.from(request)
                        .toString("latin1")
                        .match(/id > -?\d+/g) ?? []),
                );
                return client.send(path, request, what, options);
            };
            made.source = { ...made.source, client: source };
            const rows = new Map(rowsOf(4));
            for (const [key, after] of [
                [7n, ["id > 3", "id > 7"]],
                [9n, ["id > 7", "id > 9"]],
                [12n, ["id > 9", "id > 12"]],
            ] as const) {
                await pair.become("source", rows.set(key, 1));
                expect(await mergePass(made, "tail ranges alone", true)).to.deep.include({ applied: 1 });
                expect(read.splice(0)).to.deep.equal(after);
            }
            // A row that moved out of the tail ranges is still merged, and so is one that was deleted meanwhile.
            await pair.become("source", new Map([...rowsOf(4), [7n, 2], [12n, 1], [13n, 1]]));
            expect(await mergePass(made, "tail ranges first")).to.deep.include({ applied: 3, superseded: 0 });
            expect(pair.rows("target")).to.deep.equal(pair.rows("source"));
            await made.folder.remove();
        });

        it("send new rows before changed ones", async () => {
            const made = await caughtUp(rowsOf(4));
            await pair.become("source", new Map([...rowsOf(4), [1n, 2], [2n, 2], [-5n, 1], [3n, 2]]));
            made.ranges = [{ ...made.ranges[0]!, upTo: undefined }];
            let writes = 0;
            made.confirm = () =>
                writes++ === 0 ? Promise.resolve() : Promise.reject(new Error("interrupted"));
            expect((await failure(mergePass(made, "tail ranges last"))).message).to.equal("interrupted");
            expect(pair.rows("target")).to.deep.equal(new Map([...rowsOf(4), [-5n, 1]]));
        });

        it("leave rows alone that clients have written to the new collection", async () => {
            const made = await caughtUp(rowsOf(4));
            await pair.become("source", new Map([...rowsOf(4), [1n, 2], [2n, 2]]));
            await pair.become("target", new Map([...rowsOf(4), [1n, 5]]));
            expect(await mergePass(made, "tail ranges first")).to.deep.equal({
                applied: 1,
                superseded: 1,
                ended: true,
            });
            expect(pair.rows("target").get(1n)).to.equal(5);
            expect(said[0]).to.include("1 late writes").and.include("1 rows keep a newer write to the new");
        });
    });
});

describe("the writer of a copy", () => {
    it("puts a row whose key the server makes once, in the place of the one that is there", async () => {
        const pair = await Pair.open(await openFixture(), "Int64");
        await pair.insert("source", rowsOf(3));
        await pair.insert("target", rowsOf(2, 0));
        const { comparePair } = pair;
        const writer = new RowWriter(pair.endpoint("target"), {
            key: comparePair.key,
            autoId: true,
            batchBytes: 1 << 20,
            lineBreaks: "letter",
        });
        expect(writer.deletesFirst).to.equal(true);
        expect(pair.writer.deletesFirst).to.equal(false);
        const { source, key, batchBytes, map } = comparePair;
        const reader = new BlockReader(source, key, rangeOf(undefined, undefined), batchBytes, map);
        const block = (await reader.fill())!;
        const pending = new PendingWrites();
        for (let row = 0; row < block.rows; row++) pending.put(block, row);
        await pending.send(writer, undefined);
        // What was sent is forgotten.
        await pending.send(writer, undefined);
        expect(pair.count("target")).to.equal(3);
        expect(pair.rows("target")).to.deep.equal(rowsOf(3));
    });
});
