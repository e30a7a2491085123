import { expect } from "chai";

import { dropDatabase, listDatabases } from "../../provider/milvus/cluster/databases";
import { dropCollection, listCollections } from "../../provider/milvus/collection/collections";
import { onStacks, type Where } from "../support/data/onStacks";
import { before } from "../support/data/exampleCollection";
import { expectFailure, expectOk, type Site } from "../support/data/site";

/** A database of the program, and a collection in it. */
const program = ({ prefix }: Site, args = "{}") => ({
    objects: { [`${prefix}library`]: { type: "Database", args } },
    collections: {},
});

const withCollection = (site: Site, args = "{}") => ({
    ...program(site, args),
    collections: { [`${site.prefix}docs`]: { ...before, database: `${site.prefix}library` } },
    options: { [`${site.prefix}docs`]: `{ dependsOn: made["${site.prefix}library"] }` },
});

const where: Where = { needs: ["databases"], fastTests: 1, cli: ["milvus-lite-3.2.2"] };

onStacks("a database of the program", where, (open) => {
    it("is created before its collection, and dropped after it", async () => {
        const site = await open();
        const name = `${site.prefix}library`;
        await site.deploy(withCollection(site));
        expect(await listDatabases(site.client)).to.include(name);
        expect(await listCollections(site.client, name)).to.have.length(1);

        const again = expectOk(await site.stack.up());
        expect(again.ops.same).to.equal(2);

        expectOk(await site.stack.destroy());
        expect(await listDatabases(site.client)).to.not.include(name);
    });

    it("is not dropped while it holds a collection of somebody else, unless the program says so", async () => {
        const site = await open();
        const name = `${site.prefix}library`;
        await site.deploy(program(site));
        await site.declare({ collections: { [`${site.prefix}docs`]: { ...before, database: name } } });

        const other = await open();
        await other.deploy({ collections: { [`${site.prefix}docs`]: { ...before, database: name } } });
        await site.declare({ collections: {} });
        expectFailure(await site.stack.up(), /holds the collection \S+ with 0 rows/, "[MV403]");
        expect(await listCollections(site.client, name)).to.have.length(1);

        await site.deploy(program(site, "{ forceDestroy: true }"));
        await site.deploy({ collections: {} });
        expect(await listDatabases(site.client)).to.not.include(name);
    });

    it("is missed before anything is created, and its order is told where it is named as text", async () => {
        const site = await open();
        const [name, docs] = [`${site.prefix}library`, `${site.prefix}docs`];
        const alone = { collections: { [docs]: { ...before, database: name } } };
        await site.declare(alone);
        expect((await site.stack.preview()).output).to.include(`there is no database ${name}.`);
        expectFailure(await site.stack.up(), `there is no database ${name}.`, "[MV460]");

        const byText = { ...program(site), ...alone };
        await site.declare(byText);
        const preview = expectOk(await site.stack.preview());
        // A native SDK tells no text from an output.
        if (site.adapter === "dynamic") expect(preview.output).to.include("[MV461]");
        expect(preview.output).to.not.include("[MV460]");
        await site.deploy(withCollection(site));
        const ordered = expectOk(await site.stack.preview());
        expect(ordered.output).to.not.match(/MV46\d/);

        // As text again: whatever order the engine takes, it ends at the latest when it is run again.
        await site.deploy(byText);
        const first = await site.stack.destroy();
        if (!first.ok) {
            expectFailure(first, "[MV403]");
            expectOk(await site.stack.destroy());
        }
        expect(await listDatabases(site.client)).to.not.include(name);
    });

    it("is gone with a database that is dropped by hand, and found so by a refresh", async () => {
        const site = await open();
        const name = `${site.prefix}library`;
        await site.deploy(withCollection(site));
        for (const collection of await listCollections(site.client, name))
            await dropCollection(site.client, { database: name, name: collection });
        await dropDatabase(site.client, name);
        expectOk(await site.stack.refresh());
        expect(
            (await site.state()).resources.filter(({ custom, type }) => custom && type.includes("milvus")),
        ).to.deep.equal([]);
        await site.deploy(withCollection(site));
        expectOk(await site.stack.destroy());
    });

    it("is refused where somebody has it already, unless the program adopts it", async () => {
        const site = await open();
        const name = `${site.prefix}library`;
        await site.client.call("CreateDatabase", { db_name: name });
        await site.declare(program(site));
        expect((await site.stack.preview()).output).to.include("[MV400]");
        expectFailure(await site.stack.up(), "[MV400]");

        await site.deploy(program(site, "{ adopt: true }"));
        expectOk(await site.stack.destroy());
        expect(await listDatabases(site.client)).to.not.include(name);
    });
});
