import { expect } from "chai";

import { MilvusClient } from "../../provider/milvus/transport/client";
import { describeCollection, listCollections } from "../../provider/milvus/collection/collections";
import { countRows, flush } from "../../provider/milvus/rows/rows";
import { Connection } from "../../provider/inputs/schema/connection";
import { type FakeMilvus, startFake } from "../support/fake";
import type { Asked } from "../support/fake/access";
import { failure } from "./failure";
import { create, ref, serve } from "./open";

describe("a server with authorization (fake)", () => {
    let fake: FakeMilvus;
    const clients: MilvusClient[] = [];
    const asked: Asked[] = [];
    const login = async (login: object) => {
        const client = await MilvusClient.connect(Connection.parse({ address: fake.address, ...login }));
        clients.push(client);
        return client;
    };

    before(async () => {
        const access = {
            knows: (user: string, password: string) => password === `secret of ${user}`,
            allows: (one: Asked) => {
                asked.push(one);
                return one.privilege !== "PrivilegeQuery";
            },
        };
        fake = await startFake({ version: "2.6.18", access, pending: 0 });
    });

    after(() => {
        for (const client of clients) client.close();
        fake.stop();
    });

    it("refuses a connection without credentials, or with wrong ones", async () => {
        for (const wrong of [{}, { username: "reader", password: "guess" }])
            expect(await failure(login(wrong))).to.include({ kind: "unauthenticated", code: "MV203" });
    });

    it("asks for the privilege that the protocol names, on the object of the call", async () => {
        const root = await login({ username: "root", password: "secret of root" });
        await create(root, "docs");
        await serve(root, "docs");
        expect(asked, "root needs no privilege").to.deep.equal([]);
        const reader = await login({ username: "reader", password: "secret of reader" });
        expect(await describeCollection(reader, ref("docs"))).to.include({ name: "docs" });
        expect(await listCollections(reader, undefined)).to.deep.equal(["docs"]);
        const at = { user: "reader", object: "Global", database: "default" };
        expect(asked).to.deep.equal([{ ...at, name: "*", privilege: "PrivilegeDescribeCollection" }]);
        await flush(reader, ref("docs"));
        expect(asked.find(({ privilege }) => privilege === "PrivilegeFlush")).to.include({
            object: "Collection",
            name: "docs",
        });
        const denied = await failure(countRows(reader, ref("docs")));
        expect(denied).to.include({ kind: "forbidden", code: "MV204" });
        expect(denied.message).to.include(
            "reader lacks the privilege Query on Collection docs, database default",
        );
        expect(asked.at(-1)).to.include({ object: "Collection", name: "docs" });
    });
});
