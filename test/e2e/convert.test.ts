import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";

import type { CollectionArgs } from "../../sdk/args";
import { dynamicField, type FieldArguments } from "../support/data/field";
import { onStacks, type Open } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertRows } from "../support/data/rows";
import { expectFailure, expectOk } from "../support/data/site";
import type { Value } from "../support/data/values";

const key: FieldArguments = { name: "id", dataType: "Int64", isPrimaryKey: true };
const vector: FieldArguments = { name: "vector", dataType: "FloatVector", dim: 4 };
const text: FieldArguments = { name: "metadata", dataType: "VarChar", maxLength: 512 };
const json: FieldArguments = { name: "metadata", dataType: "JSON" };
const before = { fields: [key, vector, text], enableDynamicField: true };

const document = (at: number) => JSON.stringify({ chunk: at, tags: ["a", null, 1.5], name: "é" });
/** The document of each row, whose keys are its numbers; `unfit` replaces that of the row with the key 77. */
const rowsOf = (unfit?: string) =>
    Array.from({ length: 100 }, (_, at) => (at === 77 && unfit) || document(at));

/** A collection of 100 rows; `documents` are in `metadata`, and as text under `raw` in the dynamic field. */
async function start(open: Open, documents: string[]) {
    const site = await open();
    const name = `${site.prefix}docs`;
    await site.deploy({ collections: { [name]: before } });
    const [collection] = await site.collections();
    const filled: Record<string, number> = {};
    const valueOf = (field: string): Value => {
        const at = (filled[field] = (filled[field] ?? -1) + 1);
        if (field === "vector") return Array<number>(4).fill(at);
        return field === "metadata" ? documents[at]! : Buffer.from(JSON.stringify({ raw: documents[at] }));
    };
    const reading = { ...site, collection: collection!, fields: [...before.fields, dynamicField] };
    const keys = documents.map((_, at) => String(at));
    await insertRows({ ...reading, keys, value: ({ name: field }) => valueOf(field) });
    return { site, name, collection: collection! };
}

/** An `up` with another program stops before anything is switched, and names the row with the key 77. */
async function expectStop(
    { site, name, collection }: Awaited<ReturnType<typeof start>>,
    after: CollectionArgs,
    ...messages: string[]
) {
    await site.declare({ collections: { [name]: after } });
    const failed = await site.stack.up();
    expectFailure(failed, "the row with the key 77", ...messages);
    expect(failed.output).to.not.include("written to");
    expect(await site.collections()).to.include(collection);
    const reading = { ...site, collection, fields: before.fields };
    expect((await readRows(reading)).keys).to.have.length(100);
}

onStacks("values that become another type", { fastTests: 3 }, (open, server) => {
    it("converts the text of JSON objects to JSON, and back to text", async () => {
        const { site, name } = await start(open, rowsOf());
        const stored = async (fields: FieldArguments[]) => {
            const [collection] = await site.collections();
            return (await readRows({ ...site, collection: collection!, fields })).column("metadata");
        };
        const wanted = rowsOf().map((one) => JSON.parse(one) as unknown);
        for (const field of [json, text]) {
            const up = await site.deploy({
                collections: { [name]: { ...before, fields: [key, vector, field] } },
            });
            expect(up.output).to.include("100 rows compared value by value");
            const values = await stored([key, vector, field]);
            const documents = values.map((cell) => JSON.parse(cell.slice(cell.indexOf("{"))) as unknown);
            expect(documents).to.have.deep.members(wanted);
        }
    });

    for (const verify of ["count", "full"] as const) {
        it(`stops at a text that is not JSON, with verify: "${verify}"`, async () => {
            const started = await start(open, rowsOf('{"chunk": 77'));
            const after = { ...before, fields: [key, vector, json], migration: { verify } };
            await expectStop(started, after, "metadata: ", '{\\"chunk\\": 77', "[MV309]");
        });

        it(`stops at a JSON path that holds text where the server stores none, with verify: "${verify}"`, async () => {
            const started = await start(open, rowsOf());
            const raw = { name: "raw", dataType: "JSON", from: "$meta.raw" } as const;
            const after = { ...before, fields: [key, vector, text, raw], migration: { verify } };
            const { site, name, collection } = started;
            await site.declare({ collections: { [name]: after } });
            if (server === "milvus-lite-2.5.1") return void expectOk(await site.stack.up());
            const failed = await site.stack.up();
            expectFailure(failed, "raw: the row with the key 0 holds", "needs a JSON object", "[MV309]");
            expect(failed.output).to.not.include("written to");
            expect(await site.collections()).to.include(collection);
        });
    }

    for (const [what, returned, needs] of [
        ["NaN in a vector", "vector: Array(8).fill(id === 77n ? NaN : 1)", "component 0 is NaN"],
        ["no value", "vector: id === 77n ? undefined : Array(8).fill(1)", "no value for vector"],
    ] as const)
        it(`stops where the transform returns ${what}`, async () => {
            const started = await start(open, rowsOf());
            const module = `exports.default = (rows) => rows.map(({ id }) => ({ ${returned} }));`;
            await writeFile(join(started.site.dir, "embed.js"), module);
            const wider = { ...vector, dim: 8 };
            const migration = { transform: "./embed.js", writes: "paused" as const };
            await expectStop(started, { ...before, fields: [key, wider, text], migration }, needs, "[MV339]");
        });
});
