import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import fc from "fast-check";

import type { MilvusClient } from "../../../provider/milvus/transport/client";
import { BaselineFolder } from "../../../provider/migration/catchup/baselineFolder";
import { mergePass } from "../../../provider/migration/catchup/mergePasses";
import type { Passes } from "../../../provider/migration/catchup/passContext";
import { catchUpRecorded } from "../../../provider/migration/catchup/recordedPasses";
import type { Key } from "../../../provider/wire";
import { failure } from "../../fake/failure";
import { runs } from "../../support/tier";
import type { Made } from "./pairRows";
import { openFixture, Pair, rangeOf, type Rows } from "./pair";

/** A key's versions: one digit is carried over, the tens are only read by the transform; 0 stands for no row. */
const version = fc.constantFrom(0, 1, 1, 2, 11, 12, 21);
// Under a new key, a row that is deleted and inserted again is another row: its key cannot say what a client did to it.
const life = fc
    .record({ stages: fc.tuple(version, version, version, version), own: fc.boolean() })
    .map(({ stages, own }) => ({ stages, own: own && stages[2] !== 0 }));
const lives = fc.array(life, { minLength: 1, maxLength: 10 });
/** What the client of the new collection writes. */
const OWN = 9;

/** The rows of a stage. The hundreds of a version tell its key, because the copy may have another one. */
const rowsOf = (all: readonly { stages: readonly number[] }[], stage: number): Rows =>
    new Map(
        all.flatMap(({ stages }, at): [Key, number][] =>
            stages[stage] === 0 ? [] : [[BigInt(at), at * 100 + stages[stage]!]],
        ),
    );

const versionsOf = (rows: Rows) => [...rows.values()].sort((a, b) => a - b);

/** A client whose writes arrive or not, and whose answers are lost, from a call on. */
function interrupted(client: MilvusClient, calls: number): MilvusClient {
    let left = calls;
    const send: MilvusClient["send"] = async (path, ...rest) => {
        if (!/(Insert|Upsert|Delete)$/.test(path)) return client.send(path, ...rest);
        if (left-- <= 0) throw new Error("interrupted");
        const answer = await client.send(path, ...rest);
        if (left-- <= 0) throw new Error("interrupted");
        return answer;
    };
    return Object.assign(Object.create(client) as MilvusClient, { send });
}

describe("late writes where the source does not tell what the copy holds", () => {
    let folder: string;
    let computed: string;
    before(async () => {
        folder = await mkdtemp(join(tmpdir(), "own-"));
        computed = join(folder, "nonce.cjs");
        // The first component is what it read; the second one differs in every call.
        const text =
            "let n = 0; module.exports = (rows) => rows.map(({ vector }) => ({ vector: [vector[0], ++n] }));";
        await writeFile(computed, text);
    });
    after(() => rm(folder, { recursive: true, force: true }));

    async function passesOf(pair: Pair): Promise<Passes> {
        const { mapping } = pair;
        const baselines = await BaselineFolder.create({ owner: `own/${folder}`, from: "0", mapping });
        await baselines.writeEmpty(0);
        return {
            source: pair.endpoint("source"),
            target: pair.endpoint("target"),
            mapping,
            partitions: { kind: "together" },
            ranges: [rangeOf(undefined, undefined)],
            batchBytes: 400,
            folder: baselines,
            report: { say: () => undefined, progress: () => undefined },
        };
    }

    const kinds: [string, () => Made][] = [
        ["a transform", () => ({ computed })],
        ["generated keys", () => ({ rekeyed: true })],
        ["a transform and generated keys", () => ({ computed, rekeyed: true })],
    ];
    for (const [title, made] of kinds) {
        it(`are carried over with ${title}, after interrupted passes, and leave other rows as they are`, async function () {
            this.timeout(120_000);
            const fixture = await openFixture();
            const calls = fc.tuple(fc.nat(12), fc.nat(12));
            await fc.assert(
                fc.asyncProperty(lives, calls, async (all, [first, second]) => {
                    const pair = await Pair.open(fixture, "Int64", made());
                    const passes = await passesOf(pair);
                    const { target } = passes;
                    const cut = async (calls: number, exclusive: boolean) => {
                        passes.target = { ...target, client: interrupted(target.client, calls) };
                        await mergePass(passes, "tail ranges last", exclusive).catch((error: unknown) => {
                            if ((error as Error).message !== "interrupted") throw error;
                        });
                        passes.target = target;
                    };
                    await pair.become("source", rowsOf(all, 0));
                    await cut(first, true);
                    await pair.become("source", rowsOf(all, 1));
                    await catchUpRecorded(passes, 0);
                    expect(versionsOf(pair.rows("target"))).to.deep.equal(versionsOf(rowsOf(all, 1)));

                    const before = pair.nonces();
                    const owned = new Map<Key, number>();
                    for (const [key, version] of pair.rows("target"))
                        if (all[Math.floor(version / 100)]!.own)
                            owned.set(key, Math.floor(version / 100) * 100 + OWN);
                    await pair.become("target", new Map([...pair.rows("target"), ...owned]));
                    await pair.become("source", rowsOf(all, 2));
                    await cut(second, false);
                    await pair.become("source", rowsOf(all, 3));
                    await mergePass(passes, "tail ranges last");
                    const expected = new Map(rowsOf(all, 3));
                    for (const own of owned.values()) expected.set(BigInt(Math.floor(own / 100)), own);
                    expect(versionsOf(pair.rows("target"))).to.deep.equal(versionsOf(expected));
                    for (const [version, nonce] of before) {
                        const { stages, own } = all[Math.floor(version / 100)]!;
                        if (!own && stages[1] === stages[2] && stages[2] === stages[3])
                            expect(pair.nonces().get(version), "the first value of a row").to.equal(nonce);
                    }
                    expect(await mergePass(passes, "tail ranges last")).to.deep.equal({
                        applied: 0,
                        superseded: 0,
                        ended: true,
                    });
                    await passes.folder.remove();
                    await pair.close();
                }),
                { numRuns: runs(30) },
            );
        });
    }

    it("are not computed by another text of the module", async () => {
        const pair = await Pair.open(await openFixture(), "Int64", { computed });
        const passes = { ...(await passesOf(pair)), moduleVersion: "of another text" };
        expect(await mergePass(passes, "tail ranges last")).to.deep.include({ applied: 0 });
        await pair.become("source", new Map([[1n, 1]]));
        const refused = await failure(mergePass(passes, "tail ranges last"));
        expect(refused).to.have.property("code", "MV396");
        expect(refused.message).to.include("Put that version of the module back");
    });

    describe("under generated keys, where the answer of an insert was lost", () => {
        async function lost(calls: number): Promise<{ pair: Pair; passes: Passes; said: string[] }> {
            const pair = await Pair.open(await openFixture(), "Int64", { rekeyed: true });
            const said: string[] = [];
            const report = { say: (line: string) => void said.push(line), progress: () => undefined };
            const passes = { ...(await passesOf(pair)), report };
            await pair.become("source", new Map([[1n, 101]]));
            const { target } = passes;
            passes.target = { ...target, client: interrupted(target.client, calls) };
            expect((await failure(mergePass(passes, "tail ranges last"))).message).to.equal("interrupted");
            passes.target = target;
            return { pair, passes, said };
        }

        it("take the row that has their values", async () => {
            const { pair, passes, said } = await lost(1);
            const there = pair.rows("target");
            await mergePass(passes, "tail ranges last");
            expect(pair.rows("target")).to.deep.equal(there);
            expect([...there.values()]).to.deep.equal([101]);
            // Its key is known from now on.
            await pair.become("source", new Map([[1n, 102]]));
            await mergePass(passes, "tail ranges last");
            expect([...pair.rows("target").values()]).to.deep.equal([102]);
            expect(said.join()).to.not.include("warning");
        });

        it("are inserted again where no row has their values, and a line names them", async () => {
            const { pair, passes, said } = await lost(0);
            await mergePass(passes, "tail ranges last");
            expect([...pair.rows("target").values()]).to.deep.equal([101]);
            expect(said[0]).to.match(/^warning: 1 row inserted again \(1\)/);
        });

        it("keep both collections where more rows have their values", async () => {
            const { pair, passes } = await lost(1);
            await pair.insert("target", new Map([[1n, 101]]));
            const refused = await failure(mergePass(passes, "tail ranges last"));
            expect(refused).to.have.property("code", "MV397");
            expect(refused.message).to.match(
                /may have inserted 1 row of \S+ \(1\), and the values are those of 2 rows/,
            );
        });
    });

    it("include rows that the copy holds otherwise than it recorded, or that it did not record", async () => {
        const pair = await Pair.open(await openFixture(), "Int64", { computed });
        const passes = await passesOf(pair);
        const rows = new Map([1n, 2n, 3n, 4n].map((key) => [key, Number(key) * 100 + 1]));
        await pair.become("source", rows);
        await catchUpRecorded(passes, 0);
        const before = pair.nonces();
        // What an interrupted run may leave before the cutover: other, missing and unknown rows.
        await pair.become("target", new Map([...pair.rows("target"), [2n, 211], [9n, 901]]));
        await pair.become("target", new Map([...pair.rows("target")].filter(([key]) => key !== 3n)));
        const { last } = await catchUpRecorded(passes, 0);
        expect(last).to.deep.equal([4n]);
        expect(new Map(pair.rows("target"))).to.deep.equal(rows);
        for (const version of [101, 401]) expect(pair.nonces().get(version)).to.equal(before.get(version));
        for (const version of [201, 301]) expect(pair.nonces().get(version)).to.be.greaterThan(0);
    });
});
