import { expect } from "chai";

import { alterAlias, dropAlias } from "../../provider/milvus/collection/aliases";
import {
    describeCollection,
    dropCollection,
    setProperties,
} from "../../provider/milvus/collection/collections";
import { releaseCollection, loadState } from "../../provider/milvus/collection/loading";
import { onStacks } from "../support/data/onStacks";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectFailure, expectOk, type Site } from "../support/data/site";
import type { Declared } from "../support/data/source";
import { before, columnsOf } from "../support/data/exampleCollection";

/** Two collections, and an alias on the first. */
function program({ prefix }: Site): Declared {
    const properties = { "collection.ttl.seconds": 3_600 };
    return {
        collections: { [`${prefix}docs`]: { ...before, properties }, [`${prefix}other`]: before },
        aliases: { live: { name: `${prefix}live`, of: `${prefix}docs` } },
    };
}

const all = { create: 0, update: 0, replace: 0, delete: 0, same: 3 };

onStacks("a manual change on the server", { needs: ["aliases"], fastTests: 2, native: 1 }, (open) => {
    const start = async () => {
        const site = await open();
        await site.deploy(program(site));
        const [docs, other] = await site.collections();
        return { site, docs: docs!, other: other!, ref: { database: undefined, name: docs! } };
    };
    const repaired = async (site: Site) => {
        const again = await site.stack.up();
        expect(again.ops, again.output).to.deep.equal(all);
    };

    it("refresh finds an alias that was moved, and the next `up` moves it back", async () => {
        const { site, docs, other } = await start();
        const alias = { database: undefined, alias: `${site.prefix}live` };
        await alterAlias(site.client, alias, other);
        expect(expectOk(await site.stack.refresh()).ops).to.include({ update: 1, same: 2 });
        expect(expectOk(await site.stack.up()).ops).to.include({ update: 1, same: 2 });
        expect(await site.aliasTarget(alias.alias)).to.equal(docs);
        await repaired(site);
    });

    it("an alias that was dropped is created again", async () => {
        const { site, docs } = await start();
        const alias = { database: undefined, alias: `${site.prefix}live` };
        await dropAlias(site.client, alias);
        expect(expectOk(await site.stack.refresh()).ops).to.include({ delete: 1, same: 2 });
        expect(expectOk(await site.stack.up()).ops).to.include({ create: 1, same: 2 });
        expect(await site.aliasTarget(alias.alias)).to.equal(docs);
        await repaired(site);
    });

    it("a collection that was dropped is created again, and the alias points to it", async () => {
        const { site, docs, other, ref } = await start();
        await dropAlias(site.client, { database: undefined, alias: `${site.prefix}live` });
        await dropCollection(site.client, ref);
        expect(expectOk(await site.stack.refresh()).ops).to.include({ delete: 2, same: 1 });
        expect(expectOk(await site.stack.up()).ops).to.include({ create: 2, same: 1 });
        const names = await site.collections();
        expect(names).to.have.length(2).and.to.include(other).and.to.not.include(docs);
        expect(names).to.include(await site.aliasTarget(`${site.prefix}live`));
        await repaired(site);
    });

    it("refresh finds a property with another value, and the next `up` resets it in place", async () => {
        const { site, ref } = await start();
        await setProperties(site.client, ref, { "collection.ttl.seconds": "60" });
        const refresh = expectOk(await site.stack.refresh());
        expect(refresh.ops).to.include({ update: 1, same: 2 });
        expect(refresh.output).to.include("changed outside of the program: properties");
        expect(expectOk(await site.stack.up()).ops).to.include({ update: 1, same: 2 });
        const now = await describeCollection(site.client, ref);
        expect(now!.properties).to.include({ "collection.ttl.seconds": "3600" });
        await repaired(site);
    });

    it("a collection that was released is loaded again", async () => {
        const { site, ref } = await start();
        await insertRows({ ...site, collection: ref.name, fields: columnsOf(before), keys: int64Keys(100) });
        await releaseCollection(site.client, ref);
        expect(expectOk(await site.stack.refresh()).ops).to.include({ update: 1, same: 2 });
        expect(expectOk(await site.stack.up()).ops).to.include({ update: 1, same: 2 });
        expect(await loadState(site.client, ref)).to.equal("loaded");
        await repaired(site);
    });

    it("refresh fails if the server does not answer, and the state is unchanged", async () => {
        const { site } = await start();
        const state = await site.state();
        await site.stack.setConfig("milvus:address", "127.0.0.1:1");
        expectFailure(await site.stack.refresh(), "127.0.0.1:1: no Milvus answers there", "[MV201]");
        const provided = (of: typeof state) => of.resources.filter(({ custom }) => custom);
        expect(provided(await site.state())).to.deep.equal(provided(state));
        await site.stack.setConfig("milvus:address", site.server.address);
        await repaired(site);
    });
});
