import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { expect } from "chai";

import { toStruct } from "../../provider/native/answers";
import type { WireProps } from "../../provider/native/wireValues";
import { grant, operateGrant } from "../../provider/milvus/access/operateGrant";
import { createPrivilegeGroup } from "../../provider/milvus/access/privilegeGroups";
import { createRole } from "../../provider/milvus/access/roles";
import { createUser, giveRole } from "../../provider/milvus/access/users";
import { createDatabase } from "../../provider/milvus/cluster/databases";
import { createGroup } from "../../provider/milvus/cluster/resourceGroups";
import { failure } from "../fake/failure";
import { open, ref } from "../fake/open";
import type { FakeOptions } from "../support/fake";
import { Plugin } from "./plugin";

const password = "Hidden-Secret-1";

describe("functions that look up access and parts of a server", () => {
    let plugin: Plugin;
    async function start(version = "2.6.18", lacks: FakeOptions["lacks"] = []) {
        const opened = await open(version, { pending: 0, lacks });
        plugin = await Plugin.start();
        await plugin.configure({ address: opened.fake.address });
        return opened;
    }
    afterEach(() => plugin.stop());

    async function invoke(name: string, args: WireProps = {}) {
        const request = new proto.InvokeRequest().setTok(`milvus:index:${name}`).setArgs(toStruct(args));
        const answer = await plugin.call<proto.InvokeResponse>("invoke", request);
        const { failuresList } = answer.toObject();
        return { result: answer.getReturn()!.toJavaScript() as WireProps, failures: failuresList };
    }
    const told = async (name: string, args: WireProps = {}) => (await invoke(name, args)).result;

    for (const version of ["2.3.5", "2.6.18"])
        it(`tell of users and roles on ${version}, and no password`, async () => {
            const { client } = await start(version);
            await createDatabase(client, "library", {});
            for (const role of ["writer", "reader"]) await createRole(client, role);
            for (const user of ["bob", "alice"]) await createUser(client, user, password);
            for (const role of ["writer", "reader"]) await giveRole(client, "bob", role);
            await giveRole(client, "alice", "reader");
            for (const privilege of ["Search", "Query"])
                await grant(client, ref("docs"), { role: "reader", privilege, grantor: "root" });
            await grant(
                client,
                { database: "library", name: "*" },
                { role: "reader", privilege: "Query", grantor: "root" },
            );
            const answers = [
                await told("getUsers"),
                await told("getUser", { name: "bob" }),
                await told("getRoles"),
                await told("getRole", { name: "reader" }),
                await told("getRole", { name: "writer" }),
            ];
            const at = (database: string, collection: string, privileges: string[]) => ({
                ...{ database, collection, privileges },
                privilegeGroups: [],
            });
            expect(answers).to.deep.equal([
                { names: ["alice", "bob", "root"] },
                { name: "bob", roles: ["reader", "writer"] },
                { names: ["admin", "public", "reader", "writer"] },
                {
                    name: "reader",
                    users: ["alice", "bob"],
                    grants: [at("default", "docs", ["Query", "Search"]), at("library", "*", ["Query"])],
                },
                { name: "writer", users: ["bob"], grants: [] },
            ]);
            expect(JSON.stringify(answers)).to.not.include(password);
        });

    it("tell groups of privileges from privileges, each once and by its place", async () => {
        const { client } = await start();
        await createRole(client, "reader");
        await createPrivilegeGroup(client, "ours");
        const everywhere = { role: "reader", database: "*", collection: "*" };
        const docs = { role: "reader", database: "default", collection: "docs" };
        for (const one of ["ClusterReadOnly", "ours"]) await operateGrant(client, "Grant", everywhere, one);
        for (const one of ["Search", "CollectionReadOnly"]) await operateGrant(client, "Grant", docs, one);
        expect((await told("getRole", { name: "reader" }))["grants"]).to.deep.equal([
            {
                database: "*",
                collection: "*",
                privileges: [],
                privilegeGroups: ["ClusterReadOnly", "ours"],
            },
            {
                database: "default",
                collection: "docs",
                privileges: ["Search"],
                privilegeGroups: ["CollectionReadOnly"],
            },
        ]);
    });

    it("list the groups that users have made, in alphabetical order, without the built-in ones", async () => {
        const { client } = await start();
        for (const name of ["writers", "ours"]) await createPrivilegeGroup(client, name);
        // Milvus 2.5.4 and later list them, too (PR 38684).
        await createPrivilegeGroup(client, "ClusterReadOnly");
        expect(await told("getPrivilegeGroups")).to.deep.equal({ names: ["ours", "writers"] });
    });

    it("list all resource groups, in alphabetical order", async () => {
        const { client } = await start();
        for (const name of ["light", "heavy"])
            await createGroup(client, name, {
                ...{ requests: 0, limits: 0, transferFrom: [], transferTo: [] },
                nodeLabels: {},
            });
        expect(await told("getResourceGroups")).to.deep.equal({
            names: ["__default_resource_group", "heavy", "light"],
        });
    });

    it("tell the properties of a database where the server stores them", async () => {
        const properties = { "database.max.collections": "7" };
        const { client } = await start();
        await createDatabase(client, "library", properties);
        expect(await told("getDatabase", { name: "library" })).to.deep.equal({ name: "library", properties });
        expect(await told("getDatabases")).to.deep.equal({ names: ["default", "library"] });
        const old = await open("2.3.5", { lacks: ["DescribeDatabase"] });
        const connection = { address: old.fake.address };
        expect(await told("getDatabase", { name: "default", connection })).to.deep.equal({
            name: "default",
            properties: {},
        });
    });

    it("tell the configuration of a resource group where it has one", async () => {
        const config = {
            requests: 1,
            limits: 2,
            transferFrom: ["__default_resource_group"],
            transferTo: [],
            nodeLabels: { disk: "fast" },
        };
        const { client } = await start();
        await createGroup(client, "heavy", config);
        expect(await told("getResourceGroup", { name: "heavy" })).to.deep.equal({
            name: "heavy",
            ...config,
            nodes: 0,
            replicas: {},
        });
        const old = await open("2.3.5");
        await createGroup(old.client, "heavy", undefined);
        expect(
            await told("getResourceGroup", { name: "heavy", connection: { address: old.fake.address } }),
        ).to.deep.equal({ name: "heavy", nodes: 0, replicas: {} });
    });

    it("fail where nothing of the name is there, and name the server", async () => {
        const { fake } = await start();
        for (const [name, what] of [
            ["getUser", "user"],
            ["getRole", "role"],
            ["getDatabase", "database"],
            ["getResourceGroup", "resource group"],
        ] as const)
            expect((await failure(invoke(name, { name: "nobody" }))).message).to.match(
                new RegExp(
                    `${name}: ${fake.address} has no ${what} nobody\\. Check the name and the server; .*\\[MV391\\]\n  see: .+#mv391$`,
                ),
            );
    });

    it("say what the server has not", async () => {
        const calls = ["SelectUser", "SelectRole", "ListDatabases"] as const;
        const groups = ["ListResourceGroups", "ListPrivilegeGroups"] as const;
        await start("2.6.18", [...calls, ...groups]);
        for (const [name, what, args] of [
            ["getUsers", "users", {}],
            ["getUser", "users", { name: "alice" }],
            ["getRoles", "roles", {}],
            ["getRole", "roles", { name: "reader" }],
            ["getDatabases", "databases", {}],
            ["getDatabase", "databases", { name: "library" }],
            ["getResourceGroup", "resource groups", { name: "heavy" }],
            ["getResourceGroups", "resource groups", {}],
            ["getPrivilegeGroups", "groups of privileges", {}],
        ] as const)
            expect((await failure(invoke(name, args))).message).to.match(
                new RegExp(
                    `${name}: milvus 2\\.6\\.18 has no ${what}\\. Leave the look-up out.*\\[MV401\\]\n  see: .+#mv401$`,
                ),
            );
    });

    it("check a name by the rules of its kind", async () => {
        await start();
        const reasons = async (name: string, value: string) =>
            (await invoke(name, { name: value })).failures.map(({ reason }) => reason).join();
        expect(await reasons("getUser", "_alice")).to.match(/valid name for a user.*\[MV007\]/);
        expect(await reasons("getRole", "my role")).to.match(/valid name for a role.*\[MV007\]/);
        expect(await reasons("getDatabase", "my-library")).to.match(/valid name for a database.*\[MV007\]/);
        expect(await reasons("getResourceGroup", "a b")).to.match(/valid name for a resource group/);
    });
});
