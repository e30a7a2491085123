import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { expect } from "chai";

import { toStruct } from "../../provider/native/answers";
import type { WireProps } from "../../provider/native/wireValues";
import { grant, revokeRecorded } from "../../provider/milvus/access/operateGrant";
import { grantsOfRole } from "../../provider/milvus/access/roleGrants";
import { createRole, dropRole } from "../../provider/milvus/access/roles";
import { createUser, dropUser, giveRole } from "../../provider/milvus/access/users";
import { createDatabase, dropDatabase } from "../../provider/milvus/cluster/databases";
import { createAlias, dropAlias } from "../../provider/milvus/collection/aliases";
import { MilvusClient } from "../../provider/milvus/transport/client";
import { Connection } from "../../provider/inputs/schema/connection";
import { Plugin } from "../native/plugin";
import type { FieldArguments } from "../support/data/field";
import { insertRows } from "../support/data/rows";
import { withAuthorization } from "../support/servers/authorization";
import { onServers } from "../support/servers/onServers";
import type { Server } from "../support/servers/server";

const fields: FieldArguments[] = [
    { name: "id", dataType: "Int64", isPrimaryKey: true },
    { name: "vector", dataType: "FloatVector", dim: 4 },
    { name: "text", dataType: "VarChar", maxLength: 64 },
];

/** The native provider at a server, and a client of it, for the time of an action. */
async function asking(
    { address, token }: Pick<Server, "address" | "token">,
    action: (
        invoke: (asked: string, args?: WireProps) => Promise<WireProps>,
        client: MilvusClient,
    ) => Promise<void>,
): Promise<void> {
    const client = await MilvusClient.connect(Connection.parse({ address, token }));
    const plugin = await Plugin.start();
    try {
        await plugin.configure({ address, ...(token !== undefined && { token }) });
        await action(async (asked, args = {}) => {
            const request = new proto.InvokeRequest().setTok(`milvus:index:${asked}`).setArgs(toStruct(args));
            const answer = await plugin.call<proto.InvokeResponse>("invoke", request);
            return answer.getReturn()!.toJavaScript();
        }, client);
    } finally {
        client.close();
        plugin.stop();
    }
}

onServers("look-ups", {}, (server) => {
    it("tell of a collection that is there, of its aliases and of its server", async () => {
        const name = `look${process.pid}`;
        const { address, token, features } = server();
        const urn = `urn:pulumi:prod::shop::milvus:index:Collection::${name}`;
        const client = await MilvusClient.connect(Connection.parse({ address, token }));
        const plugin = await Plugin.start();
        const invoke = async (asked: string, args: WireProps = {}) => {
            const request = new proto.InvokeRequest().setTok(`milvus:index:${asked}`).setArgs(toStruct(args));
            const answer = await plugin.call<proto.InvokeResponse>("invoke", request);
            return answer.getReturn()!.toJavaScript() as WireProps;
        };
        try {
            await plugin.configure({ address, ...(token !== undefined && { token }) });
            const { inputs } = await plugin.check(urn, { name, fields });
            const { id, outs } = await plugin.create(urn, inputs);
            await insertRows({ client, collection: name, fields, keys: ["1", "2", "3"] });
            const alias = { database: undefined, alias: `${name}_live` };
            if (features.has("aliases")) await createAlias(client, alias, name);
            const found = await invoke("getCollection", {
                name: features.has("aliases") ? alias.alias : name,
            });
            expect(found).to.deep.include({
                collectionName: name,
                database: "default",
                fields,
                loadState: "loaded",
                rowCount: 3,
                isRowCountExact: true,
                aliases: features.has("aliases") ? [alias.alias] : [],
                owner: `shop/prod/${name}`,
            });
            expect((await invoke("getCollections"))["names"]).to.include(name);
            const told = await invoke("getServer");
            expect(told).to.include({ address });
            if (features.has("aliases")) {
                expect(told["capabilities"]).to.include("aliases");
                expect((await invoke("getAlias", { name: alias.alias }))["collection"]).to.equal(name);
                await dropAlias(client, alias);
            }
            await plugin.remove(urn, id, outs);
            expect((await invoke("getCollections"))["names"]).to.not.include(name);
        } finally {
            client.close();
            plugin.stop();
        }
    });
});

onServers("look-ups of databases", { needs: ["databases"] }, (server) => {
    it("tell which there are, and each by its name", () =>
        asking(server(), async (invoke, client) => {
            const name = `look${process.pid}`;
            await createDatabase(client, name, {});
            expect((await invoke("getDatabases"))["names"]).to.include.members(["default", name]);
            expect(await invoke("getDatabase", { name })).to.include({ name });
            await dropDatabase(client, name);
            expect(await failure(invoke("getDatabase", { name }))).to.match(/\[MV391\]/);
        }));
});

onServers("look-ups of resource groups", { servers: ["milvus-2.3.5"], fast: [] }, (server) => {
    it("tell of those that the server has", () =>
        asking(server(), async (invoke) => {
            const group = await invoke("getResourceGroup", { name: "__default_resource_group" });
            expect(group).to.include({ name: "__default_resource_group", nodes: 1 });
            expect(group).to.not.have.any.keys("requests", "limits");
            expect(await failure(invoke("getResourceGroup", { name: "nobody" }))).to.match(/\[MV391\]/);
        }));
});

/** Only in the full tier: beside it no other test may use the server. */
onServers("look-ups of access", { servers: ["milvus-2.3.5"], fast: [], apart: true }, (server) => {
    it("tell users, roles and what they may do, and no password", async function () {
        this.timeout(5 * 60_000);
        await withAuthorization(server(), (token) =>
            asking({ address: server().address, token }, async (invoke, client) => {
                const own = `look${process.pid}`;
                const [user, role, library] = [`${own}_alice`, `${own}_reader`, `${own}_library`];
                const password = "Hidden-Secret-1";
                await createUser(client, user, password);
                await createRole(client, role);
                await giveRole(client, user, role);
                await createDatabase(client, library, {});
                const grants = [
                    [undefined, "docs", "Search"],
                    [undefined, "docs", "Query"],
                    [library, "*", "Insert"],
                ] as const;
                for (const [database, name, privilege] of grants)
                    await grant(client, { database, name }, { role, privilege, grantor: "root" });

                const users = await invoke("getUsers");
                expect(users["names"]).to.include.members(["root", user]);
                const alice = await invoke("getUser", { name: user });
                expect(alice).to.deep.equal({ name: user, roles: [role] });
                expect((await invoke("getRoles"))["names"]).to.include.members(["admin", "public", role]);
                const reader = await invoke("getRole", { name: role });
                const at = (database: string, collection: string, privileges: string[]) => ({
                    ...{ database, collection, privileges },
                    privilegeGroups: [],
                });
                expect(reader).to.deep.equal({
                    name: role,
                    users: [user],
                    grants: [at("default", "docs", ["Query", "Search"]), at(library, "*", ["Insert"])],
                });
                expect(JSON.stringify([users, alice, reader])).to.not.include(password);
                for (const asked of ["getUser", "getRole"])
                    expect(await failure(invoke(asked, { name: "nobody" }))).to.match(/\[MV391\]/);

                // Its own roles a user may see without further rights.
                await asUser(server().address, user, password, async (look) => {
                    expect(await look("getUser", { name: user })).to.deep.equal(alice);
                    expect(await failure(look("getUsers"))).to.match(/\[MV204\]/);
                });

                for (const one of await grantsOfRole(client, role, "default", library))
                    await revokeRecorded(client, one);
                await dropUser(client, user);
                await dropRole(client, role, false);
                await dropDatabase(client, library);
            }),
        );
    });
});

const asUser = (
    address: string,
    user: string,
    password: string,
    action: (look: (asked: string, args?: WireProps) => Promise<WireProps>) => Promise<void>,
) => asking({ address, token: `${user}:${password}` }, action);

const failure = (call: Promise<unknown>): Promise<string> =>
    call.then(
        () => "no failure",
        (error: unknown) => String(error),
    );
