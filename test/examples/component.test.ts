import { expect } from "chai";

import { grantsOfRole } from "../../provider/milvus/access/roleGrants";
import { aliasTarget, expectMigrated, insertDocuments } from "../support/examples/documents";
import type { ExampleStack } from "../support/examples/exampleStack";
import { onExamples } from "../support/examples/onExamples";
import { withAuthorization } from "../support/servers/authorization";

const aliases = ["manuals_live", "tickets_live"];

/** Deploys, changes and destroys both indexes of the program; `look` looks at them after each `up`. */
async function live(example: ExampleStack, look: () => Promise<void>): Promise<void> {
    const { client } = example;
    await example.up();
    await look();
    const rows = [];
    for (const [at, alias] of aliases.entries())
        rows.push(await insertDocuments(client, alias, { seed: at + 1 }));
    const before = await example.output<string[]>("collections");

    await example.config("schema", "v2");
    await example.up();
    await look();
    for (const [at, alias] of aliases.entries()) {
        await expectMigrated(client, alias, rows[at]!);
        expect(before).to.not.include(await aliasTarget(client, alias));
    }
    await example.expectNoChanges();

    // Rows are protected until the program says otherwise.
    const { ok, text } = await example.project.pulumi("destroy", "--yes", "--skip-preview");
    expect(ok, text).to.equal(false);
    expect(text).to.include("[MV305]");
    await example.config("protect", "false");
    await example.up();
    await example.destroy();
    expect(await example.collections("manuals", "tickets")).to.deep.equal([]);
}

onExamples("the example of a component", {}, (open) => {
    it("migrates the rows of both indexes, and protects them", async function () {
        this.timeout(15 * 60_000);
        const example = await open("component");
        await live(example, async () => {
            expect(await example.output("aliases")).to.deep.equal(aliases);
        });
    });
});

onExamples(
    "the example of a component with readers",
    { servers: ["milvus-2.3.5"], apart: true },
    (open, server) => {
        it("gives its readers what they need on both indexes, before and after a migration", async function () {
            this.timeout(30 * 60_000);
            await withAuthorization(server(), async (token) => {
                const example = await open("component", { token });
                const { client } = example;
                const role = `support_${process.pid}`;
                await client.call("CreateRole", { entity: { name: role } });
                try {
                    await example.config("readers[0]", role, "--path");
                    await live(example, async () => {
                        const collections = await example.output<string[]>("collections");
                        const places = (await grantsOfRole(client, role, "default")).map(
                            ({ collection, privilege }) => `${privilege} ${collection}`,
                        );
                        const wanted = [...aliases, ...collections].flatMap((name) =>
                            ["Query", "Search"].map((privilege) => `${privilege} ${name}`),
                        );
                        expect(places.sort()).to.deep.equal(wanted.sort());
                    });
                    expect(await grantsOfRole(client, role, "default")).to.deep.equal([]);
                } finally {
                    await client.call("DropRole", { role_name: role });
                }
            });
        });
    },
);
