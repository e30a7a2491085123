import { expect } from "chai";

import { schemas } from "../../examples/partition-key/schema";
import { blockOnce } from "../docs/readme";
import type { FieldArguments } from "../support/data/field";
import { readRows } from "../support/data/reader";
import { expectEveryCell, expectSameColumn, expectSameKeys } from "../support/data/table";
import { onExamples } from "../support/examples/onExamples";
import { runScript, tryScript } from "../support/examples/pymilvus";
import { diagnosticsOf } from "../support/examples/shown";

const page = "docs/how-to/multi-tenant.md";

onExamples("the example of a partition key", {}, (open, server) => {
    it("spreads the rows of all tenants again, and each finds its own rows alone", async function () {
        this.timeout(20 * 60_000);
        const example = await open("partition-key");
        const { client } = example;
        const rows = (version: string) =>
            readRows({ client, collection: "docs", fields: schemas[version]!.fields as FieldArguments[] });
        const search = (tenant: string) =>
            runScript(example, server(), "search.py", tenant, "question about renewal and refund");
        await example.up();
        expect(await runScript(example, server(), "load.py")).to.equal(
            "wrote 2,000 rows of 50 tenants to docs",
        );
        const before = await rows("v1");
        const own = await search("customer-7");
        expect(own).to.equal(blockOnce("search", own, page));
        expect(own.match(/customer-7 \|/g)).to.have.length(3);
        // What could change the filter is no name.
        const hostile = 'customer-7" or id >= 0 or tenant == "';
        const refused = await tryScript(example, server(), "search.py", hostile, "all");
        expect(refused.ok).to.equal(false);
        expect(refused.text).to.include("is no name of a tenant").and.not.include(" | ");

        await example.config("schema", "v2");
        const plan = diagnosticsOf(await example.pulumi("preview"), "notes");
        expect(plan).to.equal(blockOnce("preview", plan, page));
        await example.up();
        // How many partitions there are cannot be seen here: milvus-lite 3.2.2 always has 16.
        const after = await rows("v2");
        expectSameKeys(before, after);
        for (const name of ["tenant", "text", "vector"]) expectSameColumn(before, name, after);
        expectEveryCell(after, "plan", "free");
        expect(await search("customer-7")).to.equal(own);
        await example.expectNoChanges();
        await example.destroy();
        expect(await example.collections("notes")).to.deep.equal([]);
    });
});
