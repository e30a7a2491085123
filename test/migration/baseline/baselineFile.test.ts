import { existsSync } from "node:fs";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import fc from "fast-check";

import { compareKeys, type Key, type Keys, keysOf, readPage, type RowHashes } from "../../../provider/wire";
import { BaselineReader, BaselineWriter } from "../../../provider/migration/baseline/baselineFile";
import { sameTarget } from "./layouts";
import { hashText, type HashText } from "../../../provider/migration/read/rowHash";
import { RunError } from "../../../provider/migration/errors";
import { answer } from "../../wire/support";
import { runs } from "../../support/tier";
import { anyText } from "../../support/random/text";

interface Row {
    key: Key;
    words: [number, number, number, number];
}

const MEBIBYTE = 1 << 20;

/** The keys and hashes of rows, as a page of a server has them. */
function pageOf(rows: readonly Row[]): { keys: Keys; hashes: RowHashes } {
    const data = rows.map(({ key }) => String(key));
    const long = typeof rows[0]?.key === "bigint";
    const scalars = long ? { long_data: { data } } : { string_data: { data } };
    const column = { type: long ? "Int64" : "VarChar", field_name: "id", scalars };
    const words = Uint32Array.from(rows.flatMap((row) => row.words));
    return {
        keys: keysOf(readPage(answer(column)).columns[0]!),
        hashes: { rows: rows.length, words },
    };
}

async function write(path: string, rows: readonly Row[], pageRows: number): Promise<BaselineWriter> {
    const writer = await BaselineWriter.open(path);
    for (let from = 0; from < rows.length; from += pageRows) {
        const page = rows.slice(from, from + pageRows);
        const { keys, hashes } = pageOf(page);
        const half = page.length >> 1;
        writer.append(keys, hashes, 0, half);
        writer.append(keys, hashes, half, page.length);
        if (from % 2 === 0) await writer.drain();
    }
    return writer;
}

async function read(path: string, dataType: "Int64" | "VarChar"): Promise<[Key, HashText][]> {
    const reader = await BaselineReader.open(path, sameTarget(dataType));
    const rows: [Key, HashText][] = [];
    for (; reader.ready || (await reader.fill()); reader.next()) rows.push([reader.key(), reader.hash()]);
    await reader.close();
    return rows;
}

function expected(rows: readonly Row[]): [Key, HashText][] {
    return rows.map(({ key, words }) => [key, hashText({ rows: 1, words: Uint32Array.from(words) }, 0)]);
}

const word = fc.nat(0xffff_ffff);
const rowsOf = (key: fc.Arbitrary<Key>) =>
    fc
        .uniqueArray(fc.record({ key, words: fc.tuple(word, word, word, word) }), {
            selector: ({ key: one }) => one,
            maxLength: 60,
        })
        .map((rows) => rows.sort((a, b) => compareKeys(a.key, b.key)));
const longs = rowsOf(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }));
const texts = rowsOf(
    fc.oneof(
        { weight: 9, arbitrary: anyText() },
        fc.constant(""),
        // As long as a VarChar may be: some are larger than the file's chunk of 1 MiB.
        fc
            .tuple(anyText({ minLength: 1, maxLength: 1 }), fc.integer({ min: 1, max: 16_000 }))
            .map(([letter, times]) => letter.repeat(times)),
    ),
);
const row = (key: Key, seed: number): Row => ({ key, words: [seed, ~seed >>> 0, seed * 7, 0xffff_ffff] });

describe("the baseline file of a range", () => {
    let folder: string;
    let path: string;
    beforeEach(async () => {
        folder = await mkdtemp(join(tmpdir(), "base-"));
        path = join(folder, "0.base");
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));

    for (const [dataType, rows] of [
        ["Int64", longs],
        ["VarChar", texts],
    ] as const)
        it(`is read as written, for any ${dataType} keys and pages`, () =>
            fc.assert(
                fc.asyncProperty(rows, fc.integer({ min: 1, max: 70 }), async (given, pageRows) => {
                    const writer = await write(path, given, pageRows);
                    await writer.close();
                    expect(writer.last).to.equal(given.at(-1)?.key);
                    expect(await read(path, dataType)).to.deep.equal(expected(given));
                }),
            ));

    it("holds all rows over several chunks of the file", async () => {
        const many = Array.from({ length: 120_000 }, (_, at) => row(BigInt(at) - 60_000n, at));
        const long = Array.from({ length: 90 }, (_, at) => row(String(at).padStart(40_000, "0"), at));
        for (const [dataType, rows] of [
            ["Int64", many],
            ["VarChar", long],
        ] as const) {
            expect(rows.length * (dataType === "Int64" ? 24 : 40_020)).to.be.greaterThan(2 * MEBIBYTE);
            await (await write(path, rows, 16_384)).close();
            expect(await read(path, dataType)).to.deep.equal(expected(rows));
        }
    });

    it("compares its rows with those of a page in the server's order of keys", () =>
        fc.assert(
            fc.asyncProperty(fc.oneof(longs, texts), fc.nat(), async (rows, at) => {
                if (rows.length === 0) return;
                const { keys, hashes } = pageOf(rows);
                await (await write(path, [rows[at % rows.length]!], 1)).close();
                const reader = await BaselineReader.open(path, sameTarget(keys.kind));
                expect(await reader.fill()).to.equal(true);
                for (const [place, { key }] of rows.entries()) {
                    expect(reader.hasSameHash(hashes, place)).to.equal(
                        reader.hash() === hashText(hashes, place),
                    );
                    expect(Math.sign(reader.compare(keys, place))).to.equal(compareKeys(reader.key(), key));
                }
                await reader.close();
            }),
            { numRuns: runs(30) },
        ));

    it("stays unchanged if the next version is abandoned", async () => {
        const rows = [row(1n, 1), row(2n, 2)];
        await (await write(path, rows, 2)).close();
        const next = await write(path, [row(3n, 3)], 1);
        await next.drain();
        expect(await read(path, "Int64")).to.deep.equal(expected(rows));
        await next.abandon();
        expect(await read(path, "Int64")).to.deep.equal(expected(rows));
        await (await write(path, [row(4n, 4)], 1)).close();
        expect(await read(path, "Int64")).to.deep.equal(expected([row(4n, 4)]));
    });

    it("has no file before it is complete", async () => {
        const writer = await write(path, [row(1n, 1)], 1);
        await writer.drain();
        expect(existsSync(path)).to.equal(false);
        await writer.close();
        expect(existsSync(path)).to.equal(true);
    });

    it("reports a full disk, and names TMPDIR", async function () {
        // The device of Linux that is always full.
        if (!existsSync("/dev/full")) return this.skip();
        await symlink("/dev/full", `${path}.part`);
        const writer = await write(path, [row(1n, 1)], 1);
        const failure = await writer.close().catch((error: unknown) => error);
        await writer.abandon();
        expect(failure).to.be.instanceOf(RunError).with.property("code", "MV319");
        expect((failure as Error).message)
            .to.include(`${path}: the row hashes cannot be stored: no space is left on the disk`)
            .and.include("Nothing was dropped")
            .and.include("TMPDIR");
    });

    it("reports other errors of the disk", async () => {
        for (const attempt of [
            () => BaselineWriter.open(join(folder, "nowhere", "0.base")),
            () => BaselineReader.open(path, sameTarget("Int64")),
        ]) {
            const failure = await attempt().then(
                () => undefined,
                (error: unknown) => error,
            );
            expect(failure).to.be.instanceOf(RunError).with.property("code", "MV319");
            expect((failure as Error).message).to.include("ENOENT");
        }
    });
});
