import { expect } from "chai";

import { rootToken, withAuthorization } from "../support/servers/authorization";
import { chosenServers, type ServerName } from "../support/servers";
import { serversOf } from "../support/servers/choice";
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

onServers("a server with authorization", { servers: ["milvus-2.3.5"], fast: [] }, (server) => {
    const statusOf = async (token?: string) => {
        const probe = new Probe(server().address, 10_000, token);
        try {
            const { status } = await probe.call<{ status?: Status }>("ShowCollections");
            return status?.code ? (status.reason ?? "refused") : "answered";
        } catch (error) {
            return (error as Error).message;
        } finally {
            probe.close();
        }
    };

    it("refuses strangers for the time of an action, also after a kill, and nobody after it", async () => {
        await withAuthorization(server(), async (token) => {
            expect(await statusOf()).to.include("UNAUTHENTICATED");
            expect(await statusOf("root:other")).to.include("UNAUTHENTICATED");
            expect(await statusOf(token)).to.equal("answered");
            await server().kill();
            await server().restart();
            expect(await statusOf()).to.include("UNAUTHENTICATED");
            expect(await statusOf(token)).to.equal("answered");
        });
        expect(await statusOf()).to.equal("answered");
        expect(await statusOf(rootToken)).to.equal("answered");
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

describe("the servers of a tier", () => {
    const all: ServerName[] = ["milvus-lite-3.2.2", "milvus-2.3.5", "milvus-lite-2.5.1"];

    it("are the cheapest fit one in the fast tier, all in the full suite, and the others in the rest", () => {
        const needs = { needs: ["binaryVectors" as const] };
        expect(serversOf({}, "fast", all)).to.deep.equal(["milvus-lite-3.2.2"]);
        expect(serversOf(needs, "fast", all)).to.deep.equal(["milvus-2.3.5"]);
        expect(serversOf(needs, "full", all)).to.deep.equal(["milvus-2.3.5", "milvus-lite-2.5.1"]);
        expect(serversOf(needs, "rest", all)).to.deep.equal(["milvus-lite-2.5.1"]);
    });

    it("do not depend on which of them a lane has", () => {
        expect(serversOf({}, "fast", ["milvus-2.3.5"])).to.deep.equal([]);
        expect(serversOf({}, "rest", ["milvus-2.3.5"])).to.deep.equal(["milvus-2.3.5"]);
    });

    it("are none in the fast tier for a suite that leaves it, and every one for a suite that wants all", () => {
        expect(serversOf({ fast: [] }, "fast", [...all, "external"])).to.deep.equal([]);
        expect(serversOf({ fast: [] }, "rest", all)).to.deep.equal(all);
        expect(serversOf({ fast: "all" }, "fast", all)).to.deep.equal(all);
    });

    it("are in the rest again where the full suite has more tests or the CLI", () => {
        expect(serversOf({ fastTests: 1 }, "rest", ["milvus-lite-3.2.2"])).to.have.length(1);
        expect(serversOf({ more: ["milvus-lite-3.2.2"] }, "rest", ["milvus-lite-3.2.2"])).to.have.length(1);
        expect(serversOf({}, "rest", ["milvus-lite-3.2.2"])).to.deep.equal([]);
    });

    it("have an external one among them, whichever is cheapest", () => {
        expect(serversOf({ needs: ["users"] }, "fast", ["external"])).to.deep.equal(["external"]);
        expect(serversOf({ servers: ["milvus-2.3.5"] }, "full", ["external"])).to.deep.equal([]);
    });
});
