import { expect } from "chai";

import type { CollectionArgs, MigrationArgs } from "../../sdk/args";
import { expectCarried } from "../support/data/carried";
import { after, before, columnsOf } from "../support/data/exampleCollection";
import { onStacks, type Where } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectOk, type Site } from "../support/data/site";
import type { Declared } from "../support/data/source";
import { runCommand } from "../support/cli/testIo";

const count = 3_000;
const where: Where = { servers: ["milvus-lite-3.2.2", "milvus-2.3.5"], fastTests: 1 };

onStacks("a detached migration", where, (open) => {
    const command = (site: Site, ...argv: string[]) =>
        runCommand(argv, { environment: { MILVUS_ADDRESS: site.server.address } });

    /** A collection with rows behind an alias, and the program that detaches its change. */
    async function deployed(site: Site, migration: MigrationArgs = {}, named = false) {
        const name = `${site.prefix}docs`;
        const aliases: Declared["aliases"] = named ? {} : { live: { name: `${site.prefix}live`, of: name } };
        const own = named ? { name } : {};
        await site.deploy({ collections: { [name]: { ...before, ...own } }, aliases });
        const [old] = await site.collections();
        const rows = { ...site, collection: old!, fields: columnsOf(before) };
        await insertRows({ ...rows, keys: int64Keys(count) });
        const stored = await readRows(rows);
        const program = (args: CollectionArgs, how: MigrationArgs = migration): Declared => ({
            collections: { [name]: { ...args, ...own, migration: { detach: true, ...how } } },
            aliases,
        });
        return { name, old: old!, rows, stored, program };
    }

    const stateOf = async (site: Site, name: string) => {
        const { resources } = await site.state();
        return resources.find(({ urn }) => urn.endsWith(`::${name}`))!.outputs as Record<string, unknown>;
    };

    for (const named of [false, true])
        it(`is copied by a worker and switched by a later \`up\`, ${named ? "by name" : "by alias"}`, async () => {
            const site = await open();
            const { name, old, rows, stored, program } = await deployed(site, {}, named);
            const begun = await site.deploy(program(after));
            expect(begun.output).to.include("waits for a worker").and.include("npx pulumi-milvus work");
            expect(begun.ops).to.include({ update: 1, replace: 0 });
            expect(await site.collections()).to.have.length(2);
            const waiting = await stateOf(site, name);
            expect(waiting).to.include({ collectionName: old });
            expect(waiting.migrationState).to.include({ phase: "waiting", rows: 0, total: count });

            const worked = await command(site, "work", "--collection", name);
            expect(worked.code, worked.err).to.equal(0);
            expect(worked.out).to.include("ready; the next `pulumi up` switches");
            const preview = expectOk(await site.stack.preview());
            expect(preview.output).to.include("is ready");
            expect(preview.ops.replace).to.equal(1);

            expectOk(await site.stack.up());
            const [now, ...others] = await site.collections();
            expect(others).to.deep.equal([]);
            expect(named ? now === old : now !== old).to.equal(true);
            expectCarried(stored, await readRows({ ...rows, collection: now!, fields: columnsOf(after) }));
            if (!named) expect(await site.aliasTarget(`${site.prefix}live`)).to.equal(now);
            expect((await stateOf(site, name)).migrationState).to.equal(undefined);
            expect(expectOk(await site.stack.up()).ops).to.include({ update: 0, replace: 0 });
        });
});
