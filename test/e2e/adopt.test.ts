import { expect } from "chai";

import { createAlias } from "../../provider/milvus/collection/aliases";
import { createCollection } from "../../provider/milvus/collection/collections";
import { createIndex } from "../../provider/milvus/collection/indexes";
import { loadCollection } from "../../provider/milvus/collection/loading";
import { parseCollection } from "../../provider/inputs/parse";
import { expectCarried } from "../support/data/carried";
import { onStacks, type Open } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectFailure, expectOk, type Site } from "../support/data/site";
import type { Declared } from "../support/data/source";
import { after, before, columnsOf } from "../support/data/exampleCollection";

/** A collection that an application has made, with rows in it. */
async function madeElsewhere(
    site: Site,
    name: string,
): Promise<ReturnType<typeof readRows> extends Promise<infer T> ? T : never> {
    const ref = { database: undefined, name };
    const { spec } = parseCollection({ ...before });
    await createCollection(site.client, ref, spec!, {});
    await createIndex(site.client, ref, spec!.indexes[0]!);
    await loadCollection(site.client, ref, { replicas: 1, resourceGroups: [] });
    const rows = { ...site, collection: name, fields: columnsOf(before) };
    await insertRows({ ...rows, keys: int64Keys(400) });
    return readRows(rows);
}

onStacks("a collection that already exists", { fastTests: 1 }, (open) => {
    it("is not changed unless the program adopts it; then it is managed like any other", async () => {
        const site = await open();
        const name = `${site.prefix}docs`;
        const stored = await madeElsewhere(site, name);
        await site.declare({ collections: { docs: { ...before, name } } });
        expectFailure(await site.stack.up(), `a collection ${name} already exists`, "adopt: true", "[MV301]");

        const adopted = await site.deploy({ collections: { docs: { ...before, name, adopt: true } } });
        expect(adopted.ops.create).to.equal(1);
        const rows = { ...site, collection: name, fields: columnsOf(before) };
        expect((await readRows(rows)).columns).to.deep.equal(stored.columns);
        const again = await site.stack.up();
        expect(again.ops.same, again.output).to.equal(1);

        if (!site.server.features.has("rename")) return;
        await site.deploy({ collections: { docs: { ...after, name, adopt: true } } });
        expect(await site.collections()).to.deep.equal([name]);
        expectCarried(stored, await readRows({ ...rows, fields: columnsOf(after) }));
    });

    it("is adopted as it is where the program describes another schema, and the next up plans the change", async () => {
        const site = await open();
        const name = `${site.prefix}docs`;
        const stored = await madeElsewhere(site, name);
        const up = await site.deploy({ collections: { docs: { ...after, name, adopt: true } } });
        expect(up.ops.create).to.equal(1);
        expect(up.output).to.include("[MV303]").and.include("to keep what is on the server, declare:");
        const rows = { ...site, collection: name, fields: columnsOf(before) };
        expect((await readRows(rows)).columns).to.deep.equal(stored.columns);

        // A field that no program has declared is not dropped because the first program forgot it.
        expectFailure(
            await site.stack.up(),
            "draft is on the server but was never in the program",
            "[MV128]",
        );
        expect((await readRows(rows)).columns).to.deep.equal(stored.columns);
        if (!site.server.features.has("rename")) return;
        const migration = { allow: ["drop:draft"] };
        await site.deploy({ collections: { docs: { ...after, name, adopt: true, migration } } });
        expectCarried(stored, await readRows({ ...rows, fields: columnsOf(after) }));
    });

    it("belongs to one stack and cannot be adopted by another", async () => {
        const site = await open();
        const name = `${site.prefix}docs`;
        await site.deploy({ collections: { docs: { ...before, name } } });
        const theirs = await open();
        await theirs.declare({ collections: { papers: { ...before, name, adopt: true } } });
        expectFailure(await theirs.stack.up(), `the collection ${name} belongs to `, "[MV333]");
        expect(await site.collections()).to.deep.equal([name]);
    });
});

onStacks("the name of an alias", { needs: ["aliases"], fastTests: 1 }, (open) => {
    const start = async (open: Open) => {
        const site = await open();
        const [docs, live] = [`${site.prefix}docs`, `${site.prefix}live`];
        await madeElsewhere(site, `${site.prefix}theirs`);
        const program = (alias: object): Declared => ({
            collections: { [docs]: before },
            aliases: { live: { name: live, of: docs, ...alias } },
        });
        return { site, docs, live, program };
    };

    it("is not taken over if it points elsewhere, unless the program adopts it", async () => {
        const { site, live, program } = await start(open);
        await createAlias(site.client, { database: undefined, alias: live }, `${site.prefix}theirs`);
        await site.declare(program({}));
        expectFailure(
            await site.stack.up(),
            `the alias ${live} already exists and points at ${site.prefix}theirs`,
            "[MV310]",
        );
        expect(await site.aliasTarget(live)).to.equal(`${site.prefix}theirs`);
        const up = await site.deploy(program({ adopt: true }));
        expect(up.ops).to.include({ create: 1, same: 1 });
        expect(await site.aliasTarget(live)).to.match(new RegExp(`^${site.prefix}docs_[0-9a-f]{7}$`));
    });

    it("cannot be the name of a collection, and the error says so", async () => {
        const { site, program } = await start(open);
        await site.declare(program({ name: `${site.prefix}theirs` }));
        expectFailure(await site.stack.up(), `${site.prefix}theirs is a collection`, "[MV311]");
    });

    it("cannot be given to a collection", async () => {
        const { site, live } = await start(open);
        await createAlias(site.client, { database: undefined, alias: live }, `${site.prefix}theirs`);
        await site.declare({ collections: { docs: { ...before, name: live } } });
        expectFailure(await site.stack.up(), `${live} is an alias of ${site.prefix}theirs`, "[MV302]");
        await site.declare({ collections: { docs: { ...before, name: live, adopt: true } } });
        expectFailure(await site.stack.up(), `${live} is an alias of ${site.prefix}theirs`, "[MV302]");
    });

    it("must point to a collection that exists", async () => {
        const { site, live } = await start(open);
        await site.declare({
            collections: {},
            aliases: { live: { name: live, collection: `${site.prefix}none` } },
        });
        expectFailure(await site.stack.up(), `there is no collection ${site.prefix}none`, "[MV312]");
        expectOk(await site.stack.destroy());
    });
});
