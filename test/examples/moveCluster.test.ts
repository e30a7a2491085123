import { join } from "node:path";

import { expect } from "chai";

import { Connection } from "../../provider/inputs/schema/connection";
import { dropAlias } from "../../provider/milvus/collection/aliases";
import { dropCollection, listCollections } from "../../provider/milvus/collection/collections";
import { MilvusClient } from "../../provider/milvus/transport/client";
import { readRows } from "../support/data/reader";
import { aliasTarget, v1 } from "../support/examples/documents";
import { onExamples } from "../support/examples/onExamples";
import { runScript } from "../support/examples/pymilvus";
import { expectQuoted } from "../support/examples/quoted";
import { checkout } from "../support/languages/project";
import { server as startServer } from "../support/servers";

const page = "how-to/move-cluster.md";

onExamples("the example of a move to another cluster", {}, (open, server) => {
    it("carries the rows over, leaves the old cluster as it was, and both compare", async function () {
        this.timeout(15 * 60_000);
        const { address } = server();
        // A second server of the same kind.
        const { address: target } = await startServer("milvus-lite-3.2.2", true);
        const there = await MilvusClient.connect(Connection.parse({ address: target }));
        const example = await open("move-cluster");
        const { client, project } = example;
        try {
            await example.config("cluster", address);
            await example.up();
            await runScript(example, server(), "load.py");
            const rows = await readRows({ client, collection: "docs", fields: v1 });
            const old = (await aliasTarget(client, "docs"))!;
            await example.config("keepOld", "true");
            expect(await example.up()).to.include("unchanged");

            await example.config("cluster", target);
            expectQuoted(page, "preview", await example.pulumi("preview"));
            expectQuoted(page, "up", await example.up());
            const collection = await example.output<string>("collection");
            expect(await listCollections(there, undefined)).to.deep.equal([collection]);
            expect(await aliasTarget(there, "docs")).to.equal(collection);
            expectQuoted(page, "looked", await runScript(example, { address: target }, "look.py", "docs"));
            expect(await aliasTarget(client, "docs")).to.equal(old);
            for (const side of [client, there]) {
                const { columns } = await readRows({ client: side, collection: "docs", fields: v1 });
                expect(columns).to.deep.equal(rows.columns);
            }

            const verify = () => {
                const sides = ["--address", address, "--target-address", target];
                const command = join(checkout, "dist/cli/main.js");
                return project.run("node", [command, "verify", "docs", "docs", ...sides]);
            };
            const same = await verify();
            expect(same.ok, same.text).to.equal(true);
            expectQuoted(page, "verify", same.text);
            await there.call("Delete", { collection_name: "docs", expr: "id in [7]" });
            const differs = await verify();
            expect(differs.ok).to.equal(false);
            expectQuoted(page, "verify-differs", differs.text);

            await example.config("keepOld", "false");
            await example.up();
            await example.expectNoChanges();
            await example.destroy();
            expect(await listCollections(there, undefined)).to.deep.equal([]);
            expect(await example.collections("docs")).to.deep.equal([old]);
            // Pulumi does not know what the old cluster has kept: it goes by hand.
            expectQuoted(page, "dropped", await runScript(example, server(), "drop.py", "docs"));
            expect(await example.collections("docs")).to.deep.equal([]);
        } finally {
            await dropAlias(client, { database: undefined, alias: "docs" }).catch(() => undefined);
            for (const name of await example.collections("docs_"))
                await dropCollection(client, { database: undefined, name });
            there.close();
        }
    });
});
