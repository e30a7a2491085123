import { expect } from "chai";

import { countRows } from "../../provider/milvus/rows/rows";
import { onStacks } from "../support/data/onStacks";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectFailure } from "../support/data/site";
import { after, before, columnsOf } from "../support/data/exampleCollection";

onStacks("a row that the server counts and no query returns", { servers: ["milvus-2.3.5"] }, (open) => {
    it("stops the migration, so that the row is not dropped with the old collection", async () => {
        const site = await open();
        const name = `${site.prefix}docs`;
        await site.deploy({ collections: { [name]: before } });
        const [collection] = await site.collections();
        const keys = int64Keys(300, { largest: true });
        await insertRows({ ...site, collection: collection!, fields: columnsOf(before), keys });
        await site.declare({ collections: { [name]: after } });
        expectFailure(await site.stack.up(), "1 rows are counted but returned by no query", "[MV317]");
        expect(await site.collections()).to.deep.equal([collection]);
        expect(await countRows(site.client, { database: undefined, name: collection! })).to.equal(300);
    });
});
