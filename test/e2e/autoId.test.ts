import { expect } from "chai";

import { expectCarried } from "../support/data/carried";
import { onStacks, type Open } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertRows } from "../support/data/rows";
import { expectFailure } from "../support/data/site";
import { after, before, columnsOf, keyedBy } from "../support/data/exampleCollection";

const [old, next] = [keyedBy(before, { autoId: true }), keyedBy(after, { autoId: true })];

async function withRows(open: Open) {
    const site = await open();
    const name = `${site.prefix}docs`;
    await site.deploy({ collections: { [name]: old } });
    const [collection] = await site.collections();
    const reading = { ...site, collection: collection!, fields: columnsOf(old) };
    await insertRows({ ...reading, count: 2_000 });
    return { site, name, collection: collection!, stored: await readRows(reading) };
}

onStacks("generated keys that the server accepts", { servers: ["milvus-lite-3.2.2"] }, (open) => {
    it("stay with their rows", async () => {
        const { site, name, stored } = await withRows(open);
        await site.deploy({ collections: { [name]: next } });
        const [collection] = await site.collections();
        expectCarried(stored, await readRows({ ...site, collection: collection!, fields: columnsOf(next) }));
    });
});

onStacks("generated keys that the server does not accept", { servers: ["milvus-2.3.5"] }, (open) => {
    it("block the change until the program allows new keys; then every row is carried over", async () => {
        const { site, name, collection, stored } = await withRows(open);
        await site.declare({ collections: { [name]: next } });
        expectFailure(await site.stack.up(), "[MV313]", "primaryKeys");
        expect(await site.collections()).to.deep.equal([collection]);

        await site.deploy({ collections: { [name]: { ...next, migration: { primaryKeys: "regenerate" } } } });
        const [second] = await site.collections();
        const rows = await readRows({ ...site, collection: second!, fields: columnsOf(next) });
        const texts = (table: typeof rows) => [...table.column("text")].sort();
        expect(texts(rows)).to.deep.equal(texts(stored));
        expect(rows.column("id")).to.not.deep.equal(stored.column("id"));
    });
});
