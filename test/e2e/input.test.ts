import { expect } from "chai";

import { onStacks } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectFailure } from "../support/data/site";
import { before, columnsOf } from "../support/data/exampleCollection";

/** A dozen mistakes, as people make them: the wrong word, the wrong place, the wrong number, one thing too many. */
const mistaken = {
    fields: [
        { name: "id", dataType: "Int64", isPrimaryKey: true, nullable: true },
        { name: "vector", dataType: "FLOAT_VECTOR", dim: 8 },
        { name: "image", dataType: "FloatVector" },
        { name: "bits", dataType: "BinaryVector", dim: 12 },
        { name: "text", dataType: "VarChar", max_length: 256 },
        { name: "text", dataType: "VarChar", maxLength: 100_000 },
        { name: "count", dataType: "Int8", backfill: 300 },
        { name: "2nd", dataType: "Bool" },
        { name: "tags", dataType: "Array", elementType: "VarChar" },
        { name: "flag", dataType: "Bool", dim: 4 },
        { name: "page", dataType: "Int32", previousName: "page" },
    ],
    indexes: [{ field: "vectro" }],
    shardsNum: 0,
    consistencyLevel: "strong",
    propertis: {},
};

const places = [
    "fields[0].nullable",
    "fields[1].dataType",
    "fields[2].dim",
    "fields[3].dim",
    "fields[4].max_length",
    "fields[5].name",
    "fields[5].maxLength",
    "fields[6].backfill",
    "fields[7].name",
    "fields[8].maxCapacity",
    "fields[9].dim",
    "fields[10].previousName",
    "indexes[0].field",
    "shardsNum",
    "consistencyLevel",
    "propertis",
];

onStacks(
    "a program with mistakes",
    { servers: ["milvus-lite-3.2.2", "external"], cli: ["milvus-lite-3.2.2", "external"] },
    (open) => {
        it("gets all of them at once, each with its path, and nothing on the server changes", async () => {
            const site = await open();
            const name = `${site.prefix}docs`;
            await site.deploy({ collections: { [name]: before } });
            const [collection] = await site.collections();
            const rows = { ...site, collection: collection!, fields: columnsOf(before) };
            await insertRows({ ...rows, keys: int64Keys(100) });
            const stored = await readRows(rows);

            await site.declare({
                collections: { [name]: mistaken as never, [`${site.prefix}new`]: mistaken as never },
            });
            for (const result of [await site.stack.preview(), await site.stack.up()])
                expectFailure(result, ...places);
            expect(await site.collections()).to.deep.equal([collection]);
            expect((await readRows(rows)).columns).to.deep.equal(stored.columns);
        });
    },
);
