import { expect } from "chai";

import { expectCarried, expectStored } from "../support/data/carried";
import type { FieldArguments } from "../support/data/field";
import { onStacks } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectEveryCell, type Table } from "../support/data/table";
import type { ServerName } from "../support/servers";

const count = 1_500;

const key: FieldArguments = { name: "id", dataType: "Int64", isPrimaryKey: true };
const scalars: FieldArguments[] = [
    { name: "bool", dataType: "Bool" },
    { name: "int8", dataType: "Int8" },
    { name: "int16", dataType: "Int16" },
    { name: "int32", dataType: "Int32" },
    { name: "int64", dataType: "Int64" },
    { name: "float", dataType: "Float" },
    { name: "double", dataType: "Double" },
    { name: "text", dataType: "VarChar", maxLength: 512 },
    { name: "json", dataType: "JSON" },
];
const elements = ["Bool", "Int8", "Int16", "Int32", "Int64", "Float", "Double", "VarChar"] as const;
const arrays = elements.map((elementType): FieldArguments => ({
    name: `list_${elementType.toLowerCase()}`,
    dataType: "Array",
    elementType,
    maxCapacity: 8,
    ...(elementType === "VarChar" && { maxLength: 64 }),
}));
const float: FieldArguments = { name: "vector", dataType: "FloatVector", dim: 32 };
const binary: FieldArguments = { name: "bits", dataType: "BinaryVector", dim: 64 };
const halves: FieldArguments[] = [
    { name: "half", dataType: "Float16Vector", dim: 16 },
    { name: "brain", dataType: "BFloat16Vector", dim: 16 },
];
const sparse: FieldArguments = { name: "sparse", dataType: "SparseFloatVector" };
const optional: FieldArguments[] = [
    ...scalars.map((field) => ({ ...field, name: `maybe_${field.name}`, nullable: true })),
    { name: "maybe_list", dataType: "Array", elementType: "Int64", maxCapacity: 4, nullable: true },
    { name: "with_default", dataType: "VarChar", maxLength: 512, defaultValue: "unset" },
    { name: "number_with_default", dataType: "Int64", defaultValue: "-9223372036854775807" },
];

/** Every type that a server has; a collection has four vectors at most. Each vector has the index that is implied. */
const schemas: Partial<Record<ServerName, Record<string, FieldArguments[]>>> = {
    "milvus-lite-3.2.2": {
        "scalars, arrays and vectors": [key, float, sparse, ...scalars, ...arrays],
        "NULLs and defaults": [key, float, ...optional],
        "places and times": [
            key,
            float,
            { name: "place", dataType: "Geometry" },
            { name: "time", dataType: "Timestamptz" },
        ],
    },
    "milvus-2.3.5": {
        "scalars, arrays and a float vector": [key, float, ...scalars, ...arrays],
        // Now and then this server ends with SIGSEGV where it answers binary vectors (docs/compatibility.md).
        ...(process.env["PULUMI_MILVUS_UNSTABLE"] && {
            "scalars and a binary vector": [key, binary, ...scalars],
        }),
    },
    "milvus-lite-2.5.1": {
        "scalars, arrays and a float vector": [key, float, ...scalars, ...arrays],
        "vectors of every kind": [key, binary, ...halves, sparse, ...scalars],
    },
};

onStacks("values of every type", { servers: Object.keys(schemas) as ServerName[] }, (open, serverName) => {
    for (const [server, kinds] of Object.entries(schemas).filter(([one]) => one === serverName))
        for (const [what, fields] of Object.entries(kinds))
            it(`${what} of ${server} are carried over bit for bit, under new names`, async () => {
                const site = await open();
                const name = `${site.prefix}docs`;
                await site.deploy({ collections: { [name]: { fields } } });
                const [first] = await site.collections();
                const keys = int64Keys(count, { largest: server !== "milvus-2.3.5" });
                const rows = { ...site, collection: first!, fields };
                const sent = await insertRows({ ...rows, keys, batch: 500, flushEvery: 1 });
                const stored = await readRows(rows);
                expectStored(sent.sorted(), stored, jsonOf(fields));

                const next = [
                    ...fields.map(renamed),
                    { name: "new", dataType: "Int64", backfill: "9007199254740993" } as const,
                ];
                const up = await site.deploy({
                    collections: { [name]: { fields: next } },
                });
                expect(up.ops.replace).to.equal(1);
                const [second] = await site.collections();
                const carried = await readRows({ ...rows, collection: second!, fields: next });
                const names = Object.fromEntries(fields.map((field, at) => [field.name, next[at]!.name]));
                expectCarried(stored, carried, names, { new: "9007199254740993" });
            });
});

onStacks("a field that becomes nullable, and a new one that is NULL", { needs: ["nullable"] }, (open) => {
    it("keep their values, and NULL is accepted only in a nullable field", async () => {
        const site = await open();
        const name = `${site.prefix}docs`;
        const maybe: FieldArguments = { name: "maybe", dataType: "Int32", nullable: true };
        const fields = [key, float, { name: "sure", dataType: "Int32" } as const, maybe];
        await site.deploy({ collections: { [name]: { fields } } });
        const [first] = await site.collections();
        const rows = { ...site, collection: first!, fields };
        await insertRows({ ...rows, keys: int64Keys(400) });
        const stored = await readRows(rows);

        const next: FieldArguments[] = [
            key,
            float,
            { name: "sure", dataType: "Int32", nullable: true },
            { name: "maybe", dataType: "Int32", backfill: -1 },
            { name: "later", dataType: "VarChar", maxLength: 8, nullable: true },
        ];
        await site.deploy({ collections: { [name]: { fields: next } } });
        const [second] = await site.collections();
        const carried = await readRows({ ...rows, collection: second!, fields: next });
        expectCarried(withoutNulls(stored, "maybe", "-1"), carried, { sure: "sure", maybe: "maybe" }, {});
        expectEveryCell(carried, "later", "NULL");
    });
});

const renamed = (field: FieldArguments): FieldArguments =>
    field.isPrimaryKey ? field : { ...field, name: `new_${field.name}`, previousName: field.name };

const jsonOf = (fields: FieldArguments[]) =>
    fields.filter(({ dataType }) => dataType === "JSON").map(({ name }) => name);

function withoutNulls(table: Table, column: string, cell: string): Table {
    table.columns.set(
        column,
        table.column(column).map((was) => (was === "NULL" ? cell : was)),
    );
    return table;
}
