import { expect } from "chai";

import { createAlias } from "../../provider/milvus/collection/aliases";
import type { Message } from "../../provider/milvus/transport/protocol";
import { expectCarried } from "../support/data/carried";
import { type FakeSite, openFakeSite } from "../support/data/fakeSite";
import type { FieldArguments } from "../support/data/field";
import { toCells, toFieldData } from "../support/data/fieldData";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import { after as changed, before as first, columnsOf } from "../support/data/exampleCollection";
import { both, smallest } from "./open";

/** A column of Structs: of each row its pages, each with a vector; null for a row that is NULL. */
function structs(name: string, rows: (string[] | null)[]): Message {
    const valid = rows.filter((row) => row !== null);
    const flags = valid.length < rows.length ? { valid_data: rows.map((row) => row !== null) } : {};
    const vectors = valid.map((pages) => ({ dim: 2, float_vector: { data: pages.flatMap(() => [1, 2]) } }));
    const page = {
        array_data: { element_type: "Int64", data: valid.map((data) => ({ long_data: { data } })) },
    };
    const vector = { dim: 2, vector_array: { dim: 2, data: vectors, element_type: "FloatVector" } };
    return {
        type: "ArrayOfStruct",
        field_name: name,
        ...flags,
        struct_arrays: {
            fields: [
                { type: "Array", field_name: "page", scalars: page, ...flags },
                { type: "ArrayOfVector", field_name: "vector", vectors: vector, ...flags },
            ],
        },
    };
}

describe("a migration on the fake server", function () {
    this.timeout(120_000);
    const opened: FakeSite[] = [];

    async function open(version: string): Promise<FakeSite> {
        const one = await openFakeSite(version);
        opened.push(one);
        return one;
    }

    afterEach(async () => {
        for (const one of opened.splice(0)) await one.close();
    });

    for (const version of ["2.4.15", "2.5.16", "2.6.18", "3.0.0"])
        it(`of ${version} carries every row over, and then there is nothing left to do`, async () => {
            const { site } = await open(version);
            const alias = `${site.prefix}live`;
            const aliases = { live: { name: alias, of: "docs" } };
            const logical = `${site.prefix}docs`;
            const program = (args: typeof first | typeof changed) => ({
                collections: { [logical]: args },
                aliases: { live: { ...aliases.live, of: logical } },
            });
            await site.deploy(program(first));
            const rows = { ...site, collection: alias };
            await insertRows({ ...rows, fields: columnsOf(first), keys: int64Keys(1_200), batch: 300 });
            const stored = await readRows({ ...rows, fields: columnsOf(first) });

            const up = await site.deploy(program(changed));
            expect(up.ops.replace, up.output).to.equal(1);
            expectCarried(stored, await readRows({ ...rows, fields: columnsOf(changed) }));
            expect((await site.collections()).length).to.equal(1);

            const again = await site.stack.up();
            expect(again.ops, again.output).to.deep.include({ same: 2 });
        });

    it("of 2.6.18 swaps a collection that keeps its name, and its aliases", async () => {
        const { site } = await open("2.6.18");
        const name = `${site.prefix}docs`;
        await site.deploy({ collections: { docs: { ...first, name } } });
        const rows = { ...site, collection: name };
        await insertRows({ ...rows, fields: columnsOf(first), keys: int64Keys(1_200), batch: 300 });
        const stored = await readRows({ ...rows, fields: columnsOf(first) });
        await createAlias(site.client, { database: undefined, alias: `${site.prefix}live` }, name);

        const up = await site.deploy({ collections: { docs: { ...changed, name } } });
        expect(up.ops.replace, up.output).to.equal(1);
        expect(await site.collections()).to.deep.equal([name]);
        expect(await site.aliasTarget(`${site.prefix}live`)).to.equal(name);
        expectCarried(stored, await readRows({ ...rows, fields: columnsOf(changed) }));
    });

    it("of 2.6.18 carries NULLs of scalars and vectors, defaults, and keys that the server made", async () => {
        const { site } = await open("2.6.18");
        const fields: FieldArguments[] = [
            { name: "id", dataType: "Int64", isPrimaryKey: true, autoId: true },
            { name: "vector", dataType: "FloatVector", dim: 4 },
            { name: "image", dataType: "BFloat16Vector", dim: 4, nullable: true },
            { name: "lang", dataType: "VarChar", maxLength: 64, nullable: true },
            { name: "stars", dataType: "Int32", defaultValue: 3 },
            {
                name: "tags",
                dataType: "Array",
                elementType: "VarChar",
                maxLength: 64,
                maxCapacity: 4,
                nullable: true,
            },
            { name: "draft", dataType: "Bool" },
        ];
        const name = `${site.prefix}docs`;
        await site.deploy({ collections: { docs: { name, fields } } });
        await insertRows({ ...site, collection: name, fields, count: 500 });
        const stored = await readRows({ ...site, collection: name, fields });
        expect(stored.column("image")).to.include("NULL");

        const kept = fields.filter((field) => field.name !== "draft");
        // A field that is not nullable cannot be added in place: the rows move.
        const next: FieldArguments[] = [...kept, { name: "page", dataType: "Int64", backfill: 7 }];
        const up = await site.deploy({ collections: { docs: { name, fields: next } } });
        expect(up.ops.replace, up.output).to.equal(1);
        const names = Object.fromEntries(kept.map((field) => [field.name, field.name]));
        expectCarried(stored, await readRows({ ...site, collection: name, fields: next }), names, {
            page: "7",
        });
    });

    for (const [version, nullable] of [
        ["2.6.18", false],
        ["3.0.0", true],
    ] as const)
        it(`of ${version} carries Arrays of Structs${nullable ? ", NULL ones among them" : ""}`, async () => {
            const { site } = await open(version);
            const name = `${site.prefix}docs`;
            const members = [
                { name: "page", dataType: "Int64" },
                { name: "vector", dataType: "FloatVector", dim: 2 },
            ] as const;
            const chunks = { dataType: "Array", elementType: "Struct", maxCapacity: 8, nullable } as const;
            const keyed = both([{ name: "chunks", ...chunks, fields: [...members] }]);
            await site.deploy({ collections: { docs: { name, fields: keyed } } });
            const [key, vector] = smallest.map((field, at) =>
                toFieldData(
                    field,
                    [
                        ["1", "2"],
                        [
                            [1, 2],
                            [3, 4],
                        ],
                    ][at]!,
                ),
            );
            const sent = structs("chunks", [["7"], nullable ? null : ["8", "9"]]);
            const columns = [key!, vector!, sent];
            await site.client.call("Insert", { collection_name: name, num_rows: 2, fields_data: columns });

            const next = both([{ name: "parts", previousName: "chunks", ...chunks, fields: [...members] }]);
            const up = await site.deploy({ collections: { docs: { name, fields: next } } });
            expect(up.ops.replace, up.output).to.equal(1);
            const answer = await site.client.call("Query", {
                collection_name: name,
                expr: "id > 0",
                output_fields: ["parts"],
            });
            const [parts] = answer.fields_data as { struct_arrays: { fields: Message[] } }[];
            const [page] = parts!.struct_arrays.fields;
            expect(toCells(page!)).to.deep.equal(['["7"]', nullable ? "NULL" : '["8","9"]']);
        });

    it("with paused writers drops the old collection, though it counts a key twice", async () => {
        const { site } = await open("2.6.18");
        const name = `${site.prefix}docs`;
        await site.deploy({ collections: { docs: { ...first, name } } });
        const rows = { ...site, collection: name };
        const keys = int64Keys(300);
        await insertRows({
            ...rows,
            fields: columnsOf(first),
            keys: [...keys, ...keys.slice(0, 7)],
            batch: 300,
        });
        const stored = await readRows({ ...rows, fields: columnsOf(first) });
        expect(stored.rows).to.equal(300);

        const migration = { writes: "paused" } as const;
        const up = await site.deploy({ collections: { docs: { ...changed, name, migration } } });
        expect(up.output).to.include("7 rows are older versions of a key");
        expect(await site.collections()).to.deep.equal([name]);
        expectCarried(stored, await readRows({ ...rows, fields: columnsOf(changed) }));
    });

    it("that fails midway leaves the old collection serving, and the next run ends it", async () => {
        const { fake, site } = await open("2.6.18");
        const name = `${site.prefix}docs`;
        await site.deploy({ collections: { docs: { ...first, name } } });
        const rows = { ...site, collection: name };
        await insertRows({ ...rows, fields: columnsOf(first), keys: int64Keys(600), batch: 300 });
        const stored = await readRows({ ...rows, fields: columnsOf(first) });
        await site.declare({ collections: { docs: { ...changed, name } } });
        fake.failNext("Insert", { code: 65535, reason: "disk full" });
        const failed = await site.stack.up();
        expect(failed.ok).to.equal(false);
        expect(failed.failure).to.include("disk full");
        expectCarried(
            stored,
            await readRows({ ...rows, fields: columnsOf(first) }),
            { id: "id", text: "text" },
            {},
        );

        expect((await site.stack.up()).ok).to.equal(true);
        expectCarried(stored, await readRows({ ...rows, fields: columnsOf(changed) }));
    });
});
