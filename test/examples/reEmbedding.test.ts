import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

import { expect } from "chai";

import { models, schemaOf } from "../../examples/re-embedding/schema";
import { blockOnce } from "../docs/readme";
import type { FieldArguments } from "../support/data/field";
import { readRows } from "../support/data/reader";
import { expectSameColumn, expectSameKeys } from "../support/data/table";
import { startEmbeddingServer } from "../support/examples/embeddingServer";
import { onExamples } from "../support/examples/onExamples";
import { runScript, tryScript } from "../support/examples/pymilvus";
import { diagnosticsOf } from "../support/examples/shown";

const page = "docs/how-to/re-embedding.md";

type Embed = (rows: { text: string }[]) => Promise<{ vector: number[] }[]>;
const embed = createRequire(__filename)("../../examples/re-embedding/embed.js") as Embed;

describe("the transform of the example of re-embedding", () => {
    afterEach(() => {
        delete process.env["EMBEDDING_URL"];
        delete process.env["EMBEDDING_API_KEY"];
    });

    it("asks the model again when it is turned away, and puts the vectors into the order of the texts", async () => {
        const rows = Array.from({ length: 7 }, (_, place) => ({ text: `text ${place} of seven` }));
        const expected = await embed(rows);
        const byText = new Map(rows.map(({ text }, place) => [text, expected[place]!.vector]));
        const server = await startEmbeddingServer((text) => byText.get(text)!);
        process.env["EMBEDDING_URL"] = server.url;
        process.env["EMBEDDING_API_KEY"] = "k";
        try {
            for (let call = 0; call < 4; call++) expect(await embed(rows)).to.deep.equal(expected);
            expect(server.turnedAway()).to.equal(1);
            expect(server.answered).to.deep.equal([7, 7, 7, 7]);
            expect([...server.keys]).to.deep.equal(["Bearer k"]);
        } finally {
            await server.close();
        }
    });

    it("ends with the status of the answer, and without the key, when the model refuses", async () => {
        const server = await startEmbeddingServer(() => [], { refuse: 401 });
        process.env["EMBEDDING_URL"] = server.url;
        process.env["EMBEDDING_API_KEY"] = "secret";
        try {
            const failure = await embed([{ text: "a" }]).catch((error: unknown) => String(error));
            expect(failure).to.include("401").and.not.include("secret");
        } finally {
            await server.close();
        }
    });
});

onExamples("the example of re-embedding", {}, (open, server) => {
    it("computes the vectors of another model for every row, and goes back to those of the first", async function () {
        this.timeout(20 * 60_000);
        const example = await open("re-embedding");
        const { client, project } = example;
        const rows = (model: string) =>
            readRows({
                client,
                collection: "docs",
                fields: schemaOf(models[model]!).fields as FieldArguments[],
            });
        const shown = (name: string, text: string) =>
            expect(text, name).to.equal(blockOnce(name, text, page));
        const run = (file: string, ...args: string[]) => runScript(example, server(), file, ...args);
        await example.up();
        expect(await run("load.py")).to.equal("wrote 2,000 rows to docs, with vectors of 64 dimensions");
        const before = await rows("small");
        shown("estimate", await run("estimate.py", "--price", "0.10", "--tokens-per-minute", "1000000"));
        const small = await run("search.py", "the valve leaks at the nozzle and the wiring");
        expect(small).to.include("vectors of 64 dimensions");

        await example.config("model", "large");
        shown("preview", diagnosticsOf(await example.pulumi("preview"), "texts"));
        shown("up", diagnosticsOf(await example.up(), "texts").replace(/^[^]*(?=^copied 2000)/m, ""));
        const after = await rows("large");
        expectSameKeys(before, after);
        expectSameColumn(before, "text", after);
        const large = await run("search.py", "the valve leaks at the nozzle and the wiring");
        shown("search", large);
        expect(large).to.include("vectors of 128 dimensions");
        // The model of the rows is that of the questions, bit for bit.
        expect(await run("load.py")).to.equal("wrote 2,000 rows to docs, with vectors of 128 dimensions");
        expectSameColumn(after, "vector", await rows("large"));
        await example.expectNoChanges();

        // A model that cannot be asked: going back computes nothing.
        await writeFile(join(project.dir, "embed.js"), "throw new Error('not asked');");
        await example.config("model", "small");
        await example.config("rollback", "true");
        shown("back", diagnosticsOf(await example.pulumi("preview"), "texts"));
        await example.up();
        const again = await rows("small");
        expectSameKeys(before, again);
        for (const name of ["text", "vector"]) expectSameColumn(before, name, again);
        expect(await run("search.py", "the valve leaks at the nozzle and the wiring")).to.equal(small);
        await example.expectNoChanges();
        expect((await tryScript(example, server(), "estimate.py")).ok).to.equal(false);
        await example.destroy();
        expect(await example.collections("texts")).to.deep.equal([]);
    });
});
