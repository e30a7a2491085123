import { expect } from "chai";

import { MilvusClient } from "../../provider/milvus/transport/client";
import { dropCollection, listCollections } from "../../provider/milvus/collection/collections";
import { Connection } from "../../provider/inputs/schema/connection";
import { create, ref } from "../fake/open";
import { expectEveryResult } from "../support/cli/everyResult";
import { runCommand } from "../support/cli/testIo";
import { onServers } from "../support/servers/onServers";
import type { ServerName } from "../support/servers";

const servers: ServerName[] = ["milvus-lite-3.2.2", "milvus-2.3.5"];

onServers("the command on a server", { servers, fastTests: 2 }, (server, name) => {
    const command = (...argv: string[]) =>
        runCommand(argv, { environment: { MILVUS_ADDRESS: server().address } });

    it("examines it without a change", async () => {
        const client = await MilvusClient.connect(Connection.parse({ address: server().address }));
        const before = await listCollections(client, undefined);
        const { out, code, err } = await command("doctor");
        expect(code, err).to.equal(0);
        expect(out).to.include(name.replace(/-(?=\d)/, " "));
        expect(out)
            .to.match(/is allowed\n/)
            .and.include("yes  set properties of a collection");
        expect(await listCollections(client, undefined)).to.have.members(before);
        client.close();
    });

    it("creates, moves and drops an alias", async () => {
        const client = await MilvusClient.connect(Connection.parse({ address: server().address }));
        const [v1, v2, alias] = ["v1", "v2", "live"].map((one) => `cli_${process.pid}_${one}`) as [
            string,
            string,
            string,
        ];
        for (const one of [v1, v2]) await create(client, one);
        try {
            expect((await command("aliases", "create", alias, v1)).out).to.equal(`${alias} → ${v1}\n`);
            expect((await command("aliases", "switch", alias, v2)).code).to.equal(0);
            const listed = (await command("aliases", "list", "--json")).json()[0]!.result;
            expect((listed as { aliases: object[] }).aliases).to.deep.include({
                alias,
                collection: v2,
                owner: null,
                isProtected: false,
            });
            expect((await command("aliases", "drop", alias, "--yes")).code).to.equal(0);
            expect((await command("aliases", "describe", alias)).err).to.include("[MV510]");
        } finally {
            for (const one of [v1, v2]) await dropCollection(client, ref(one));
            client.close();
        }
    });

    it("prints the results of all commands as the published schema says", async function () {
        this.timeout(5 * 60_000);
        const { address } = server();
        const client = await MilvusClient.connect(Connection.parse({ address }));
        try {
            await expectEveryResult(client, address, `res${process.pid}_`);
        } finally {
            client.close();
        }
    });
});
