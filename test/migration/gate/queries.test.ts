import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { Gate } from "../../../provider/inputs/schema/gate";
import { loadGateModule } from "../../../provider/migration/gate/gateModule";
import { checkProgramQueries, programQueries } from "../../../provider/migration/gate/programQueries";
import type { GatedField } from "../../../provider/plan/mapping/gatedFields";
import { isRetryable } from "../../../provider/migration/errors";

const vector: GatedField = {
    field: "vector",
    dataType: "FloatVector",
    dim: 2,
    metric: "L2",
    isExact: true,
    takesText: false,
    canBeSampled: true,
    old: { field: "vector", dataType: "FloatVector", dim: 2 },
    isSameSpace: true,
};
const sparse: GatedField = {
    ...vector,
    field: "sparse",
    dataType: "SparseFloatVector",
    dim: undefined,
    metric: "BM25",
    takesText: true,
};
const both = [vector, sparse];

describe("the queries of a gate", () => {
    let folder: string;
    beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), "gate-"))));
    afterEach(() => rm(folder, { recursive: true, force: true }));

    const write = async (name: string, text: string) => {
        await writeFile(join(folder, name), text);
        return join(folder, name);
    };
    const gateOf = (more: object) => Gate.parse({ searchParams: { vector: { ef: 9 } }, ...more });
    async function fromFile(text: string, fields = [vector], more: object = {}) {
        return (await programQueries(
            gateOf({ queries: await write("queries", text), ...more }),
            undefined,
            fields,
        ))!;
    }
    const failureOf = (attempt: Promise<unknown>) =>
        attempt.then(
            () => "it went well",
            (error: unknown) => {
                expect(isRetryable(error), "whether the copy is kept").to.equal(true);
                return (error as Error).message;
            },
        );

    it("come from a JSON list, or from one JSON value on each line", async () => {
        const plain = { field: "vector", filter: "", topK: 10, params: { ef: 9 } };
        const wanted = [
            { ...plain, input: [1, 2] },
            { ...plain, input: [3, 4] },
        ];
        expect(await fromFile("[[1, 2], [3, 4]]")).to.deep.equal(wanted);
        expect(await fromFile('[1, 2]\n\n{"vector": [3, 4]}\n')).to.deep.equal(wanted);
        expect(await fromFile("[1, 2]")).to.deep.equal(wanted.slice(0, 1));
    });

    it("have a field, a filter, a number of hits, parameters and what a judge wants to know", async () => {
        const text = { text: "how?", filter: "page > 3", topK: 3, about: { right: [7] } };
        const given = [
            text,
            { vector: { 5: 1.5 }, field: "sparse", searchParams: { drop_ratio_search: 0.2 } },
        ];
        expect(await fromFile(JSON.stringify(given), both)).to.deep.equal([
            {
                field: "sparse",
                input: "how?",
                filter: "page > 3",
                topK: 3,
                params: {},
                about: { right: [7] },
            },
            { field: "sparse", input: { 5: 1.5 }, filter: "", topK: 10, params: { drop_ratio_search: 0.2 } },
        ]);
    });

    for (const [text, reason, fields] of [
        ["[[1, 2], [1, 2, 3]]", "query 2: vector: The vector has 3 elements but needs 2"],
        ['[{"vector": ["a"]}]', "query 1: vector"],
        ['[{"vector": [1, 2], "topk": 3}]', "query 1: Unrecognized key"],
        ['[{"filter": "a > 1"}]', "query 1: give one of vector and text"],
        ['[{"text": "a", "vector": [1, 2]}]', "query 1: give one of vector and text"],
        ['[{"text": "a"}]', "query 1: field is missing. Write one of none"],
        ['[{"text": "a", "field": "vector"}]', "vector"],
        ["[[1, 2]]", "query 1: field is missing. Write one of vector, sparse", both],
        ['[{"vector": [1, 2], "field": "vectr"}]', 'there is no vector field "vectr". Write one of vector'],
        ["[]", "there is no query"],
        ["", "there is no query"],
        ["[1, 2]\n[3,", "line 2: it is no JSON"],
    ] as [string, string, GatedField[]?][])
        it(`are refused with their place: ${JSON.stringify(text)}`, async () => {
            expect(await failureOf(fromFile(text, fields)))
                .to.include(reason)
                .and.match(/\[MV432\]$/);
        });

    it("are refused before any row is copied if there is no such file or module", async () => {
        const check = (more: object) => failureOf(checkProgramQueries(gateOf(more), both));
        expect(await check({ queries: join(folder, "none.json") }))
            .to.include("none.json cannot be read (ENOENT)")
            .and.match(/\[MV431\]$/);
        expect(await check({ module: join(folder, "none.js") })).to.match(
            /none\.js cannot be loaded.*\[MV431\]$/s,
        );
        const empty = await write("empty.js", "exports.other = 1");
        expect(await check({ module: empty }))
            .to.include("no function `judge`")
            .and.match(/\[MV431\]$/);
        const twice = await write("twice.js", "exports.queries = () => []");
        expect(await check({ module: twice, queries: 5 }))
            .to.include("Set one of both")
            .and.match(/\[MV431\]$/);
    });

    describe("of a module", () => {
        const load = async (text: string, ms = 60_000) =>
            loadGateModule(await write(`m${Math.random()}.js`, text), ms);

        it("are what `queries` returns, also as an ES module's default", async () => {
            const plain = await load("exports.queries = async () => [[1, 2]]");
            expect(await plain.queries!()).to.deep.equal([[1, 2]]);
            expect(plain.judge).to.equal(undefined);
            const compiled = await load("exports.default = { queries: () => [[3, 4]], judge: () => [] }");
            expect(await compiled.queries!()).to.deep.equal([[3, 4]]);
            expect(await programQueries(gateOf({}), compiled, [vector])).to.have.length(1);
        });

        it("fail with a code if a call throws, hangs or returns something else", async () => {
            const result = { field: "vector", query: [1], filter: "", topK: 1, about: 0, old: [], new: [] };
            const judged = (text: string, ms?: number) =>
                load(text, ms).then((module) => failureOf(module.judge!([result])));
            for (const [text, reason] of [
                ["exports.judge = () => { throw new Error('no quota') }", "failed: no quota"],
                ["exports.judge = () => [1, 1]", "it got 1 results and returned 2 values"],
                ["exports.judge = () => [1.5]", "1 values, 0 of them from 0 to 1"],
                ["exports.judge = () => null", "returned null"],
            ] as const)
                expect(await judged(text))
                    .to.include(reason)
                    .and.match(/\[MV433\]$/);
            const hanging = "exports.judge = () => new Promise(() => setInterval(() => 0, 1e6).unref())";
            expect(await judged(hanging, 20))
                .to.include("no answer within 0.02 s")
                .and.match(/\[MV433\]$/);
            const wrong = await load("exports.queries = () => 5");
            expect(await failureOf(wrong.queries!()))
                .to.include("it returned number")
                .and.match(/\[MV433\]$/);
        });
    });
});
