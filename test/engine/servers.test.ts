import { expect } from "chai";

import { chosenServers } from "../support/servers";
import { onServers } from "../support/servers/onServers";
import { Probe, type Status } from "../support/servers/ready";

onServers("a server", {}, (server) => {
    const collection = "kept";
    const names = async () => {
        const probe = new Probe(server().address, 10_000, server().token);
        try {
            return (
                (await probe.call<{ collection_names?: string[] }>("ShowCollections")).collection_names ?? []
            );
        } finally {
            probe.close();
        }
    };

    it("keeps its data after a stop and after a kill", async function () {
        if (server().name === "external") this.skip();
        const probe = new Probe(server().address, 10_000);
        const status = await probe.call<Status>("CreateCollection", {
            collection_name: collection,
            schema: probe.encode("milvus.proto.schema.CollectionSchema", {
                name: collection,
                fields: [
                    { name: "id", data_type: "Int64", is_primary_key: true },
                    { name: "v", data_type: "FloatVector", type_params: [{ key: "dim", value: "4" }] },
                ],
            }),
        });
        probe.close();
        expect(status.code ?? 0).to.equal(0);
        await server().restart();
        expect(await names()).to.include(collection);
        await server().kill();
        await server().restart();
        expect(await names()).to.include(collection);
    });
});

describe("the choice of servers", () => {
    it("is every server from PyPI, unless an address is set", () => {
        expect(chosenServers({})).to.deep.equal(["milvus-lite-3.2.2", "milvus-2.3.5", "milvus-lite-2.5.1"]);
        expect(chosenServers({ MILVUS_ADDRESS: "localhost:19530" })).to.deep.equal(["external"]);
    });

    it("can be made by name, in addition to an external server", () => {
        const env = { MILVUS_ADDRESS: "localhost:19530", PULUMI_MILVUS_SERVERS: "external, milvus-2.3.5" };
        expect(chosenServers(env)).to.deep.equal(["milvus-2.3.5", "external"]);
        expect(() => chosenServers({ PULUMI_MILVUS_SERVERS: "milvus-9" })).to.throw("there is no milvus-9");
    });
});
