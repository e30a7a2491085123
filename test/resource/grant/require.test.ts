import { expect } from "chai";

import { Connection } from "../../../provider/inputs/schema/connection";
import { grantKind } from "../../../provider/resource/grant";
import { objectLife } from "../../../provider/resource/object";
import type { Props } from "../../../provider/resource/session/props";
import { create as createCollection, open } from "../../fake/open";
import { failure } from "../../fake/failure";
import { contextOf } from "../context/contextOf";

async function stage(credentials?: { username: string; password: string }) {
    const { client, fake } = await open("2.6.18");
    await client.call("CreateRole", { entity: { name: "reader" } });
    await createCollection(client, "docs");
    const said: string[] = [];
    const context = {
        ...contextOf(fake.address, said),
        connection: () => Connection.parse({ address: fake.address, ...credentials }),
    };
    const grant = (name: string, args: Props = {}): Props => ({
        role: "reader",
        privileges: ["Search"],
        collection: "docs",
        __owner: `shop/prod/${name}`,
        __logicalName: name,
        ...args,
    });
    return { client, fake, said, life: objectLife(grantKind)(context), grant };
}

describe("what a Grant requires", () => {
    it("is a role that exists", async () => {
        const { life, grant } = await stage();
        const error = await failure(life.create(grant("writers", { role: "writer" })));
        expect(error).to.have.property("code", "MV423");
        expect(error.message).to.include("there is no role writer");
    });

    it("is that no other Grant of the program declares the same privilege there: else a warning, once", async () => {
        const { life, grant, said } = await stage();
        await life.check(undefined, grant("readers"));
        await life.check(undefined, grant("readers"));
        expect(said.filter((line) => line.includes("MV424"))).to.deep.equal([]);
        await life.check(undefined, grant("others"));
        await life.check(undefined, grant("others"));
        expect(said.filter((line) => line.includes("[MV424]"))).to.have.length(1);
    });

    it("is that the provider keeps what it works with", async () => {
        const { client, fake, life, grant } = await stage({ username: "deployer", password: "secret-1" });
        const password = Buffer.from("secret-1").toString("base64");
        await client.call("CreateCredential", { username: "deployer", password });
        await client.call("OperateUserRole", {
            username: "deployer",
            role_name: "reader",
            type: "AddUserToRole",
        });
        const { outs } = await life.create(grant("readers"));
        const error = await failure(life.delete(outs));
        expect(error).to.have.property("code", "MV425");
        expect(fake.grants()).to.have.length(1);
        expect(error.message).to.not.include("secret-1");
    });
});
