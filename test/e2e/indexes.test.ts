import { expect } from "chai";

import { describeIndexes } from "../../provider/milvus/collection/indexes";
import { loadState } from "../../provider/milvus/collection/loading";
import type { CollectionArgs } from "../../sdk/args";
import { expectCarried } from "../support/data/carried";
import { onStacks, type Open } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectOk, type Site } from "../support/data/site";
import type { Declared } from "../support/data/source";
import { before, columnsOf } from "../support/data/exampleCollection";
import { askDuring } from "../support/traffic/asking";

const indexed = (indexType: string, migration: CollectionArgs["migration"] = {}): CollectionArgs => ({
    ...before,
    indexes: [
        { field: "vector", indexType, metricType: "L2", params: indexType === "FLAT" ? {} : { nlist: 16 } },
    ],
    migration,
});
const same = Object.fromEntries(columnsOf(before).map(({ name }) => [name, name]));

onStacks(
    "another index of a collection that serves",
    { servers: ["milvus-lite-3.2.2", "milvus-2.3.5"], fastTests: 1 },
    (open) => {
        const start = async (open: Open) => {
            const site = await open();
            const [docs, live] = [`${site.prefix}docs`, `${site.prefix}live`];
            const program = (args: CollectionArgs): Declared => ({
                collections: { [docs]: args },
                aliases: { live: { name: live, of: docs } },
            });
            await site.deploy(program(indexed("IVF_FLAT")));
            const [collection] = await site.collections();
            const rows = { ...site, collection: collection!, fields: columnsOf(before) };
            await insertRows({ ...rows, keys: int64Keys(2_000), flushEvery: 1 });
            return { site, live, program, rows, collection: collection!, stored: await readRows(rows) };
        };
        const indexOf = async ({ client }: Site, name: string) =>
            (await describeIndexes(client, { database: undefined, name })).map(({ indexType }) => indexType);

        it("is built on a shadow, and the alias keeps answering", async () => {
            const { site, live, program, rows, collection, stored } = await start(open);
            await site.declare(program(indexed("FLAT", { indexes: "shadow" })));
            const preview = expectOk(await site.stack.preview());
            expect(preview.ops, preview.output).to.include({ replace: 1 });
            expect(preview.output)
                .to.include('why: migration.indexes is "shadow"')
                .and.not.include("[MV124]");

            const told = await askDuring(site.client, live, async () => expectOk(await site.stack.up()));
            expect(told.failures).to.deep.equal([]);
            expect(told.answers).to.be.greaterThan(0);
            const target = await site.aliasTarget(live);
            expect(target).to.not.equal(collection);
            expect(await site.collections()).to.deep.equal([target]);
            expect(await indexOf(site, target!)).to.deep.equal(["FLAT"]);
            expectCarried(stored, await readRows({ ...rows, collection: live }), same, {});
        });

        it("is built in place by default, and the preview says that searches fail during the build", async () => {
            const { site, live, program, rows, collection, stored } = await start(open);
            await site.declare(program(indexed("FLAT")));
            const preview = expectOk(await site.stack.preview());
            expect(preview.ops, preview.output).to.include({ replace: 0 });
            expect(preview.output).to.match(
                /warning: (\S+: )?load: Searches fail from the release until the index is built .* The duration is unknown.* \[MV124\]\n.*fix: To keep serving, .*indexes: "shadow"/s,
            );

            expectOk(await site.stack.up());
            expect(await site.aliasTarget(live)).to.equal(collection);
            expect(await indexOf(site, collection)).to.deep.equal(["FLAT"]);
            expect(await loadState(site.client, { database: undefined, name: collection })).to.equal(
                "loaded",
            );
            expectCarried(stored, await readRows(rows), same, {});
        });
    },
);
