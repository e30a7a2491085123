import { expect } from "chai";

import { expectCarried } from "../support/data/carried";
import { before, columnsOf } from "../support/data/exampleCollection";
import { onStacks, type Open } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectFailure, expectOk } from "../support/data/site";
import type { Declared } from "../support/data/source";

const same = Object.fromEntries(columnsOf(before).map(({ name }) => [name, name]));

onStacks(
    "the readers of a protected collection",
    { servers: ["milvus-lite-3.2.2", "milvus-2.3.5"], fastTests: 1 },
    (open) => {
        const start = async (open: Open) => {
            const site = await open();
            const live = `${site.prefix}live`;
            const program = (docs: string, args = before, alias = live): Declared => ({
                collections: { [site.prefix + docs]: { ...args, deletionProtection: true } },
                aliases: { live: { name: alias, of: site.prefix + docs } },
            });
            await site.deploy(program("docs"));
            const [collection] = await site.collections();
            const rows = { ...site, collection: collection!, fields: columnsOf(before) };
            await insertRows({ ...rows, keys: int64Keys(100) });
            const stored = await readRows(rows);
            const expectServed = async () => {
                expect(await site.aliasTarget(live)).to.equal(collection);
                expectCarried(stored, await readRows(rows), same, {});
            };
            return { site, live, program, rows, stored, collection: collection!, expectServed };
        };

        it("keep the alias when the program renames the resource without `aliases`", async () => {
            const { site, program, collection, expectServed } = await start(open);
            await site.declare(program("papers"));
            const advice = ["first run `pulumi up` with the former program", "as `aliases`"];
            expectFailure(await site.stack.up(), `${collection} holds 100 rows`, ...advice, "[MV350]");
            await expectServed();

            await site.deploy(program("docs"));
            expect(await site.collections()).to.deep.equal([collection]);
            const declared = program("papers");
            const renamed = { [`${site.prefix}papers`]: `{ aliases: [{ name: "${site.prefix}docs" }] }` };
            const again = await site.deploy({ ...declared, options: renamed });
            expect(again.ops, again.output).to.include({ replace: 0 });
            await expectServed();
        });

        it("keep the alias when the stack is destroyed", async () => {
            const { site, expectServed } = await start(open);
            expectFailure(await site.stack.destroy(), "deletionProtection is set", "[MV305]");
            await expectServed();
            // The next run finds everything as it was.
            const again = expectOk(await site.stack.up());
            expect(again.ops, again.output).to.include({ create: 0, update: 0, replace: 0, delete: 0 });
        });

        it("keep the alias when the program gives it another name", async () => {
            const { site, live, program, expectServed } = await start(open);
            await site.declare(program("docs", before, `${live}_2`));
            expectFailure(await site.stack.up(), "deletionProtection is set", "[MV305]");
            await expectServed();
        });

        it("move with the rows when the schema changes", async () => {
            const { site, live, program, rows, stored, collection } = await start(open);
            const added = { name: "later", dataType: "Int64", backfill: 7 } as const;
            await site.deploy(program("docs", { ...before, fields: [...before.fields, added] }));
            const target = await site.aliasTarget(live);
            expect(target).to.not.equal(collection);
            expect(await site.collections()).to.deep.equal([target]);
            const result = await readRows({ ...rows, collection: target!, fields: [...rows.fields, added] });
            expectCarried(stored, result, same, { later: "7" });
        });
    },
);
