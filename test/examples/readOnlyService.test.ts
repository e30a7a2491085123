import { expect } from "chai";

import { grantsOfRole } from "../../provider/milvus/access/roleGrants";
import { listRoles } from "../../provider/milvus/access/roles";
import { userRoles } from "../../provider/milvus/access/users";
import { Connection } from "../../provider/inputs/schema/connection";
import { flush } from "../../provider/milvus/rows/rows";
import { MilvusClient } from "../../provider/milvus/transport/client";
import { isMilvusError } from "../../provider/milvus/transport/errors";
import { readRows } from "../support/data/reader";
import { aliasTarget, expectMigrated, insertDocuments, v2 } from "../support/examples/documents";
import { onExamples } from "../support/examples/onExamples";
import { whenAllowed, withAuthorization } from "../support/servers/authorization";
import { startPymilvusReader } from "../support/traffic/pymilvusReader";

const password = "a-long-password";

onExamples(
    "the example of a read-only service",
    { servers: ["milvus-2.3.5"], apart: true },
    (open, server) => {
        it("lets its user search through a migration, and nothing else", async function () {
            this.timeout(30 * 60_000);
            const { address } = server();
            await withAuthorization(server(), async (rootToken) => {
                const example = await open("read-only-service", { token: rootToken });
                const { client } = example;
                await example.config("servicePassword", password, "--secret");
                await example.up();
                const rows = await insertDocuments(client, "docs");
                const old = (await aliasTarget(client, "docs"))!;
                await flush(client, { database: undefined, name: old });

                const token = `docs_search:${password}`;
                const service = await startPymilvusReader(address, token, "docs");
                await example.config("schema", "v2");
                const up = await example.project.pulumi("up", "--yes", "--skip-preview");
                const searches = await service.stop();
                expect(up.ok, up.text).to.equal(true);
                expect(searches.done).to.be.greaterThan(10);
                expect(searches.failed).to.deep.equal([]);

                await expectMigrated(client, "docs", rows);
                const now = await example.output<string>("collection");
                expect(now).to.not.equal(old);
                const granted = (await grantsOfRole(client, "docs_reader", "default")).map(
                    (one) => one.collection,
                );
                expect(new Set(granted)).to.deep.equal(new Set([now, "docs"]));
                const own = await MilvusClient.connect(Connection.parse({ address, token }));
                try {
                    // The privileges on the collection itself are carried over, too.
                    const read = () => readRows({ client: own, collection: now, fields: v2 });
                    expect((await whenAllowed(read)).rows).to.equal(rows.rows);
                    const refusal = await insertDocuments(own, "docs", { fields: v2, from: 9_000 }).catch(
                        (error: unknown) => error,
                    );
                    expect(isMilvusError(refusal, "forbidden"), String(refusal)).to.equal(true);
                } finally {
                    own.close();
                }
                await example.expectNoChanges();

                await example.destroy();
                expect(await example.collections("docs")).to.deep.equal([]);
                expect(await listRoles(client)).to.not.include("docs_reader");
                expect(await userRoles(client, "docs_search")).to.equal(undefined);
            });
        });
    },
);
