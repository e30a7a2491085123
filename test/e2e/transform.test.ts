import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";

import { onStacks, type Open } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectFailure } from "../support/data/site";
import { expectSameColumn, expectSameKeys } from "../support/data/table";
import { before, columnsOf } from "../support/data/story";

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

onStacks("a change of the embedding model", { servers: ["milvus-lite-3.2.2", "milvus-2.3.5"] }, (open) => {
    it("passes 10,000 rows through the program's transform, and carries the rest as it is", async () => {
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
        const bytes = expected.map((vector) => Buffer.from(new Float32Array(vector).buffer).toString("hex"));
        expect(rows.column("vector").map((cell) => cell.replace(/^.*:/, ""))).to.deep.equal(bytes);
    });

    it("is refused without a transform, in the preview already, and nothing is touched", async () => {
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

    it("leaves the old collection serving when the transform fails", async () => {
        const { site, name, collection } = await rowsOf(open, 100);
        await writeFile(
            join(site.dir, "embed.js"),
            'exports.default = () => { throw new Error("no quota"); };',
        );
        await site.declare({
            collections: { [name]: { ...before, fields: wider, migration: { transform: "./embed.js" } } },
        });
        expectFailure(await site.stack.up(), "no quota", "[MV318]");
        expect(await site.collections()).to.deep.equal([collection]);
    });
});
