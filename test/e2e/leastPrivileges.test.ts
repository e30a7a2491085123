import { expect } from "chai";

import { createRole } from "../../provider/milvus/access/roles";
import { createUser, dropUser, giveRole } from "../../provider/milvus/access/users";
import { operateGrant } from "../../provider/milvus/access/operateGrant";
import { grantsOfRole } from "../../provider/milvus/access/roleGrants";
import { dropIndex } from "../../provider/milvus/collection/indexes";
import { listPartitions } from "../../provider/milvus/collection/partitions";
import { MilvusClient } from "../../provider/milvus/transport/client";
import { isMilvusError } from "../../provider/milvus/transport/errors";
import { Connection } from "../../provider/inputs/schema/connection";
import type { CollectionArgs } from "../../sdk/args";
import { neededFor } from "../docs/securityPage";
import { expectCarried } from "../support/data/carried";
import { onStacks, type Open, type Where } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectFailure, expectOk, type Site } from "../support/data/site";
import { after, before, columnsOf } from "../support/data/exampleCollection";
import { rootToken, whenAllowed, withAuthorization } from "../support/servers/authorization";

const password = "Deployer-1";
const count = 2_000;
const all = { database: "default", collection: "*" };

/** What docs/security.md lists for a migration by alias and a destroy, as Milvus 2.3.5 names it ("Older servers"). */
function listed(): Set<string> {
    const needed = new Set(
        ["create", "change", "migrate", "drop", "Alias"].flatMap((activity) => [...neededFor(activity)]),
    );
    for (const name of ["GetLoadState", "ListSnapshots", "AddCollectionField", "AlterCollectionSchema"])
        needed.delete(name);
    return needed.add("ShowCollections").add("Load");
}

/** A site as a user who has these privileges and no other, and root beside it. */
async function withDeployer(
    open: Open,
    action: (site: Site, root: Site, role: Access) => Promise<void>,
): Promise<void> {
    const { server } = await open();
    await withAuthorization(server, async () => {
        const root = await open({ token: rootToken });
        const [user, role] = [`${root.prefix}deployer`, `${root.prefix}deploying`];
        await createUser(root.client, user, password);
        await createRole(root.client, role);
        await giveRole(root.client, user, role);
        const access = new Access(root.client, { ...all, role });
        try {
            await access.publicly("Revoke");
            for (const privilege of listed()) await access.give(privilege);
            const { address } = server;
            const token = `${user}:${password}`;
            await access.settle(await MilvusClient.connect(Connection.parse({ address, token })));
            const site = await open({ token });
            await action(site, root, access);
        } finally {
            await access.publicly("Grant");
            for (const one of await grantsOfRole(root.client, role, "default"))
                await operateGrant(root.client, "Revoke", one, one.privilege);
            await dropUser(root.client, user);
            await root.client.call("DropRole", { role_name: role });
        }
    });
}

/** The privileges of a role. Milvus 2.3.5 tells its proxies in the background: `settle` waits for it. */
class Access {
    private client: MilvusClient | undefined;

    constructor(
        private readonly root: MilvusClient,
        private readonly place: { role: string; database: string; collection: string },
    ) {}

    async give(privilege: string): Promise<void> {
        await operateGrant(this.root, "Grant", this.place, privilege);
        await this.settle(this.client);
    }

    async take(privilege: string, denied: (client: MilvusClient) => Promise<unknown>): Promise<void> {
        await operateGrant(this.root, "Revoke", this.place, privilege);
        for (;;) {
            const error = await denied(this.client!).catch((one: unknown) => one);
            if (isMilvusError(error, "forbidden")) return;
        }
    }

    /** Every role has these by default: without them a test would not see that the provider needs them. */
    async publicly(type: "Grant" | "Revoke"): Promise<void> {
        for (const privilege of ["DescribeCollection", "IndexDetail"])
            await operateGrant(this.root, type, { ...this.place, role: "public" }, privilege);
    }

    /** Until every privilege with a probe is there: the steps reach the proxies one by one. */
    async settle(client: MilvusClient | undefined): Promise<void> {
        this.client = client;
        if (client)
            for (const probe of Object.values(probes)) await whenAllowed(() => unlessAbsent(probe(client)));
    }
}

const none = { collection_name: "pulumi_no_such_collection" };
/** A call for some privileges, each of which changes nothing. */
const probes = {
    ShowCollections: (client: MilvusClient) => client.call("ShowCollections", {}),
    DescribeCollection: (client: MilvusClient) => client.call("DescribeCollection", none),
    Query: (client: MilvusClient) => client.call("Query", { ...none, expr: "id > 0" }),
    Load: (client: MilvusClient) => client.call("GetLoadState", none),
    IndexDetail: (client: MilvusClient) => client.call("DescribeIndex", none),
    CreateIndex: (client: MilvusClient) => client.call("CreateIndex", { ...none, field_name: "vector" }),
    DropIndex: (client: MilvusClient) =>
        dropIndex(
            client,
            { database: undefined, name: none.collection_name },
            { field: "vector", name: "vector" },
        ),
    ShowPartitions: (client: MilvusClient) =>
        listPartitions(client, { database: undefined, name: none.collection_name }),
    CreateCollection: (client: MilvusClient) =>
        client.call("AlterCollection", { ...none, properties: [{ key: "a", value: "1" }] }),
    DropCollection: (client: MilvusClient) => client.call("DropCollection", none),
    Insert: (client: MilvusClient) => client.call("Insert", { ...none, num_rows: 0 }),
    Flush: (client: MilvusClient) => client.call("Flush", { collection_names: [none.collection_name] }),
    Release: (client: MilvusClient) => client.call("ReleaseCollection", none),
    CreateAlias: (client: MilvusClient) =>
        client.call("CreateAlias", { ...none, alias: "pulumi_no_such_alias" }),
    DropAlias: (client: MilvusClient) => client.call("DropAlias", { alias: "pulumi_no_such_alias" }),
    SelectOwnership: (client: MilvusClient) => client.call("SelectRole", {}),
};

const unlessAbsent = (call: Promise<unknown>) =>
    call.catch((error: unknown) => {
        if (isMilvusError(error, "forbidden")) throw error;
    });

const indexed: CollectionArgs = {
    ...before,
    indexes: [{ field: "vector", indexType: "FLAT", metricType: "IP" }],
    properties: { "collection.ttl.seconds": "864000" },
};

const where: Where = { servers: ["milvus-2.3.5"], fast: [], cli: ["milvus-2.3.5"], once: true, apart: true };

onStacks("the least privileges", where, (open) => {
    const program = ({ prefix }: Site, args: CollectionArgs) => ({
        collections: { [`${prefix}docs`]: args },
        aliases: { live: { name: `${prefix}live`, of: `${prefix}docs` } },
    });

    it("create, change in place, migrate by alias and destroy", async function () {
        this.timeout(10 * 60_000);
        await withDeployer(open, async (site, { client }) => {
            const { stack } = site;
            await site.declare(program(site, before));
            const told = [expectOk(await stack.preview()), expectOk(await stack.up())];
            const live = { ...site, client, collection: `${site.prefix}live` };
            await insertRows({ ...live, fields: columnsOf(before), keys: int64Keys(count) });
            const stored = await readRows({ ...live, fields: columnsOf(before) });

            await site.declare(program(site, indexed));
            told.push(expectOk(await stack.preview()), expectOk(await stack.up()));
            expect(told.at(-1)!.ops).to.include({ update: 1, same: 1 });
            expectCarried(stored, await readRows({ ...live, fields: columnsOf(before) }), identity, {});

            await site.declare(program(site, after));
            told.push(expectOk(await stack.preview()), expectOk(await stack.up()));
            expect(told.at(-1)!.ops).to.include({ replace: 1 });
            expectCarried(stored, await readRows({ ...live, fields: columnsOf(after) }));
            told.push(
                expectOk(await stack.refresh()),
                expectOk(await stack.up()),
                expectOk(await stack.destroy()),
            );
            expect(await site.collections()).to.deep.equal([]);
            for (const { output } of told) expect(output).to.not.match(/MV204|MV45\d/);
        });
    });

    for (const [privilege, at] of [
        ["Insert", "Collection"],
        ["CreateIndex", "Collection"],
        ["DropCollection", "Global"],
        ["Query", "Collection"],
    ] as const)
        it(`without ${privilege} end with MV204, lose nothing, and complete once it is given back`, async function () {
            this.timeout(10 * 60_000);
            await withDeployer(open, async (site, { client }, access) => {
                const { stack } = site;
                await site.deploy(program(site, before));
                const live = { ...site, client, collection: `${site.prefix}live` };
                await insertRows({ ...live, fields: columnsOf(before), keys: int64Keys(count) });
                const stored = await readRows({ ...live, fields: columnsOf(before) });

                await access.take(privilege, (one) => probes[privilege](one));
                await site.declare(program(site, after));
                const failed = await stack.up();
                expectFailure(
                    failed,
                    `lacks the privilege ${privilege} on ${at} `,
                    `deployer lacks`,
                    `grant_privilege(role, "${at}", "${privilege}", "*", "default")`,
                    "[MV204]",
                );
                expect(failed.output).to.not.include(password);
                // DropCollection is the last step: clients have moved by then.
                const isMoved = privilege === "DropCollection";
                const there = isMoved ? after : before;
                expectCarried(
                    stored,
                    await readRows({ ...live, fields: columnsOf(there) }),
                    ...(isMoved ? ([] as const) : ([identity, {}] as const)),
                );

                await access.give(privilege);
                await whenAllowed(() => unlessAbsent(probes[privilege](site.client)));
                expectOk(await stack.up());
                expectCarried(stored, await readRows({ ...live, fields: columnsOf(after) }));
                expect(await site.collections()).to.have.length(1);
            });
        });
});

/** Every column of the first schema is as it was. */
const identity = Object.fromEntries(columnsOf(before).map(({ name }) => [name, name]));
