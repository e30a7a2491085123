import { expect } from "chai";

import type { FieldArguments } from "../support/data/field";
import { onStacks } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectFailure } from "../support/data/site";
import { after, before, columnsOf, keyedBy } from "../support/data/exampleCollection";

const untouched = "no changes made";

onStacks("a change that would lose rows", { cli: ["milvus-lite-3.2.2", "external"] }, (open) => {
    it("is blocked if a new vector field has no value for existing rows", async () => {
        const site = await open();
        const name = `${site.prefix}docs`;
        await site.deploy({ collections: { [name]: before } });
        const [collection] = await site.collections();
        const rows = { ...site, collection: collection!, fields: columnsOf(before) };
        await insertRows({ ...rows, keys: int64Keys(500) });
        const stored = await readRows(rows);

        const image: FieldArguments = { name: "image", dataType: "FloatVector", dim: 4 };
        const fields = [...after.fields, image];
        await site.declare({ collections: { [name]: { ...after, fields } } });
        expectFailure(await site.stack.up(), untouched, `fields[${fields.length - 1}]`, "[MV103]", "[MV313]");
        expect(await site.collections()).to.deep.equal([collection]);
        expect((await readRows(rows)).columns).to.deep.equal(stored.columns);

        // Milvus before 2.4 has one vector a collection.
        if (site.server.name === "milvus-2.3.5") return;
        // With a value for the rows it is a migration like any other.
        image.backfill = [0, 0.5, -1, 3];
        const up = await site.deploy({ collections: { [name]: { ...after, fields } } });
        expect(up.ops.replace).to.equal(1);
    });
});

onStacks(
    "keys that the server makes and does not take",
    // The every-day suite has the same change in autoId.test.ts.
    { servers: ["milvus-2.3.5", "milvus-lite-2.5.1"], fast: [] },
    (open) => {
        it("block a migration until the program allows new keys", async () => {
            const site = await open();
            const name = `${site.prefix}docs`;
            const [old, next] = [keyedBy(before, { autoId: true }), keyedBy(after, { autoId: true })];
            await site.deploy({ collections: { [name]: old } });
            const [collection] = await site.collections();
            const rows = { ...site, collection: collection!, fields: columnsOf(old) };
            await insertRows({ ...rows, count: 500 });
            const stored = await readRows(rows);

            await site.declare({ collections: { [name]: next } });
            expectFailure(
                await site.stack.up(),
                untouched,
                "fields[0].autoId",
                'migration.primaryKeys: "regenerate"',
                "[MV111]",
            );
            expect(await site.collections()).to.deep.equal([collection]);
            expect((await readRows(rows)).columns).to.deep.equal(stored.columns);

            await site.deploy({
                collections: { [name]: { ...next, migration: { primaryKeys: "regenerate" } } },
            });
            const [copy] = await site.collections();
            const carried = await readRows({ ...rows, collection: copy!, fields: columnsOf(next) });
            expect(carried.rows).to.equal(500);
            expect(carried.column("page").toSorted()).to.deep.equal(stored.column("page_num").toSorted());
        });
    },
);
