import { expect } from "chai";

import { Connection } from "../../../provider/inputs/schema/connection";
import { isStandalone } from "../../../provider/milvus/cluster/deployMode";
import { MilvusClient } from "../../../provider/milvus/transport/client";
import { open } from "../../fake/open";
import { onServers } from "../../support/servers/onServers";

onServers("the deploy mode of a server", { servers: ["milvus-2.3.5"] }, (server) => {
    it("is standalone where one process is the whole server", async () => {
        const { address, token } = server();
        const client = await MilvusClient.connect(Connection.parse({ address, token }));
        expect(await isStandalone(client)).to.equal(true);
        client.close();
    });
});

describe("the deploy mode of a server (fake)", () => {
    it("is not standalone where the server does not tell", async () => {
        const { client } = await open("2.6.18");
        expect(await isStandalone(client)).to.equal(false);
    });
});
