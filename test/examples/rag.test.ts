import { expect } from "chai";

import { schemas } from "../../examples/rag/schema";
import { block, blockOnce } from "../docs/readme";
import { dynamicField, type FieldArguments } from "../support/data/field";
import { readRows } from "../support/data/reader";
import {
    byMeaning,
    expectEveryCell,
    expectSameColumn,
    expectSameKeys,
    type Table,
} from "../support/data/table";
import { onExamples } from "../support/examples/onExamples";
import { runScript } from "../support/examples/pymilvus";
import { diagnosticsOf } from "../support/examples/shown";

const page = "docs/how-to/rag.md";
const fieldsOf = (version: string) => [...(schemas[version] as FieldArguments[]), dynamicField];
const objects = (table: Table, name: string) =>
    table.column(name).map((cell) => JSON.parse(cell) as Record<string, unknown>);

onExamples("the example of documents for retrieval", {}, (open, server) => {
    it("keeps every chunk while fields are renamed, added and taken from JSON", async function () {
        this.timeout(20 * 60_000);
        const example = await open("rag");
        const run = (file: string, ...args: string[]) => runScript(example, server(), file, ...args);
        const rows = (version: string) =>
            readRows({ client: example.client, collection: "docs", fields: fieldsOf(version) });
        const question = "the boiler leaks, is it the pipe or the gasket";
        await example.up();
        expect(await run("load.py")).to.equal("wrote 2,000 rows to docs");
        const before = await rows("v1");
        const found = await run("search.py", question);
        expect(found).to.equal(blockOnce("before", found, page));

        await example.config("schema", "v2");
        const plan = diagnosticsOf(await example.pulumi("preview"), "chunks");
        expect(plan).to.equal(blockOnce("preview", plan, page));
        await example.up();
        const after = await rows("v2");
        expect(after.rows).to.equal(2_000);
        expectSameKeys(before, after);
        for (const name of ["text", "vector"]) expectSameColumn(before, name, after);
        expectSameColumn(before, "page_num", after, "page");
        expect(byMeaning(after.column("metadata"))).to.deep.equal(byMeaning(before.column("metadata")));
        expectEveryCell(after, "reviewed", "false");
        const keys = objects(before, "$meta");
        expect(after.column("lang").map((cell) => cell.replace(/^"|"$/g, ""))).to.deep.equal(
            keys.map(({ lang = "en" }) => lang),
        );
        expect(new Set(keys.map(({ lang }) => lang))).to.deep.equal(new Set(["de", undefined]));
        expect(after.column("source").map((cell) => cell.replace(/^"|"$/g, ""))).to.deep.equal(
            objects(before, "metadata").map(({ source }) => source),
        );
        expect(new Set(after.column("$meta"))).to.deep.equal(new Set(["{}"]));

        // The answers are the same, and the new field filters them.
        expect(await run("search.py", question)).to.equal(found);
        const filtered = await run("search.py", question, 'lang == "en"', "text", "source");
        expect(filtered).to.equal(blockOnce("after", filtered, page));
        expect(filtered).to.not.equal(found);
        expect(block("after", page)).to.match(/\.pdf$/m);

        // Everything of the old schema that a client still asks for.
        const old = await run("search.py", question, "", "page_num");
        expect(old).to.equal(blockOnce("old-name", old, page));
        await example.expectNoChanges();
        await example.destroy();
        expect(await example.collections("chunks")).to.deep.equal([]);
    });
});
