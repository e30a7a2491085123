import { expect } from "chai";

import { describeIndexes } from "../../provider/milvus/collection/indexes";
import { loadState } from "../../provider/milvus/collection/loading";
import type { CollectionArgs } from "../../sdk/args";
import { expectCarried } from "../support/data/carried";
import { before, columnsOf } from "../support/data/exampleCollection";
import { onStacks } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectFailure } from "../support/data/site";

const indexed = (indexType: string, params: Record<string, number>): CollectionArgs => ({
    ...before,
    indexes: [{ field: "vector", indexType, metricType: "L2", params }],
});
const same = Object.fromEntries(columnsOf(before).map(({ name }) => [name, name]));

/** What each server refuses when the index before it is dropped already; the preview of neither can know it. */
const refused = {
    // "reserved for a future phase" (3.2.2).
    "milvus-lite-3.2.2": indexed("IVF_PQ", { nlist: 16, m: 4 }),
    // The dimension, 8, is no multiple of m.
    "milvus-2.3.5": indexed("IVF_PQ", { nlist: 16, m: 3 }),
};

onStacks(
    "an index that the server refuses in place",
    { servers: ["milvus-lite-3.2.2", "milvus-2.3.5"], fast: [] },
    (open, serverName) => {
        it("leaves the former index built and loaded by the same run, and either program goes on from there", async () => {
            const site = await open();
            const [docs, live] = [`${site.prefix}docs`, `${site.prefix}live`];
            const program = (args: CollectionArgs) => ({
                collections: { [docs]: args },
                aliases: { live: { name: live, of: docs } },
            });
            const former = indexed("IVF_FLAT", { nlist: 16 });
            await site.deploy(program(former));
            const [collection] = (await site.collections()) as [string];
            const rows = { ...site, collection, fields: columnsOf(before) };
            await insertRows({ ...rows, keys: int64Keys(2_000), flushEvery: 1 });
            const stored = await readRows(rows);
            const ref = { database: undefined, name: collection };
            const indexes = async () =>
                (await describeIndexes(site.client, ref)).map(
                    ({ field, name, indexType, metricType, params }) => ({
                        ...{ field, name, indexType, metricType, params },
                    }),
                );
            const was = await indexes();
            const expectServed = async () => {
                expect(await indexes()).to.deep.equal(was);
                expect(await loadState(site.client, ref)).to.equal("loaded");
                expect(await site.aliasTarget(live)).to.equal(collection);
                expectCarried(stored, await readRows({ ...rows, collection: live }), same, {});
            };

            await site.declare(program(refused[serverName as keyof typeof refused]));
            expectFailure(await site.stack.up(), "vector", /\[MV2\d\d\]/);
            await expectServed();
            // Again without a refresh between: the state says what is.
            expectFailure(await site.stack.up(), "vector", /\[MV2\d\d\]/);
            await expectServed();
            const back = await site.deploy(program(former));
            expect(back.ops, back.output).to.include({ create: 0, replace: 0, delete: 0 });
            await expectServed();

            await site.deploy(program(indexed("FLAT", {})));
            expect((await indexes()).map(({ indexType }) => indexType)).to.deep.equal(["FLAT"]);
            expect(await loadState(site.client, ref)).to.equal("loaded");
            expectCarried(stored, await readRows({ ...rows, collection: live }), same, {});
        });
    },
);
