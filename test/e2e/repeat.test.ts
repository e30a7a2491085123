import { expect } from "chai";

import { insertRows, int64Keys } from "../support/data/rows";
import { onStacks, type Where } from "../support/data/onStacks";
import { expectOk, type Site } from "../support/data/site";
import type { CollectionArgs } from "../../sdk/args";
import type { Declared } from "../support/data/source";
import { before, columnsOf } from "../support/data/exampleCollection";

/** Each kind of list that a server or a person may put in another order. */
function program({ prefix, server }: Site, reordered = false): Declared {
    const inOrder = <T>(list: T[]): T[] => (reordered ? list.toReversed() : list);
    const properties: [string, string | number][] = [
        ["collection.ttl.seconds", 86_400],
        ["mmap.enabled", "false"],
    ];
    const args: CollectionArgs = {
        ...before,
        description: "rows of a test",
        fields: inOrder(before.fields),
        indexes: inOrder([
            { field: "vector", indexType: "FLAT", metricType: "L2" },
            ...(server.name === "milvus-2.3.5" ? [{ field: "page_num", indexType: "STL_SORT" }] : []),
        ]),
        ...(server.features.has("partitions") && { partitions: inOrder(["y2023", "y2024"]) }),
        ...(server.features.has("properties") && { properties: Object.fromEntries(inOrder(properties)) }),
    };
    const live = { name: `${prefix}live`, of: `${prefix}docs` };
    return {
        collections: { [`${prefix}docs`]: args },
        aliases: server.features.has("aliases") ? { live } : {},
    };
}

const unchanged = (site: Site) => ({
    create: 0,
    update: 0,
    replace: 0,
    delete: 0,
    same: site.server.features.has("aliases") ? 2 : 1,
});

const where: Where = { cli: ["milvus-lite-3.2.2", "external"], fastTests: 1 };

onStacks("a program without changes", where, (open) => {
    it("changes nothing, and no plan is printed", async () => {
        const site = await open();
        await site.deploy(program(site));
        const [collection] = await site.collections();
        await insertRows({
            ...site,
            collection: collection!,
            fields: columnsOf(before),
            keys: int64Keys(200),
        });
        for (const again of [await site.stack.preview(), await site.stack.up()]) {
            expectOk(again);
            expect(again.ops).to.deep.equal(unchanged(site));
            expect(again.output).to.not.include(site.prefix);
        }
        expect(await site.collections()).to.deep.equal([collection]);
    });

    it("changes nothing after a refresh, which finds no difference", async () => {
        const site = await open();
        await site.deploy(program(site));
        const state = await site.state();
        const refresh = expectOk(await site.stack.refresh());
        expect(refresh.ops).to.deep.equal(unchanged(site));
        expect(ofProvider(await site.state())).to.deep.equal(ofProvider(state));
        const again = await site.stack.up();
        expect(again.ops, again.output).to.deep.equal(unchanged(site));
    });

    it("changes nothing when fields, indexes, partitions and properties are written in another order", async () => {
        const site = await open();
        await site.deploy(program(site));
        const again = await site.deploy(program(site, true));
        expect(again.ops, again.output).to.deep.equal(unchanged(site));
        expect(again.output).to.not.include(site.prefix);
    });
});

/** What the provider put into the state. */
function ofProvider({ resources }: Awaited<ReturnType<Site["state"]>>): unknown[] {
    return resources.filter(({ custom }) => custom).map(({ outputs }) => outputs);
}
