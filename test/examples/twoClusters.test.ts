import { expect } from "chai";

import { Connection } from "../../provider/inputs/schema/connection";
import { listCollections } from "../../provider/milvus/collection/collections";
import { MilvusClient } from "../../provider/milvus/transport/client";
import { aliasTarget, expectMigrated, insertDocuments } from "../support/examples/documents";
import { onExamples } from "../support/examples/onExamples";
import { expectQuoted } from "../support/examples/quoted";
import { typescript } from "../support/languages/languages";
import { server as startServer } from "../support/servers";

onExamples("the example of two clusters", {}, (open, server) => {
    it("changes both, each with its own rows, and refuses to exchange them", async function () {
        this.timeout(15 * 60_000);
        // A second server of the same kind.
        const second = await startServer("milvus-lite-3.2.2", true);
        const example = await open("two-clusters", { install: typescript.install });
        const america = await MilvusClient.connect(Connection.parse({ address: second.address }));
        try {
            const europe = example.client;
            await example.config("europeAddress", server().address);
            await example.config("americaAddress", second.address);
            await example.up();
            const rows = [
                await insertDocuments(europe, "docs", { seed: 1 }),
                await insertDocuments(america, "docs", { from: 10_000, seed: 2 }),
            ];
            const before = await example.output<string>("america");

            // Providers that change places would take the rows of one for those of the other.
            await example.config("europeAddress", second.address);
            await example.config("americaAddress", server().address);
            expectQuoted("how-to/move-cluster.md", "another-provider", await example.upFails());
            await example.config("europeAddress", server().address);
            await example.config("americaAddress", second.address);

            await example.config("schema", "v2");
            await example.up();
            await expectMigrated(europe, "docs", rows[0]!);
            await expectMigrated(america, "docs", rows[1]!);
            const collection = await example.output<string>("america");
            expect(collection).to.not.equal(before);
            expect(await aliasTarget(america, "docs")).to.equal(collection);
            await example.expectNoChanges();
            await example.destroy();
            expect(await example.collections("europe_", "america_")).to.deep.equal([]);
            expect(await listCollections(america, undefined)).to.deep.equal([]);
        } finally {
            america.close();
        }
    });
});
