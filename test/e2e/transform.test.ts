import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";

import { countRows } from "../../provider/milvus/rows/rows";
import { onStacks, type Open } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectFailure, expectOk } from "../support/data/site";
import { expectSameColumn, expectSameKeys } from "../support/data/table";
import { before, columnsOf } from "../support/data/exampleCollection";

/** Another embedding model: vectors of 16 dimensions, the first of which is the length of the text. */
const embed = `exports.default = async (rows) => rows.map(({ text }) => ({
    vector: Array.from({ length: 16 }, (_, place) => (place === 0 ? text.length : place)),
}));
`;

const wider = before.fields.map((field) => (field.name === "vector" ? { ...field, dim: 16 } : field));

async function rowsOf(open: Open, count: number) {
    const site = await open();
    const name = `${site.prefix}docs`;
    await site.deploy({ collections: { [name]: before } });
    const [collection] = await site.collections();
    const reading = { ...site, collection: collection!, fields: columnsOf(before) };
    await insertRows({ ...reading, keys: int64Keys(count) });
    return { site, name, collection: collection!, stored: await readRows(reading) };
}

onStacks(
    "a change of the embedding model",
    { servers: ["milvus-lite-3.2.2", "milvus-2.3.5"], fast: ["milvus-lite-3.2.2"], fastTests: 1 },
    (open) => {
        it("passes 10,000 rows through the transform of the program and carries the other values unchanged", async () => {
            const { site, name, stored } = await rowsOf(open, 10_000);
            await writeFile(join(site.dir, "embed.js"), embed);
            const transform = { module: "./embed.js", batchRows: 1_000, concurrency: 2 };
            const changed = { ...before, fields: wider, migration: { transform } };
            const up = await site.deploy({ collections: { [name]: changed } });
            const [collection] = await site.collections();
            expect(up.output)
                .to.include(`verified ${collection}: 10,000 rows compared value by value`)
                .and.include("not compared: vector (made by the transform)");
            const rows = await readRows({ ...site, collection: collection!, fields: columnsOf(changed) });
            expectSameKeys(stored, rows);
            for (const { name: field } of columnsOf(before))
                if (field !== "vector") expectSameColumn(stored, field, rows);
            const lengths = stored.column("text").map((text) => text.length);
            const expected = lengths.map((length) =>
                Array.from({ length: 16 }, (_, place) => (place === 0 ? length : place)),
            );
            const bytes = expected.map((vector) =>
                Buffer.from(new Float32Array(vector).buffer).toString("hex"),
            );
            expect(rows.column("vector").map((cell) => cell.replace(/^.*:/, ""))).to.deep.equal(bytes);
        });

        it("is blocked without a transform, and the preview says so", async () => {
            const { site, name, collection } = await rowsOf(open, 100);
            await site.declare({ collections: { [name]: { ...before, fields: wider } } });
            const preview = await site.stack.preview();
            expect(preview.ok, preview.output).to.equal(true);
            expect(preview.output)
                .to.match(/transform/)
                .and.match(/\[MV106\]/);
            expectFailure(await site.stack.up(), "[MV313]", "[MV106]");
            expect(await site.collections()).to.deep.equal([collection]);
        });

        for (const [next, note] of [
            ["the next run keeps the computed rows", "// first"],
            ["another text of the module computes all rows again", "// second"],
        ] as const)
            it(`keeps the old collection serving when the transform fails, and ${next}`, async () => {
                const rows = 4_000;
                const { site, name, collection } = await rowsOf(open, rows);
                const file = (its: string) => join(site.dir, its);
                // Its results cost money: it counts the rows that it gets, and has a quota as long as a file exists.
                const text = (first: string) => `${first}
                    const fs = require("node:fs");
                    exports.default = (rows) => {
                        fs.appendFileSync("made", "+".repeat(rows.length));
                        if (fs.existsSync("quota") && fs.statSync("made").size > 3_000) throw new Error("no quota");
                        return rows.map(() => ({ vector: Array(16).fill(1) }));
                    };`;
                const made = async () => (await readFile(file("made"), "utf8")).length;
                const declare = (retries: number) => {
                    const transform = { module: "./embed.js", batchRows: 50, concurrency: 1, retries };
                    const migration = { transform, batchBytes: 65_536 };
                    return site.declare({
                        collections: { [name]: { ...before, fields: wider, migration } },
                    });
                };
                await writeFile(file("embed.js"), text("// first"));
                await writeFile(file("quota"), "");
                await declare(0);
                expectFailure(await site.stack.up(), "no quota", "[MV318]");
                expect(await site.collections())
                    .to.include(collection)
                    .and.to.have.length(2);
                const first = await made();
                const copies = await site.collections();
                // As in a pipeline that has not built the module yet: the computed rows are kept.
                await rm(file("embed.js"));
                expectFailure(await site.stack.up(), "embed.js cannot be loaded", "[MV338]");
                expect(await site.collections()).to.deep.equal(copies);

                await writeFile(file("embed.js"), text(note));
                await rm(file("quota"));
                await declare(3);
                expectOk(await site.stack.up());
                const again = (await made()) - rows;
                if (note === "// second") expect(again).to.equal(first);
                // The pages that were under way: one on its way to the server and one behind it, in each of four ranges.
                else expect(again, `of ${first} rows`).to.be.lessThan(first / 2);
                const left = await site.collections();
                expect(left).to.have.length(1).and.to.not.include(collection);
                expect(await countRows(site.client, { database: undefined, name: left[0]! })).to.equal(rows);
            });

        it("fails before anything is created if there is no module", async () => {
            const { site, name, collection } = await rowsOf(open, 100);
            await site.declare({
                collections: { [name]: { ...before, fields: wider, migration: { transform: "./none.js" } } },
            });
            const failed = await site.stack.up();
            expectFailure(failed, "./none.js cannot be loaded", "[MV338]");
            expect(failed.output).to.not.include("is kept; the next `pulumi up` resumes the copy");
            expect(await site.collections()).to.deep.equal([collection]);
        });
    },
);
