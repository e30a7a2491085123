import { expect } from "chai";

import { createAlias, dropAlias } from "../../provider/milvus/collection/aliases";
import { createCollection, dropCollection } from "../../provider/milvus/collection/collections";
import { parseCollection } from "../../provider/inputs/parse";
import { expectCarried } from "../support/data/carried";
import { onStacks } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectFailure, expectOk, type Site } from "../support/data/site";
import { after, before, columnsOf } from "../support/data/exampleCollection";

/** A collection outside the program. */
async function foreign(site: Site, name: string): Promise<void> {
    const { spec } = parseCollection({ ...before });
    await createCollection(site.client, { database: undefined, name }, spec!, {});
}

onStacks("a deletion", { fast: ["milvus-2.3.5"], fastTests: 3 }, (open) => {
    it("drops the collections and aliases that the stack created", async () => {
        const site = await open();
        await site.deploy({ collections: { [`${site.prefix}a`]: before, [`${site.prefix}b`]: before } });
        expect(await site.collections()).to.have.length(2);
        const [full] = await site.collections();
        await insertRows({ ...site, collection: full!, fields: columnsOf(before), keys: int64Keys(10) });
        const gone = expectOk(await site.stack.destroy());
        expect(gone.ops).to.include({ delete: 2 });
        expect(gone.output).to.contain(`dropping ${full}, and its 10 rows`);
        expect(await site.collections()).to.deep.equal([]);
    });

    it("keeps a collection that was created with the name after ours was dropped by hand", async () => {
        const site = await open();
        const name = `${site.prefix}docs`;
        await site.deploy({ collections: { docs: { ...before, name } } });
        await dropCollection(site.client, { database: undefined, name });
        await foreign(site, name);
        expectOk(await site.stack.destroy());
        expect(await site.collections()).to.deep.equal([name]);
    });

    it("is refused while deletionProtection is set and there are rows, and succeeds after it is removed", async () => {
        const site = await open();
        const name = `${site.prefix}docs`;
        await site.deploy({ collections: { [name]: { ...before, deletionProtection: true } } });
        const [collection] = await site.collections();
        await insertRows({
            ...site,
            collection: collection!,
            fields: columnsOf(before),
            keys: int64Keys(10),
        });
        expectFailure(await site.stack.destroy(), "holds 10 rows and deletionProtection is set", "[MV305]");
        expect(await site.collections()).to.deep.equal([collection]);
        const settings = await site.deploy({ collections: { [name]: before } });
        expect(settings.ops.update).to.equal(1);
        expectOk(await site.stack.destroy());
        expect(await site.collections()).to.deep.equal([]);
    });

    it("of a protected collection drops only rows that a migration has carried over", async () => {
        const site = await open();
        const name = `${site.prefix}docs`;
        const protect = { deletionProtection: true };
        await site.deploy({ collections: { [name]: { ...before, ...protect } } });
        const [collection] = await site.collections();
        const rows = { ...site, collection: collection!, fields: columnsOf(before) };
        await insertRows({ ...rows, keys: int64Keys(300) });
        const stored = await readRows(rows);
        await site.deploy({ collections: { [name]: { ...after, ...protect } } });
        const [copy, ...others] = await site.collections();
        expect(others).to.deep.equal([]);
        expectCarried(stored, await readRows({ ...rows, collection: copy!, fields: columnsOf(after) }));
        expectFailure(await site.stack.destroy(), "holds 300 rows and deletionProtection is set", "[MV305]");
        expect(await site.collections()).to.deep.equal([copy]);
    });

    it("before a replacement is refused while there are rows to move", async () => {
        const site = await open();
        const name = `${site.prefix}docs`;
        const options = { [name]: "{ deleteBeforeReplace: true }" };
        await site.deploy({ collections: { [name]: before }, options });
        const [collection] = await site.collections();
        const rows = { ...site, collection: collection!, fields: columnsOf(before) };
        await insertRows({ ...rows, keys: int64Keys(300) });
        const stored = await readRows(rows);
        await site.declare({ collections: { [name]: after }, options });
        expectFailure(await site.stack.up(), "deleteBeforeReplace would drop 300 rows", "[MV306]");
        expect((await readRows(rows)).columns).to.deep.equal(stored.columns);

        // Without the option the rows are carried over.
        await site.deploy({ collections: { [name]: after } });
        const [copy] = await site.collections();
        expectCarried(stored, await readRows({ ...rows, collection: copy!, fields: columnsOf(after) }));
    });
});

onStacks("a deletion of a collection with aliases", { needs: ["aliases"], fastTests: 1 }, (open) => {
    it("fails because of an alias outside the program, names it, and succeeds after that alias is dropped", async () => {
        const site = await open();
        const name = `${site.prefix}docs`;
        await site.deploy({ collections: { [name]: before } });
        const [first] = await site.collections();
        await insertRows({ ...site, collection: first!, fields: columnsOf(before), keys: int64Keys(300) });
        const alias = { database: undefined, alias: `${site.prefix}theirs` };
        await createAlias(site.client, alias, first!);

        await site.declare({ collections: { [name]: after } });
        const failure = expectFailure(
            await site.stack.up(),
            `the alias ${alias.alias} still points at it`,
            "[MV304]",
        );
        expect(failure).to.include(first);
        expect(await site.aliasTarget(alias.alias)).to.equal(first);
        expect(await site.collections())
            .to.have.length(2)
            .and.to.include(first);

        await dropAlias(site.client, alias);
        expectOk(await site.stack.up());
        expect(await site.collections())
            .to.have.length(1)
            .and.to.not.include(first);
    });

    it("keeps an alias that was moved to another collection", async () => {
        const site = await open();
        const alias = `${site.prefix}live`;
        const collections = { [`${site.prefix}docs`]: before };
        await site.deploy({ collections, aliases: { live: { name: alias, of: `${site.prefix}docs` } } });
        await foreign(site, `${site.prefix}theirs`);
        await site.client.call("AlterAlias", { alias, collection_name: `${site.prefix}theirs` });
        const destroy = expectOk(await site.stack.destroy());
        expect(destroy.output).to.include(`alias ${alias}: points at ${site.prefix}theirs`);
        expect(await site.aliasTarget(alias)).to.equal(`${site.prefix}theirs`);
        expect(await site.collections()).to.deep.equal([`${site.prefix}theirs`]);
    });
});
