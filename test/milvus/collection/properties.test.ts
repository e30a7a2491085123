import { expect } from "chai";

import { MilvusClient } from "../../../provider/milvus/transport/client";
import {
    createCollection,
    describeCollection,
    dropCollection,
    setProperties,
} from "../../../provider/milvus/collection/collections";
import { Connection } from "../../../provider/inputs/schema/connection";
import { parseCollection } from "../../../provider/inputs/parse";
import { onServers } from "../../support/servers/onServers";
import { collectionOf } from "../../support/traffic/rows";

onServers("the properties of a collection", { needs: ["properties"] }, (server, name) => {
    // A server that the tests did not start is not killed.
    if (name === "external") return;
    it("keep the values that were set last, also after a crash of the server", async function () {
        this.timeout(5 * 60_000);
        const { address, token } = server();
        const open = () => MilvusClient.connect(Connection.parse({ address, token }));
        const ref = { database: undefined, name: `properties_${process.pid}` };
        const spec = parseCollection(collectionOf(64) as unknown as Record<string, unknown>).spec!;
        let client = await open();
        await createCollection(client, ref, spec, { "pulumi.turn": "0" });
        for (const turn of ["1", "2"]) await setProperties(client, ref, { "pulumi.turn": turn });
        client.close();

        await server().kill();
        await server().restart();
        client = await open();
        const properties = (await describeCollection(client, ref))?.properties;
        expect(properties).to.include({ "pulumi.turn": "2" });
        await dropCollection(client, ref);
        client.close();
    });

    it("keep what several clients set at the same moment", async function () {
        this.timeout(5 * 60_000);
        const { address, token } = server();
        const open = () => MilvusClient.connect(Connection.parse({ address, token }));
        const ref = { database: undefined, name: `concurrent_${process.pid}` };
        const spec = parseCollection(collectionOf(64) as unknown as Record<string, unknown>).spec!;
        const clients = await Promise.all([open(), open(), open()]);
        await createCollection(clients[0], ref, spec, {});
        const turns = Array.from({ length: 10 }, (_, turn) => turn);
        await Promise.all(
            clients.map(async (client, own) => {
                for (const turn of turns)
                    await setProperties(client, ref, { [`pulumi.${own}`]: String(turn) });
            }),
        );
        const properties = (await describeCollection(clients[0], ref))?.properties;
        expect(properties).to.include({ "pulumi.0": "9", "pulumi.1": "9", "pulumi.2": "9" });
        await dropCollection(clients[0], ref);
        for (const client of clients) client.close();
    });
});
