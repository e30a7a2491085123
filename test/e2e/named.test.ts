import { expect } from "chai";

import { createAlias } from "../../provider/milvus/collection/aliases";
import { expectCarried } from "../support/data/carried";
import { onStacks } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectFailure } from "../support/data/site";
import { after, before, columnsOf } from "../support/data/exampleCollection";

onStacks(
    "a collection with a name of its own",
    { needs: ["rename"], cli: ["milvus-lite-3.2.2", "external"] },
    (open) => {
        it("keeps the name and its aliases while the schema changes under the rows", async () => {
            const site = await open();
            const name = `${site.prefix}docs`;
            await site.deploy({ collections: { docs: { ...before, name } } });
            const rows = { ...site, collection: name, fields: columnsOf(before) };
            await insertRows({ ...rows, keys: int64Keys(2_000), batch: 500, flushEvery: 1 });
            const stored = await readRows(rows);
            // Not part of the program: the clients that use it must keep working.
            await createAlias(site.client, { database: undefined, alias: `${site.prefix}live` }, name);

            const up = await site.deploy({ collections: { docs: { ...after, name } } });
            expect(up.ops.replace).to.equal(1);
            expect(await site.collections()).to.deep.equal([name]);
            expect(await site.stack.outputs()).to.deep.equal({ docs: name });
            expect(await site.aliasTarget(`${site.prefix}live`)).to.equal(name);
            expectCarried(
                stored,
                await readRows({ ...rows, collection: `${site.prefix}live`, fields: columnsOf(after) }),
            );

            const again = await site.stack.up();
            expect(again.ops.same, again.output).to.equal(1);
        });
    },
);

onStacks("a name on a server that cannot rename", { servers: ["milvus-lite-2.5.1"] }, (open) => {
    it("is refused before anything is copied", async () => {
        const site = await open();
        const name = `${site.prefix}docs`;
        await site.deploy({ collections: { docs: { ...before, name } } });
        await insertRows({ ...site, collection: name, fields: columnsOf(before), keys: int64Keys(100) });
        await site.declare({ collections: { docs: { ...after, name } } });
        expectFailure(await site.stack.up(), "cannot rename", "[MV120]");
        expect(await site.collections()).to.deep.equal([name]);
    });
});
