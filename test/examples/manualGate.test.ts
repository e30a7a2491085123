import { expect } from "chai";

import { readRows } from "../support/data/reader";
import { aliasTarget, expectMigrated, v1 } from "../support/examples/documents";
import { onExamples } from "../support/examples/onExamples";
import { runScript } from "../support/examples/pymilvus";
import { expectQuoted } from "../support/examples/quoted";

const page = "how-to/manual-gate.md";

onExamples("the example of a manual gate", {}, (open, server) => {
    it("moves the alias when somebody approves the copy, with the rows that were written meanwhile", async function () {
        this.timeout(10 * 60_000);
        const example = await open("manual-gate");
        const { client } = example;
        await example.up();
        await runScript(example, server(), "load.py");
        const old = await aliasTarget(client, "docs");

        await example.config("schema", "v2");
        const stopped = await example.upFails();
        expectQuoted(page, "stopped", stopped);
        const [, copy] = /(docs_[0-9a-f]{7}) is ready and verified/.exec(stopped)!;
        expect(stopped).to.include(`pulumi config set approved ${copy!} && pulumi up`);
        expect(await aliasTarget(client, "docs")).to.equal(old);
        expect(await example.collections("docs_")).to.have.members([old, copy]);

        // Clients write on through the alias, and a run without the approval stops again.
        expectQuoted(page, "looked", await runScript(example, server(), "look.py", "docs", copy!));
        await runScript(example, server(), "load.py", "2000");
        const rows = await readRows({ client, collection: "docs", fields: v1 });
        expect(rows.rows).to.equal(4_000);
        expect(await example.upFails()).to.include(`${copy!} is ready and verified`);
        expect(await aliasTarget(client, "docs")).to.equal(old);

        // The state has the new collection: another change has to wait.
        await example.config("schema", "v1");
        expect(await example.upFails()).to.include("[MV326]");
        await example.config("schema", "v2");

        await example.config("approved", copy!);
        expectQuoted(page, "approved", await example.up());
        expect(await aliasTarget(client, "docs")).to.equal(copy);
        expect(await example.collections("docs_")).to.deep.equal([copy]);
        await expectMigrated(client, "docs", rows);
        await example.expectNoChanges();
        await example.destroy();
        expect(await example.collections("docs")).to.deep.equal([]);
    });
});
