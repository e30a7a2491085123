import { status } from "@grpc/grpc-js";
import { expect } from "chai";

import { MilvusError } from "../../provider/milvus/transport/errors";
import { listCollections } from "../../provider/milvus/collection/collections";
import { capabilities } from "../../provider/observe/capabilities";
import { open } from "./open";
import { failure } from "./failure";

describe("the fake server", () => {
    it("reports the version that it simulates", async () => {
        const [older, newer] = await Promise.all([open("2.4.15"), open("2.6.18")]);
        const able = await Promise.all([capabilities(older.client), capabilities(newer.client)]);
        expect(able.map(({ server }) => server)).to.deep.equal(["milvus 2.4.15", "milvus 2.6.18"]);
        expect(able.map(({ nullable }) => nullable)).to.deep.equal([false, true]);
        expect(able.map(({ insertAutoId }) => insertAutoId)).to.deep.equal([false, true]);
    });

    it("rejects calls that its version lacks", async () => {
        const known: Record<string, string[]> = {};
        const rpcs = [
            "AlterCollectionField",
            "AddCollectionField",
            "AddCollectionStructField",
            "AlterCollectionSchema",
        ];
        for (const version of ["2.4.19", "2.4.20", "2.6.0", "3.0.0"]) {
            const { client } = await open(version);
            const kinds = await Promise.all(
                rpcs.map(
                    async (rpc) => (await failure(client.call(rpc, { collection_name: "nobody" }))).kind,
                ),
            );
            known[version] = rpcs.filter((_, at) => kinds[at] !== "unsupported");
        }
        expect(known).to.deep.equal({
            "2.4.19": [],
            "2.4.20": rpcs.slice(0, 1),
            "2.6.0": rpcs.slice(0, 2),
            "3.0.0": rpcs,
        });
    });

    it("can lack a call on demand, and records all calls", async () => {
        const { fake, client } = await open("2.6.18", { lacks: ["DescribeAlias"] });
        expect((await failure(client.call("DescribeAlias", { alias: "live" }))).kind).to.equal("unsupported");
        expect(fake.calls).to.deep.equal(["Connect", "DescribeAlias"]);
    });

    it("fails only the next call, as requested", async () => {
        const { fake, client } = await open("2.6.18");
        fake.failNext("ShowCollections", { grpc: status.UNAVAILABLE, details: "going down" });
        fake.failNext("ShowCollections", { code: 9, reason: "quota exceeded" });
        expect((await failure(listCollections(client, undefined))).kind).to.equal("lost");
        expect((await failure(listCollections(client, undefined))).kind).to.equal("rate-limited");
        expect(await listCollections(client, undefined)).to.deep.equal([]);
    });

    it("reports a call that it does not implement", async () => {
        const { client } = await open("2.6.18");
        const error = await failure(client.call("Search", {}));
        expect(error).to.be.instanceOf(MilvusError);
        expect(error.message).to.include("the fake server does not implement Search");
    });

    it("rejects a message above its size limit", async () => {
        const { client } = await open("2.6.18", { messageBytes: 2_000 });
        const error = await failure(
            client.call("CreateAlias", { alias: "a".repeat(3_000), collection_name: "docs" }),
        );
        expect(error.kind).to.equal("too-large");
    });
});
