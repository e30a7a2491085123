import { expect } from "chai";

import {
    createCollection,
    dropCollection,
    listCollections,
} from "../../provider/milvus/collection/collections";
import { parseCollection } from "../../provider/inputs/parse";
import { expectCarried } from "../support/data/carried";
import { onStacks, type Where } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectFailure, expectOk } from "../support/data/site";
import { after, before, columnsOf } from "../support/data/exampleCollection";

const unchanged = Object.fromEntries(columnsOf(before).map(({ name }) => [name, name]));

const own: Where = { needs: ["databases", "rename"], fastTests: 1 };

onStacks("a collection in a database of its own", own, (open) => {
    for (const named of [false, true])
        it(`${named ? "keeps its name" : "gets a new name"} there, and no other database is changed`, async () => {
            const site = await open();
            const database = `${site.prefix}db`;
            await site.client.call("CreateDatabase", { db_name: database });
            const logical = `${site.prefix}docs`;
            const where = { database, ...(named && { name: logical }) };
            await site.deploy({ collections: { [logical]: { ...before, ...where } } });
            const [first] = await listCollections(site.client, database);
            const keys = int64Keys(600);
            const rows = { client: site.client, database, collection: first!, fields: columnsOf(before) };
            await insertRows({ ...rows, keys });
            const stored = await readRows(rows);

            await site.deploy({ collections: { [logical]: { ...after, ...where } } });
            const [second, ...others] = await listCollections(site.client, database);
            expect(others).to.deep.equal([]);
            expect(second === first).to.equal(named);
            expect(await site.collections(), "the default database").to.deep.equal([]);
            expectCarried(stored, await readRows({ ...rows, collection: second!, fields: columnsOf(after) }));
            expect((await site.stack.destroy()).ok).to.equal(true);
            expect(await listCollections(site.client, database)).to.deep.equal([]);
            await site.client.call("DropDatabase", { db_name: database });
        });
});

onStacks(
    "a collection whose connection names another database",
    { needs: ["databases", "rename"], fastTests: 1 },
    (open) => {
        async function start(more: { name?: string }) {
            const site = await open();
            const { client, prefix, server } = site;
            const [a, b] = [`${prefix}a`, `${prefix}b`];
            for (const database of [a, b]) await client.call("CreateDatabase", { db_name: database });
            const program = (args: typeof before | typeof after, database: string) => {
                const connection = { address: server.address, token: server.token, database };
                return { collections: { [`${prefix}docs`]: { ...args, ...more, connection } } };
            };
            await site.deploy(program(before, a));
            const [first] = await listCollections(client, a);
            const rows = { client, database: a, collection: first!, fields: columnsOf(before) };
            await insertRows({ ...rows, keys: int64Keys(600) });
            const names = async () => [await listCollections(client, a), await listCollections(client, b)];
            const end = async () => {
                expectOk(await site.stack.destroy());
                for (const database of [a, b]) {
                    for (const name of await listCollections(client, database))
                        await dropCollection(client, { database, name });
                    await client.call("DropDatabase", { db_name: database });
                }
            };
            return { site, a, b, first: first!, rows, program, names, end };
        }

        it("carries its rows over", async () => {
            const { site, b, rows, program, names, end } = await start({});
            const stored = await readRows(rows);
            await site.deploy(program(before, b));
            const [left, [second, ...others]] = (await names()) as [string[], string[]];
            expect([left, others]).to.deep.equal([[], []]);
            const moved = await readRows({ ...rows, database: b, collection: second! });
            expectCarried(stored, moved, unchanged, {});
            await end();
        });

        it("does not change a collection of the same name there", async () => {
            const { site, a, b, first, rows, program, names, end } = await start({ name: "docs" });
            const stored = await readRows(rows);
            const theirs = { database: b, name: "docs" };
            await createCollection(site.client, theirs, parseCollection({ ...before }).spec!, {});
            await site.declare(program(after, b));
            expectFailure(await site.stack.up(), "docs already exists", "[MV301]");
            expect(await names()).to.deep.equal([[first], ["docs"]]);
            expectCarried(stored, await readRows({ ...rows, database: a }), unchanged, {});
            await end();
        });
    },
);
