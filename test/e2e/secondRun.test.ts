import { expect } from "chai";

import { setProperties } from "../../provider/milvus/collection/collections";
import { expectCarried } from "../support/data/carried";
import { onStacks, type Where } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectFailure, expectOk } from "../support/data/site";
import { after, before, columnsOf } from "../support/data/exampleCollection";

/** Five seconds' rows, in small batches: time enough to be met in the middle. */
const migration = { maxRowsPerSecond: 300, batchBytes: 16_384 };
const count = 1_500;

/** The second run waits for a lease's time; test/migration/properties/lease has the rule every day. */
const where: Where = { servers: ["milvus-lite-3.2.2", "milvus-2.3.5"], fast: [] };

onStacks("a second run while the first one copies", where, (open) => {
    it("is refused, and the first one continues after its pause and succeeds", async () => {
        const site = await open();
        const name = `${site.prefix}docs`;
        await site.deploy({ collections: { [name]: before } });
        const [old] = await site.collections();
        const rows = { ...site, collection: old!, fields: columnsOf(before) };
        await insertRows({ ...rows, keys: int64Keys(count) });
        const stored = await readRows(rows);

        await site.declare({ collections: { [name]: { ...after, migration } } });
        const first = site.stack.up();
        let copy: string | undefined;
        while (copy === undefined) copy = (await site.collections()).find((one) => one !== old);
        const ref = { database: undefined, name: copy };
        await setProperties(site.client, ref, { "pulumi.pause": "true" });

        const second = await site.stack.up();
        expectFailure(second, `${copy}: locked by another run (process`, "[MV322]");
        expect(await site.collections()).to.have.members([old!, copy]);

        await setProperties(site.client, ref, { "pulumi.pause": "false" });
        expect(expectOk(await first).output).to.include("paused by its property pulumi.pause");
        expect(await site.collections()).to.deep.equal([copy]);
        expectCarried(stored, await readRows({ ...rows, collection: copy, fields: columnsOf(after) }));
    });
});
