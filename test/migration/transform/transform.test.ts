import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { mock } from "node:test";

import { expect } from "chai";

import { type Column, columnOf, keysOf, type Page, readPage } from "../../../provider/wire";
import { decodeColumn } from "../../../provider/wire/cell/decode";
import { type Making, loadTransform } from "../../../provider/migration/transform/transform";
import { answer } from "../../wire/support";
import { toFieldData } from "../../support/data/fieldData";

/** A page of rows whose keys are their numbers. */
function pageOf(rows: number): Page {
    const keys = Array.from({ length: rows }, (_, at) => String(at));
    return readPage(answer(toFieldData({ name: "id", dataType: "Int64", isPrimaryKey: true }, keys)));
}

function valuesOf(column: Column, rows: number): number[] {
    const read = decodeColumn(column, rows);
    return Array.from({ length: rows }, (_, row) => Number(read(row)));
}

describe("a transform", () => {
    let folder: string;
    beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "transform-"))));
    afterEach(() => rm(folder, { recursive: true, force: true }));

    const score = { name: "score", dataType: "Int64", nullable: false, hasDefault: false };
    async function load(
        text: string,
        given: Partial<Making> = {},
    ): Promise<(page: Page) => Promise<Column[]>> {
        const module = join(folder, "made.js");
        await writeFile(module, text);
        const compute = await loadTransform({
            module,
            columns: [score],
            batchRows: 256,
            concurrency: 4,
            retries: 2,
            ...given,
        });
        return (page) => compute(page, keysOf(columnOf(page, "id")));
    }
    /** The value that the module has stored under this name, on the global object that it shares with the test. */
    const stored = (name: string) => (globalThis as Record<string, unknown>)[name];

    it("gets batchRows rows per call and returns its rows in the order of the page", async () => {
        const make = await load(
            `globalThis.sizes = [];
             exports.default = async (rows) => {
                 globalThis.sizes.push(rows.length);
                 // The first calls finish last.
                 for (let turn = 0; turn < 100 - Number(rows[0].id); turn++) await null;
                 return rows.map(({ id }) => ({ score: Number(id) * 2 }));
             };`,
            { batchRows: 40 },
        );
        const [column] = await make(pageOf(100));
        expect(stored("sizes")).to.deep.equal([40, 40, 20]);
        expect(valuesOf(column!, 100)).to.deep.equal(Array.from({ length: 100 }, (_, at) => at * 2));
    });

    it("runs at most `concurrency` calls at once over all pages", async () => {
        const make = await load(
            `globalThis.running = 0;
             globalThis.most = 0;
             exports.default = async (rows) => {
                 globalThis.most = Math.max(globalThis.most, ++globalThis.running);
                 for (let turn = 0; turn < 20; turn++) await null;
                 globalThis.running--;
                 return rows.map(() => ({ score: 1 }));
             };`,
            { batchRows: 1, concurrency: 3 },
        );
        await Promise.all([make(pageOf(8)), make(pageOf(8))]);
        expect(stored("most")).to.equal(3);
    });

    const failing = `globalThis.tries = 0;
        exports.default = (rows) => {
            if (++globalThis.tries <= 1) throw new Error("busy");
            return rows.map(() => ({ score: 1 }));
        };`;

    it("is called again after a failure, at most `retries` times", async () => {
        await (
            await load(failing, { retries: 1 })
        )(pageOf(3));
        expect(stored("tries")).to.equal(2);
    });

    it("fails if it does not answer within ten minutes", async () => {
        const make = await load(
            `exports.default = () => { globalThis.asked = true; return new Promise(() => undefined); };`,
            { retries: 0 },
        );
        mock.timers.enable({ apis: ["setTimeout"] });
        try {
            const made = make(pageOf(1)).catch((error: unknown) => (error as Error).message);
            while (stored("asked") !== true) await Promise.resolve();
            mock.timers.tick(10 * 60_000);
            expect(await made).to.include("failed: no answer within 10 minutes");
        } finally {
            mock.timers.reset();
        }
    });

    for (const [returned, message] of [
        ["[]", "got 1 row and returned 0 rows. Return one row for each"],
        ['[{ score: "high" }]', "returned no Int64 for score"],
    ] as const)
        it(`stops the migration without a retry if it returns ${returned}, which does not fit`, async () => {
            const make = await load(`exports.default = () => (${returned});`);
            const failed = await make(pageOf(1)).catch((error: unknown) => error);
            expect(failed).to.have.property("code", "MV339");
            expect((failed as Error).message).to.include(message);
        });

    const vector = { name: "score", dataType: "FloatVector", dim: 2, nullable: false, hasDefault: false };
    for (const [given, returned, message] of [
        [
            vector,
            "id === 7n ? [0, NaN] : [0, 1]",
            "returned no FloatVector for score in the row with the key 7: it returned a list of 2, and the field needs finite components in the range of the type, and component 1 is NaN",
        ],
        [
            vector,
            "id === 7n ? [0] : [0, 1]",
            "the key 7: it returned a list of 1, and the field needs a list",
        ],
        [score, "id > 6n ? undefined : 1", "returned no value for score in the row with the key 7, and"],
        [{ ...score, dataType: "Int8" }, "id === 7n ? 128 : 127", "the key 7: it returned 128, and the"],
    ] as const)
        it(`names the row for which it returns ${returned}`, async () => {
            const make = await load(
                `exports.default = (rows) => rows.map(({ id }) => ({ score: ${returned} }));`,
                { columns: [given], batchRows: 3 },
            );
            const failed = await make(pageOf(10)).catch((error: unknown) => error);
            expect(failed).to.have.property("code", "MV339");
            expect((failed as Error).message).to.include(message);
        });

    it("names the row for which it returns no object", async () => {
        const make = await load(
            `exports.default = (rows) => rows.map(({ id }) => (id === 7n ? null : { score: 1 }));`,
        );
        const failed = await make(pageOf(10)).catch((error: unknown) => error);
        expect(failed).to.have.property("code", "MV339");
        expect((failed as Error).message).to.include("returned null in place of the row with the key 7");
    });

    it("stops the migration and starts no further call after the last retry", async () => {
        const make = await load(failing, { retries: 0, batchRows: 1, concurrency: 1 });
        const failed = await make(pageOf(5)).then(
            () => "succeeded",
            (error: unknown) => (error as Error).message,
        );
        expect(failed).to.match(/made\.js failed: busy \[MV318\]$/);
        expect(stored("tries")).to.equal(1);
    });
});
