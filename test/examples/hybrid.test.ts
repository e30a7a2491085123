import { expect } from "chai";

import { schemas } from "../../examples/hybrid/schema";
import { blockOnce } from "../docs/readme";
import type { FieldArguments } from "../support/data/field";
import { readRows } from "../support/data/reader";
import { expectSameColumn, expectSameKeys } from "../support/data/table";
import { onExamples } from "../support/examples/onExamples";
import { runScript } from "../support/examples/pymilvus";
import { diagnosticsOf } from "../support/examples/shown";

const page = "docs/how-to/hybrid.md";

onExamples("the example of hybrid search", {}, (open, server) => {
    it("adds full text search to rows that exist, changes its analyzer, and keeps every row", async function () {
        this.timeout(20 * 60_000);
        const example = await open("hybrid");
        const fields = schemas["dense"]!.fields as FieldArguments[];
        const rows = () => readRows({ client: example.client, collection: "docs", fields });
        const search = (kind: string, question: string) =>
            runScript(example, server(), "search.py", kind, question);
        const shown = (name: string, text: string) =>
            expect(text, name).to.equal(blockOnce(name, text, page));
        await example.up();
        expect(await runScript(example, server(), "load.py")).to.equal("wrote 2,000 rows to docs");
        const before = await rows();
        const question = "replica restarts, cable and quota, error E1467";
        const dense = await search("dense", question);
        shown("dense", dense);

        await example.config("schema", "bm25");
        shown("add", diagnosticsOf(await example.pulumi("preview"), "articles"));
        shown(
            "added",
            diagnosticsOf(await example.up(), "articles")
                .split("\n")
                .slice(-3)
                .join("\n"),
        );
        const added = await rows();
        expectSameKeys(before, added);
        for (const name of ["text", "dense"]) expectSameColumn(before, name, added);
        expect(await search("dense", question)).to.equal(dense);
        shown("words", await search("words", question));
        shown("hybrid", await search("hybrid", question));
        // The rows that were there before the function have their vectors of words.
        expect(await search("words", "E1999")).to.match(/^999 \|/);
        expect((await search("words", "with the")).split("\n")).to.have.length(3);

        await example.config("schema", "filtered");
        shown("change", diagnosticsOf(await example.pulumi("preview"), "articles"));
        await example.up();
        const changed = await rows();
        expectSameKeys(before, changed);
        for (const name of ["text", "dense"]) expectSameColumn(before, name, changed);
        expect(await search("words", "with the")).to.equal("");
        shown("filtered", await search("words", question));
        await example.expectNoChanges();
        await example.destroy();
        expect(await example.collections("articles")).to.deep.equal([]);
    });
});
