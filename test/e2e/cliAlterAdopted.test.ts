import { expect } from "chai";

import { alterLine, type ArticleSite, changed, openArticleSite } from "../support/cli/articleSite";
import { onStacks } from "../support/data/onStacks";
import { expectSameKeys } from "../support/data/table";
import type { CollectionArgs } from "../../sdk/args";

/** The collection as a program declares it after `alter`. */
const declared = (name: string): CollectionArgs => ({
    name,
    adopt: true,
    enableDynamicField: true,
    fields: [
        { name: "file_id", dataType: "VarChar", maxLength: 500 },
        { name: "vector", dataType: "FloatVector", dim: 16 },
        { name: "text", dataType: "VarChar", maxLength: 65535 },
        { name: "metadata", dataType: "JSON" },
        { name: "page_num", dataType: "VarChar", maxLength: 500 },
        { name: "rating", dataType: "Float", defaultValue: 2.5 },
        { name: "active", dataType: "Bool" },
        { name: "id", dataType: "Int64", isPrimaryKey: true, autoId: true },
    ],
});

onStacks("a collection that `alter` has changed", { servers: ["milvus-lite-3.2.2"], fast: [] }, (open) => {
    for (const [title, more] of [
        ["", []],
        [" with the previous one retained", ["--keep-previous"]],
    ] as const)
        it(`is adopted by a program without a change${title}`, async function () {
            this.timeout(5 * 60_000);
            const stack = await open();
            const site: ArticleSite = await openArticleSite(stack.server, 500);
            try {
                await site.writeSchema(changed);
                const rows = await site.rows();
                const altered = await site.run(alterLine(site.name, "--yes", ...more));
                expect(altered.code, altered.out + altered.err).to.equal(0);

                const up = await stack.deploy({ collections: { docs: declared(site.name) } });
                expect(up.ops.create).to.equal(1);
                expect(up.output).to.not.include("MV303");
                const again = await stack.stack.up();
                expect(again.ops.same, again.output).to.equal(1);
                expectSameKeys(rows, await site.rows());

                // From now on the program is the only one that changes it.
                await site.writeSchema(changed.slice(0, -1));
                const refused = await site.run(alterLine(site.name, "--yes"));
                expect(refused.err).to.include("is managed by the Pulumi stack").and.include("[MV521]");
            } finally {
                await site.close();
            }
        });
});
