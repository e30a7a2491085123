import { expect } from "chai";

import { listCollections } from "../../provider/milvus/collections";
import { expectCarried } from "../support/data/carried";
import { onStacks } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import { after, before, columnsOf } from "../support/data/story";

onStacks("a collection in a database of its own", { needs: ["databases", "rename"] }, (open) => {
    for (const named of [false, true])
        it(`${named ? "keeps its name" : "gets a new name"} there, and no other database is touched`, async () => {
            const site = await open();
            const database = `${site.prefix}db`;
            await site.client.call("CreateDatabase", { db_name: database });
            const logical = `${site.prefix}docs`;
            const where = { database, ...(named && { name: logical }) };
            await site.deploy({ collections: { [logical]: { ...before, ...where } } });
            const [first] = await listCollections(site.client, database);
            const keys = int64Keys(600);
            const rows = { client: site.client, database, collection: first!, fields: columnsOf(before) };
            await insertRows({ ...rows, keys });
            const stored = await readRows(rows);

            await site.deploy({ collections: { [logical]: { ...after, ...where } } });
            const [second, ...others] = await listCollections(site.client, database);
            expect(others).to.deep.equal([]);
            expect(second === first).to.equal(named);
            expect(await site.collections(), "the default database").to.deep.equal([]);
            expectCarried(stored, await readRows({ ...rows, collection: second!, fields: columnsOf(after) }));
            expect((await site.stack.destroy()).ok).to.equal(true);
            expect(await listCollections(site.client, database)).to.deep.equal([]);
            await site.client.call("DropDatabase", { db_name: database });
        });
});
