import { expect } from "chai";

import { observeCollection } from "../../provider/observe/collection";
import { parseCollection } from "../../provider/inputs/parse";
import type { CollectionArgs } from "../../sdk/args";
import { type FakeSite, openFakeSite } from "../support/data/fakeSite";
import type { FieldArguments } from "../support/data/field";
import { onStacks } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectFailure, expectOk, type Site } from "../support/data/site";
import { expectSameColumn, expectSameKeys, type Table } from "../support/data/table";
import { before, columnsOf } from "../support/data/exampleCollection";
import type { ServerName } from "../support/servers";

type Args = Omit<CollectionArgs, "fields"> & { fields: FieldArguments[] };
type Expected = "update" | "replace" | "refused";

/** The changes that a current Milvus makes in place, and the strategy on other servers; a migration unless stated. */
const changes: { what: string; edit: (args: Args) => Args; on: Partial<Record<ServerName, Expected>> }[] = [
    {
        what: "a nullable field",
        edit: (args) => ({
            ...args,
            fields: [...args.fields, { name: "lang", dataType: "VarChar", maxLength: 8, nullable: true }],
        }),
        on: { "milvus-2.3.5": "refused", "milvus-lite-2.5.1": "refused" },
    },
    {
        what: "a time to live",
        edit: (args) => ({ ...args, properties: { "collection.ttl.seconds": "86400" } }),
        on: { "milvus-2.3.5": "update", "milvus-lite-3.2.2": "update" },
    },
    // milvus-lite 3 does not store descriptions: only the state has it.
    {
        what: "a description",
        edit: (args) => ({ ...args, description: "Documents" }),
        on: { "milvus-lite-3.2.2": "update" },
    },
    {
        what: "a longer text",
        edit: (args) => ({
            ...args,
            fields: args.fields.map((field) =>
                field.name === "text" ? { ...field, maxLength: 512 } : field,
            ),
        }),
        on: {},
    },
];

async function deployed(site: Site): Promise<{ name: string; collection: string; stored: Table }> {
    const name = `${site.prefix}docs`;
    await site.deploy({ collections: { [name]: before } });
    const [collection] = await site.collections();
    const rows = { ...site, collection: collection!, fields: columnsOf(before) };
    await insertRows({ ...rows, keys: int64Keys(500) });
    return { name, collection: collection!, stored: await readRows(rows) };
}

/** The declared schema, as far as the server stores it, and every row unchanged. */
async function expectArrived(site: Site, args: Args, stored: Table): Promise<void> {
    const [collection, ...others] = await site.collections();
    expect(others).to.deep.equal([]);
    const there = await observeCollection(site.client, { database: undefined, name: collection! });
    const asked = parseCollection({ ...args }).spec!;
    const shape = (fields: Pick<FieldArguments, "name" | "dataType" | "maxLength" | "nullable">[]) =>
        fields
            .map(({ name, dataType, maxLength, nullable }) => `${name} ${dataType} ${maxLength} ${nullable}`)
            .sort();
    expect(shape(there!.fields)).to.deep.equal(shape(asked.fields));
    if (site.server.name !== "milvus-lite-3.2.2") expect(there!.description).to.equal(asked.description);
    if (site.server.name !== "milvus-lite-2.5.1") expect(there!.properties).to.include(asked.properties);

    const rows = await readRows({ ...site, collection: collection!, fields: columnsOf(before) });
    expectSameKeys(stored, rows);
    for (const { name } of columnsOf(before)) expectSameColumn(stored, name, rows);
    const again = expectOk(await site.stack.up());
    expect(again.ops, again.output).to.include({ same: 1, update: 0, replace: 0 });
}

describe("what Milvus 2.6 changes in place, on the fake server", () => {
    let open: FakeSite | undefined;
    afterEach(() => open?.close());

    it("copies no row for a nullable field, a time to live, a description, a longer text", async function () {
        this.timeout(5 * 60_000);
        open = await openFakeSite("2.6.18");
        const { fake, site } = open;
        const { name, collection, stored } = await deployed(site);
        const [made] = fake.collections();
        let args: Args = before;
        for (const { what, edit } of changes) {
            args = edit(args);
            const from = fake.calls.length;
            const up = await site.deploy({ collections: { [name]: args } });
            expect(up.ops, what).to.include({ update: 1, replace: 0 });
            const calls = fake.calls.slice(from);
            // Each connection calls RenameCollection once, only to learn whether the server has it.
            const moving = ["CreateCollection", "DropCollection", "Insert", "Upsert", "Delete"];
            expect(
                calls.filter((call) => moving.includes(call)),
                what,
            ).to.deep.equal([]);
            expect(
                calls.filter((call) => /^(ReleaseCollection|DropIndex)$/.test(call)),
                what,
            ).to.deep.equal([]);
            expect(fake.collections(), what).to.deep.equal([made]);
            await expectArrived(site, args, stored);
            expect(await site.collections()).to.deep.equal([collection]);
        }
    });

    it("fills a new field by partial upserts where the program asks for it, and copies no row", async function () {
        this.timeout(5 * 60_000);
        open = await openFakeSite("2.6.18");
        const { fake, site } = open;
        // Milvus would rewrite the numbers of a dynamic field.
        const args: Args = { fields: before.fields };
        const name = `${site.prefix}docs`;
        await site.deploy({ collections: { [name]: args } });
        const [collection] = await site.collections();
        const rows = { ...site, collection: collection!, fields: args.fields };
        await insertRows({ ...rows, keys: int64Keys(500) });
        const stored = await readRows(rows);
        const lang: FieldArguments = { name: "lang", dataType: "VarChar", maxLength: 8, nullable: true };
        const fields = [...args.fields, { ...lang, backfill: "en" }];
        const migration = { backfill: "in-place", writes: "paused" } as const;
        const from = fake.calls.length;
        const up = await site.deploy({ collections: { [name]: { fields, migration } } });
        expect(up.ops).to.include({ update: 1, replace: 0 });
        expect(up.output).to.include("filled 500 of 500 rows").and.include("[MV189]");
        const calls = fake.calls.slice(from);
        expect(calls.filter((call) => call === "Upsert")).to.have.length.above(0);
        for (const call of ["CreateCollection", "Insert", "Delete"]) expect(calls).to.not.include(call);
        expect(await site.collections()).to.deep.equal([collection]);
        const now = await readRows({ ...rows, fields: [...args.fields, lang] });
        expectSameKeys(stored, now);
        for (const field of args.fields) expectSameColumn(stored, field.name, now);
        expect(new Set(now.column("lang"))).to.deep.equal(new Set(["en"]));
        expect(expectOk(await site.stack.up()).ops).to.include({ same: 1, update: 0, replace: 0 });
    });

    it("reads the same number of rows for a plan, whatever the size of the collection", async function () {
        this.timeout(5 * 60_000);
        const queries: number[] = [];
        for (const count of [100, 20_000]) {
            open = await openFakeSite("2.6.18");
            const { fake, site } = open;
            const name = `${site.prefix}docs`;
            await site.deploy({ collections: { [name]: before } });
            const [collection] = await site.collections();
            const rows = { ...site, collection: collection!, fields: columnsOf(before) };
            await insertRows({ ...rows, keys: int64Keys(count) });
            const from = fake.calls.length;
            await site.deploy({ collections: { [name]: changes[0]!.edit(before) } });
            queries.push(fake.calls.slice(from).filter((call) => call === "Query").length);
            await open.close();
            open = undefined;
        }
        expect(queries[1]).to.equal(queries[0]);
    });
});

onStacks(
    "the same changes on a server that cannot",
    {
        servers: ["milvus-2.3.5", "milvus-lite-3.2.2", "milvus-lite-2.5.1"],
        fast: ["milvus-lite-3.2.2"],
        fastTests: 1,
    },
    (open) => {
        for (const { what, edit, on } of changes)
            it(`${what}: made in place, by a migration, or blocked with the reason`, async () => {
                const site = await open();
                const { name, collection, stored } = await deployed(site);
                const args = edit(before);
                await site.declare({ collections: { [name]: args } });
                const expected = on[site.server.name] ?? "replace";
                const preview = expectOk(await site.stack.preview());
                if (expected === "refused") {
                    expect(preview.output).to.match(
                        /blocked; no changes made.*does not support nullable fields.*\[MV115\]/s,
                    );
                    expectFailure(
                        await site.stack.up(),
                        "[MV313]",
                        "does not support nullable fields",
                        "[MV115]",
                    );
                    expect(await site.collections()).to.deep.equal([collection]);
                    return;
                }
                expect(preview.ops, preview.output).to.include({ [expected]: 1 });
                if (expected === "replace") expect(preview.output).to.match(/why: .*(milvus|Milvus)/);
                const up = expectOk(await site.stack.up());
                expect(up.ops, up.output).to.include({ [expected]: 1 });
                await expectArrived(site, args, stored);
            });
    },
);
