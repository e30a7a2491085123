import { expect } from "chai";

import { countRows } from "../../provider/milvus/rows/rows";
import { listPartitions } from "../../provider/milvus/collection/partitions";
import { columnsOf } from "../support/data/exampleCollection";
import { before, after } from "../support/data/exampleCollection";
import { onStacks } from "../support/data/onStacks";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectFailure, expectOk, type Site } from "../support/data/site";

const partition = (site: Site, args: string) => ({
    collections: {},
    dependents: { [`${site.prefix}en`]: { type: "Partition", args: `{ name: "en", ${args} }` } },
});

onStacks(
    "a partition of a collection that another stack owns",
    {
        needs: ["partitions", "properties"],
        servers: ["milvus-lite-3.2.2", "milvus-2.3.5"],
        fastTests: 1,
    },
    (open) => {
        async function start() {
            const [owner, site] = [await open(), await open()];
            const name = `${owner.prefix}docs`;
            await owner.deploy({ collections: { [name]: before } });
            const [collection] = await owner.collections();
            await site.deploy(partition(site, `collection: "${collection!}"`));
            const at = (named: string) => ({ database: undefined, name: named });
            const rows = { ...site, collection: collection!, fields: columnsOf(before), keys: int64Keys(20) };
            return { owner, site, name, collection: collection!, at, rows };
        }

        it("is no drift to the owner, whose migration carries its rows, and follows the collection", async () => {
            const { owner, site, name, collection, at, rows } = await start();
            await insertRows({ ...rows, partition: "en" });
            const refreshed = expectOk(await owner.stack.refresh());
            expect(refreshed.ops.update).to.equal(0);
            expect(expectOk(await owner.stack.up()).ops.update).to.equal(0);

            await owner.deploy({ collections: { [name]: after } });
            const [next] = await owner.collections();
            expect(next).to.not.equal(collection);
            expect(await countRows(site.client, at(next!), "", ["en"])).to.equal(20);

            const up = await site.deploy(partition(site, `collection: "${next!}"`));
            expect(up.ops.update).to.equal(1);
            expect(await countRows(site.client, at(next!), "", ["en"])).to.equal(20);
            expect(expectOk(await site.stack.up()).ops.update).to.equal(0);
        });

        it("is dropped when it is empty, or where the program says so", async () => {
            const { site, collection, at, rows } = await start();
            await insertRows({ ...rows, partition: "en" });
            expectFailure(await site.stack.destroy(), "it holds 20 rows", "[MV406]");
            expect(await listPartitions(site.client, at(collection))).to.include("en");
            await site.deploy(partition(site, `collection: "${collection}", forceDestroy: true`));
            expectOk(await site.stack.destroy());
            expect(await listPartitions(site.client, at(collection))).to.deep.equal(["_default"]);
        });

        it("waits for its collection, and is refused where that is missing or somebody has the partition", async () => {
            const { site, collection } = await start();
            const other = await open();
            await other.declare(partition(other, `collection: "${site.prefix}none"`));
            expectFailure(await other.stack.up(), "there is no collection", "[MV404]");
            await other.declare(partition(other, `collection: "${collection}"`));
            expectFailure(await other.stack.up(), "[MV400]");
        });

        it("that was dropped by hand is made again", async () => {
            const { site, collection, at } = await start();
            const request = { collection_name: collection, partition_name: "en" };
            await site.client
                .call("ReleasePartitions", { collection_name: collection, partition_names: ["en"] })
                .catch(() => undefined);
            await site.client.call("DropPartition", request);
            expectOk(await site.stack.refresh());
            expectOk(await site.stack.up());
            expect(await listPartitions(site.client, at(collection))).to.include("en");
        });
    },
);
