import { expect } from "chai";

import type { CollectionArgs } from "../../sdk/args";
import { onStacks, type Open } from "../support/data/onStacks";
import { insertRows, int64Keys } from "../support/data/rows";
import type { FieldArguments } from "../support/data/field";
import { after, before, columnsOf, keyedBy } from "../support/data/exampleCollection";

const count = 1_200;

type Schema = Pick<CollectionArgs, "functions" | "migration"> & {
    fields: FieldArguments[];
    enableDynamicField: boolean;
};

/** Migrates some rows; returns the output of `up`, and the collection that has the rows now. */
async function migrate(open: Open, from: Schema, to: Schema, inserted = from.fields) {
    const site = await open();
    const name = `${site.prefix}docs`;
    await site.deploy({ collections: { [name]: from } });
    const [old] = await site.collections();
    const keys = from.fields.some(({ autoId }) => autoId) ? { count } : { keys: int64Keys(count) };
    await insertRows({
        ...site,
        collection: old!,
        fields: columnsOf({ ...from, fields: inserted }),
        ...keys,
    });
    const { output } = await site.deploy({ collections: { [name]: to } });
    const [copy] = await site.collections();
    return { output, copy: copy! };
}

const compared = (copy: string) => `verified ${copy}: 1,200 rows compared value by value in `;

onStacks(
    "the report of a verification",
    { servers: ["milvus-lite-3.2.2", "milvus-2.3.5"], fast: ["milvus-lite-3.2.2"], fastTests: 1 },
    (open) => {
        for (const writes of ["online", "paused"] as const)
            it(`says how many rows were compared, and in how long, with writes ${writes}`, async () => {
                const { output, copy } = await migrate(open, before, { ...after, migration: { writes } });
                expect(output).to.include(compared(copy)).and.not.include("not compared");
            });

        it('says that only the rows were counted with verify: "count"', async () => {
            const migration = { writes: "paused", verify: "count" } as const;
            const { output, copy } = await migrate(open, before, { ...after, migration });
            expect(output).to.include(`verified ${copy}: it counts 1,200 rows, as many as were copied`);
        });

        it("says that rows were compared as a multiset with regenerated keys", async () => {
            const [from, to] = [keyedBy(before, { autoId: true }), keyedBy(after, { autoId: true })];
            const migration = { writes: "paused", primaryKeys: "regenerate" } as const;
            const { output, copy } = await migrate(open, from, { ...to, migration });
            expect(output)
                .to.include(compared(copy))
                .and.include(
                    "as a multiset, because their keys are new; not compared: id (made by the server)",
                );
        });
    },
);

onStacks("the report of a verification", { needs: ["bm25"], fastTests: 1 }, (open) => {
    for (const writes of ["online", "paused"] as const)
        it(`names the output of a function, which cannot be compared, with writes ${writes}`, async () => {
            const inserted = before.fields.map((field): FieldArguments =>
                field.name === "text" ? { ...field, enableAnalyzer: true } : field,
            );
            const searchable = (fields: FieldArguments[]): Schema => ({
                fields: [...fields, { name: "sparse", dataType: "SparseFloatVector" }],
                functions: [
                    { name: "bm25", type: "BM25", inputFieldNames: ["text"], outputFieldNames: ["sparse"] },
                ],
                enableDynamicField: true,
            });
            const wider = inserted.map((field) =>
                field.name === "draft" ? { ...field, maxLength: 128 } : field,
            );
            const to = { ...searchable(wider), migration: { writes } };
            const { output, copy } = await migrate(open, searchable(inserted), to, inserted);
            expect(output)
                .to.include(compared(copy))
                .and.include("not compared: sparse (made by the server)");
        });
});
