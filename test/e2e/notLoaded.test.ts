import { expect } from "chai";

import {
    loadPartitions,
    partitionsNotLoaded,
    releaseCollection,
} from "../../provider/milvus/collection/loading";
import { listPartitions } from "../../provider/milvus/collection/partitions";
import { observeCollection } from "../../provider/observe/collection";
import { expectCarried } from "../support/data/carried";
import { onStacks } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertInPartitions, insertRows, int64Keys } from "../support/data/rows";
import { expectFailure, type Site } from "../support/data/site";
import { after, before, columnsOf } from "../support/data/exampleCollection";

const partitions = ["y2023", "y2024"];
const keyed = {
    ...after,
    fields: after.fields.map((field) => (field.name === "size" ? { ...field, isPartitionKey: true } : field)),
    numPartitions: 4,
};

/** A collection with rows in each partition, of which one is in memory. */
async function loadedInPart(site: Site, name: string, keys: readonly string[]) {
    await site.deploy({ collections: { [name]: { ...before, partitions } } });
    const [collection] = await site.collections();
    const ref = { database: undefined, name: collection! };
    const rows = { ...site, collection: ref.name, fields: columnsOf(before) };
    const all = ["_default", ...partitions];
    await insertInPartitions({ ...rows, keys }, all);
    const stored = await readRows(rows);
    await releaseCollection(site.client, ref);
    await loadPartitions(site.client, ref, ["y2023"]);
    return { ref, stored };
}

async function notLoaded({ client }: Site, ref: { database: undefined; name: string }): Promise<string[]> {
    const there = await listPartitions(client, ref);
    return partitionsNotLoaded(client, ref, { fields: [], partitions: there });
}

onStacks(
    "rows that are not in memory",
    { needs: ["partitions"], servers: ["milvus-2.3.5", "external"], fastTests: 1 },
    (open) => {
        for (const [how, program] of [
            ["in the partitions that they are in", { ...after, partitions }],
            ["by a new partition key", keyed],
            ["by a new partition key, with paused writers", { ...keyed, migration: { writes: "paused" } }],
        ] as const)
            it(`are carried over ${how} if only one partition is loaded`, async () => {
                const site = await open();
                const name = `${site.prefix}docs`;
                const { ref, stored } = await loadedInPart(site, name, int64Keys(900));
                expect(stored.rows).to.equal(900);
                expect((await notLoaded(site, ref)).toSorted()).to.deep.equal(["_default", "y2024"]);
                expect((await observeCollection(site.client, ref))?.loadState).to.equal("partly-loaded");

                const up = await site.deploy({ collections: { [name]: program } });
                const left = await site.collections();
                expect(left).to.have.length(1).and.not.include(ref.name);
                const now = await readRows({ ...site, collection: left[0]!, fields: columnsOf(after) });
                expectCarried(stored, now);
                expect(up.output).to.include("migrate all rows to a new collection");
                expect(up.output).to.include(
                    `${ref.name} is partially loaded: loading _default, y2024 to read all rows`,
                );
            });

        it("are released again if the migration fails", async () => {
            const site = await open();
            const name = `${site.prefix}docs`;
            const { ref } = await loadedInPart(site, name, int64Keys(300, { largest: true }));
            const were = await notLoaded(site, ref);
            await site.declare({ collections: { [name]: keyed } });
            expectFailure(await site.stack.up(), "[MV317]");
            expect(await site.collections()).to.deep.equal([ref.name]);
            expect(await notLoaded(site, ref))
                .to.deep.equal(were)
                .and.to.have.length(2);
        });

        it("are protected from deletion, loaded or not", async () => {
            const site = await open();
            const name = `${site.prefix}docs`;
            await site.deploy({
                collections: { [name]: { ...before, deletionProtection: true, partitions } },
            });
            const [collection] = await site.collections();
            const ref = { database: undefined, name: collection! };
            await releaseCollection(site.client, ref);
            const rows = { ...site, collection: ref.name, fields: columnsOf(before) };
            await insertRows({ ...rows, keys: int64Keys(10) });
            expectFailure(
                await site.stack.destroy(),
                "holds 10 rows and deletionProtection is set",
                "[MV305]",
            );
            await loadPartitions(site.client, ref, ["y2023"]);
            await insertRows({ ...rows, partition: "y2024", keys: ["21", "22", "23"] });
            expectFailure(
                await site.stack.destroy(),
                "holds 13 rows and deletionProtection is set",
                "[MV305]",
            );
            expect(await site.collections()).to.deep.equal([ref.name]);
        });
    },
);
