import { expect } from "chai";

import { alterAlias, createAlias, dropAlias, listAliases } from "../../../provider/milvus/collection/aliases";
import { MilvusClient } from "../../../provider/milvus/transport/client";
import { createCollection, dropCollection } from "../../../provider/milvus/collection/collections";
import { Connection } from "../../../provider/inputs/schema/connection";
import { parseCollection } from "../../../provider/inputs/parse";
import { onServers } from "../../support/servers/onServers";

onServers("concurrent changes of aliases", { needs: ["aliases"] }, (server) => {
    it("create, move and drop all of them", async function () {
        this.timeout(2 * 60_000);
        const { address, token } = server();
        const client = await MilvusClient.connect(Connection.parse({ address, token }));
        const [first, second] = ["first", "second"].map((name) => ({
            database: undefined,
            name: `many_${name}_${process.pid}`,
        })) as [Ref, Ref];
        const aliases = Array.from({ length: 100 }, (_, at) => `many_${process.pid}_${at}`);
        const each = (work: (alias: string) => Promise<void>) => Promise.all(aliases.map(work));
        const { spec } = parseCollection({
            fields: [
                { name: "id", dataType: "Int64", isPrimaryKey: true },
                { name: "vector", dataType: "FloatVector", dim: 2 },
            ],
        });
        try {
            for (const ref of [first, second]) await createCollection(client, ref, spec!, {});
            await each((alias) => createAlias(client, { database: undefined, alias }, first.name));
            expect(await listAliases(client, first)).to.deep.equal([...aliases].sort());
            await each((alias) => alterAlias(client, { database: undefined, alias }, second.name));
            expect(await listAliases(client, first)).to.deep.equal([]);
            expect(await listAliases(client, second)).to.deep.equal([...aliases].sort());
            await each((alias) => dropAlias(client, { database: undefined, alias }));
            expect(await listAliases(client, second)).to.deep.equal([]);
        } finally {
            for (const ref of [first, second]) await dropCollection(client, ref);
            client.close();
        }
    });
});

interface Ref {
    database: undefined;
    name: string;
}
