import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";

import { countRows } from "../../provider/milvus/rows/rows";
import type { GateArgs } from "../../sdk";
import { columnsOf } from "../support/data/exampleCollection";
import type { FieldArguments } from "../support/data/field";
import { onStacks, type Open } from "../support/data/onStacks";
import { insertRows } from "../support/data/rows";
import { expectFailure, expectOk } from "../support/data/site";

const ROWS = 60;

const fields = [
    { name: "id", dataType: "Int64", isPrimaryKey: true },
    { name: "vector", dataType: "FloatVector", dim: 2 },
    { name: "page", dataType: "Int32" },
    { name: "text", dataType: "VarChar", maxLength: 64 },
] satisfies FieldArguments[];

/** Rows on a line: the neighbours of row n are rows n - 1 and n + 1. */
async function filled(open: Open, rows = ROWS) {
    const site = await open();
    const name = `${site.prefix}docs`;
    const program = (maxLength: number, gate?: GateArgs, more: object = {}) => ({
        collections: {
            [name]: {
                fields: fields.map((field) => (field.name === "text" ? { ...field, maxLength } : field)),
                indexes: [{ field: "vector", indexType: "FLAT", metricType: "L2" }],
                migration: { ...(gate && { gate }), ...more },
            },
        },
    });
    await site.deploy(program(64, undefined, { keepPrevious: true }));
    const [old] = await site.collections();
    const keys = Array.from({ length: rows }, (_, key) => String(key));
    let at = 0;
    const value = ({ dataType }: FieldArguments) =>
        dataType === "FloatVector" ? [at++, 0] : dataType === "Int32" ? 7 : "text";
    if (rows > 0)
        await insertRows({
            client: site.client,
            collection: old!,
            fields: columnsOf({ fields }),
            keys,
            value,
        });
    const write = (file: string, text: string) => writeFile(join(site.dir, file), text);
    return { site, name, old: old!, program, write };
}

onStacks("the queries of a gate", { servers: ["milvus-lite-3.2.2", "milvus-2.3.5"], fast: [] }, (open) => {
    it("are refused with their code, before rows are copied where that can be, and else with the copy kept", async function () {
        this.timeout(10 * 60_000);
        const { site, old, program, write } = await filled(open);
        const failing = async (gate: GateArgs, ...said: (string | RegExp)[]) => {
            await site.declare(program(128, gate));
            return expectFailure(await site.stack.up(), ...said);
        };
        await failing({ queries: "./none.jsonl" }, "./none.jsonl cannot be read (ENOENT)", "[MV431]");
        await write("wide.jsonl", "[1, 2]\n[1, 2, 3]\n");
        await failing({ queries: "./wide.jsonl" }, "./wide.jsonl, query 2", "needs 2", "[MV432]");
        expect(await site.collections(), "before a copy").to.deep.equal([old]);

        await write("throws.js", 'exports.judge = () => { throw new Error("no model"); };');
        await failing({ module: "./throws.js" }, "judge of ./throws.js failed: no model", "[MV433]");
        const both = await site.collections();
        expect(both).to.include(old).and.have.length(2);
        await write("filter.json", '[{ "vector": [1, 0], "filter": "no such field >" }]');
        await failing({ queries: "./filter.json" }, "the server refuses a search of vector", "[MV434]");
        expect(await site.collections(), "the same copy").to.deep.equal(both);

        await site.declare(program(128));
        expectOk(await site.stack.up());
        expect(await site.collections()).to.deep.equal(both.filter((one) => one !== old));
    });

    it("come from a file, with filters and numbers of hits of their own", async function () {
        this.timeout(5 * 60_000);
        const { site, program, write } = await filled(open);
        await write(
            "queries.jsonl",
            '[3.2, 0]\n{"vector": [50, 0], "filter": "id < 20", "topK": 2}\n{"vector": [50, 0], "filter": "id < 0"}\n',
        );
        await site.declare(program(128, { queries: "./queries.jsonl", minRecall: 1 }));
        const up = expectOk(await site.stack.up());
        expect(up.output)
            .to.include(
                "gate: vector: recall at 10 1.000 (lowest 1.000), old 1.000, 1.000 of the old hits, 3 queries",
            )
            .and.include("where id < 20")
            .and.include("gate: passed");
    });

    it("are judged by the module of the program, which gets the hits of both collections", async function () {
        this.timeout(5 * 60_000);
        const { site, old, program, write } = await filled(open);
        await write(
            "judge.js",
            `exports.queries = () => [{ vector: [30, 0], topK: 3, about: { right: ["29", "30", "31"] } }];
                 exports.judge = (results) => results.map(({ old, new: now, about }) => {
                     const keys = (hits) => hits.map(({ key }) => String(key)).sort();
                     if (String(keys(old)) !== String(about.right)) throw new Error("old " + keys(old));
                     return String(keys(now)) === String(about.right) ? 0.5 : 0;
                 });`,
        );
        const gate = { module: "./judge.js", minRecall: 0.6 };
        await site.declare(program(128, gate));
        expectFailure(await site.stack.up(), "vector: score is 0.500, and minRecall is 0.6", old, "[MV430]");
        await site.declare(program(128, { ...gate, minRecall: 0.5 }));
        expect(expectOk(await site.stack.up()).output)
            .to.include("score 0.500 (lowest 0.500)")
            .and.include("by the module");
    });

    for (const [rows, said] of [
        [0, "has no rows, so there is nothing to ask"],
        [1, "recall not measured, 1 queries"],
        [4, "recall at 10 1.000 (lowest 1.000), old 1.000, 1.000 of the old hits, 4 queries"],
    ] as const)
        it(`pass with a note, or with fewer hits than topK, where there are ${rows} rows`, async function () {
            this.timeout(5 * 60_000);
            const { site, program } = await filled(open, rows);
            await site.declare(program(128, {}));
            expect(expectOk(await site.stack.up()).output).to.include(said);
            const [now] = await site.collections();
            expect(await countRows(site.client, { database: undefined, name: now! })).to.equal(rows);
        });

    it("are those of the same rows where a transform computes vectors of another space", async function () {
        this.timeout(5 * 60_000);
        const { site, name, program, write } = await filled(open);
        await write(
            "embed.js",
            "exports.default = (rows) => rows.map(({ id }) => ({ vector: [Number(id) % 7, Number(id), 1] }));",
        );
        const { [name]: collection } = program(
            64,
            { minRecall: 1 },
            { transform: "./embed.js", writes: "paused" },
        ).collections;
        const wider = collection!.fields.map((field) =>
            field.name === "vector" ? { ...field, dim: 3 } : field,
        );
        await site.declare({ collections: { [name]: { ...collection!, fields: wider } } });
        const up = expectOk(await site.stack.up());
        // Recall is that of the new space, and there is none of the old hits in it.
        expect(up.output).to.match(
            /gate: vector: recall at 10 1\.000 \(lowest 1\.000\), 0\.\d+ of the old hits, 60 queries, by exact search/,
        );
    });

    it("are asked before a rollback switches, too", async function () {
        this.timeout(5 * 60_000);
        const { site, old, program } = await filled(open);
        await site.declare(program(128, undefined, { keepPrevious: true }));
        expectOk(await site.stack.up());
        const back = (minRecall: number) => program(64, { minRecall, queries: 5 }, { rollback: "previous" });
        await site.declare(back(1));
        const preview = await site.stack.preview();
        expect(preview.output).to.include("ask the gate");
        const up = expectOk(await site.stack.up());
        expect(up.output).to.include("gate: passed");
        expect(await site.collections()).to.include(old);
    });
});
