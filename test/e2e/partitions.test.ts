import { expect } from "chai";

import { createPartition, listPartitions } from "../../provider/milvus/collection/partitions";
import { expectCarried } from "../support/data/carried";
import type { FieldArguments } from "../support/data/field";
import { onStacks } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertInPartitions, insertRows, int64Keys } from "../support/data/rows";
import { after, before, columnsOf } from "../support/data/exampleCollection";

onStacks("rows in partitions", { needs: ["partitions"], fastTests: 1 }, (open) => {
    it("stay in their partition, including one that an application created", async () => {
        const site = await open();
        const name = `${site.prefix}docs`;
        const partitions = ["y2023", "y2024"];
        await site.deploy({ collections: { [name]: { ...before, partitions } } });
        const [first] = await site.collections();
        await createPartition(site.client, { database: undefined, name: first! }, "by_hand");
        const all = ["_default", "by_hand", ...partitions];
        const keys = int64Keys(1_200);
        const rows = { ...site, collection: first!, fields: columnsOf(before) };
        await insertInPartitions({ ...rows, keys }, all);
        const stored = await Promise.all(all.map((partition) => readRows({ ...rows, partition })));

        await site.deploy({ collections: { [name]: { ...after, partitions } } });
        const [second] = await site.collections();
        const ref = { database: undefined, name: second! };
        expect((await listPartitions(site.client, ref)).toSorted()).to.deep.equal(all.toSorted());
        for (const [at, partition] of all.entries()) {
            const now = await readRows({ ...rows, collection: second!, fields: columnsOf(after), partition });
            expect(now.rows, partition).to.be.greaterThan(0);
            expectCarried(stored[at]!, now);
        }
    });

    it("are dropped with a partition that the program omits, including with paused writers and a count", async () => {
        const site = await open();
        const name = `${site.prefix}docs`;
        await site.deploy({ collections: { [name]: { ...before, partitions: ["y2023", "y2024"] } } });
        const [first] = await site.collections();
        const rows = { ...site, collection: first!, fields: columnsOf(before) };
        const keys = int64Keys(600);
        // y2024 stays empty: milvus-lite 3 counts all rows where it is asked for those of one partition.
        await insertRows({ ...rows, keys: keys.slice(0, 400) });
        await insertRows({ ...rows, partition: "y2023", keys: keys.slice(400) });
        const stored = await readRows({ ...rows, partition: "_default" });

        const migration = { writes: "paused" } as const;
        const up = await site.deploy({
            collections: { [name]: { ...after, partitions: ["y2024"], migration } },
        });
        expect(up.output)
            .to.include(`${name}: migrate 400 rows to a new collection`)
            .and.include("The partition y2023 is dropped. 200 rows in it are lost. [MV118]");
        const left = await site.collections();
        expect(left).to.have.length(1).and.not.include(first);
        expectCarried(stored, await readRows({ ...rows, collection: left[0]!, fields: columnsOf(after) }));
    });

    it("are dropped in place with a partition that the program omits, if nothing else changes", async () => {
        const site = await open();
        const name = `${site.prefix}docs`;
        await site.deploy({ collections: { [name]: { ...before, partitions: ["y2023", "y2024"] } } });
        const [only] = await site.collections();
        const rows = { ...site, collection: only!, fields: columnsOf(before) };
        const keys = int64Keys(600);
        await insertRows({ ...rows, partition: "y2023", keys: keys.slice(0, 200) });
        await insertRows({ ...rows, partition: "y2024", keys: keys.slice(200) });
        const stored = await readRows({ ...rows, partition: "y2024" });

        const up = await site.deploy({ collections: { [name]: { ...before, partitions: ["y2024"] } } });
        expect(up.ops, up.output).to.include({ update: 1, replace: 0 });
        expect(await site.collections()).to.deep.equal([only]);
        const ref = { database: undefined, name: only! };
        expect(await listPartitions(site.client, ref)).to.have.members(["_default", "y2024"]);
        expect(await readRows(rows)).to.deep.equal(stored);
    });

    it("are routed by a partition key, before and after", async () => {
        const site = await open();
        const name = `${site.prefix}docs`;
        const keyed = (fields: readonly FieldArguments[]) =>
            fields.map((field) => (field.name === "size" ? { ...field, isPartitionKey: true } : field));
        const [old, next] = [before, after].map((args) => ({
            ...args,
            fields: keyed(args.fields),
            numPartitions: 4,
        }));
        await site.deploy({ collections: { [name]: old! } });
        const [first] = await site.collections();
        const keys = int64Keys(800);
        const rows = { ...site, collection: first!, fields: columnsOf(old!) };
        await insertRows({ ...rows, keys });
        const stored = await readRows(rows);
        expect(stored.rows).to.equal(keys.length);
        await site.deploy({ collections: { [name]: next! } });
        const [second] = await site.collections();
        expectCarried(stored, await readRows({ ...rows, collection: second!, fields: columnsOf(next!) }));
    });
});
