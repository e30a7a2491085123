import { expect } from "chai";

import { Connection } from "../../provider/inputs/schema/connection";
import { describeCollection, setProperties } from "../../provider/milvus/collection/collections";
import { grant, revoke } from "../../provider/milvus/access/operateGrant";
import { grantsOn } from "../../provider/milvus/access/roleGrants";
import { countRows, flush } from "../../provider/milvus/rows/rows";
import { MilvusClient } from "../../provider/milvus/transport/client";
import type { CollectionArgs } from "../../sdk/args";
import { onStacks, type Open } from "../support/data/onStacks";
import { whenAllowed, withAuthorization } from "../support/servers/authorization";
import { compareWithOracle } from "../support/traffic/compare";
import { isBetweenNames, readOnce, startReader } from "../support/traffic/reader";
import { collectionOf, rowsRequest } from "../support/traffic/rows";

const count = 5_000;
const privileges = ["Query", "Search"];

/** A partition key, a declared property, and rows whose every value is known. */
const schema = (maxLength: number): CollectionArgs => {
    const { fields, ...others } = collectionOf(maxLength);
    return {
        ...others,
        fields: (fields as { name: string }[]).map((field) => ({
            ...field,
            ...(field.name === "version" && { isPartitionKey: true }),
        })) as CollectionArgs["fields"],
        numPartitions: 4,
        properties: { "collection.ttl.seconds": "864000" },
        migration: { grace: 1 },
    };
};

/** Only in the full tier: beside it no other test may use the server. */
onStacks(
    "a schema changes on a server with authorization",
    { servers: ["milvus-2.3.5"], fast: [], native: false, apart: true },
    (open) => {
        for (const cutover of ["alias", "rename"] as const)
            it(`keeps grants, properties and the partition key, and denies no read, by ${cutover}`, async function () {
                this.timeout(10 * 60_000);
                const { server } = await open();
                await withAuthorization(server, (token) => migrate(open, token, cutover));
            });
    },
);

async function migrate(open: Open, token: string, cutover: "alias" | "rename"): Promise<void> {
    const site = await open({ token });
    const { client, prefix } = site;
    const [name, alias, role, user] = ["docs", "live", "reader", "user"].map((one) => prefix + one) as [
        string,
        string,
        string,
        string,
    ];
    const program = (maxLength: number) => ({
        collections: { [name]: { ...schema(maxLength), ...(cutover === "rename" && { name }) } },
        aliases: { live: { name: alias, of: name } },
    });
    await site.deploy(program(64));
    const [old] = (await site.collections()) as [string];
    const ref = (collection: string) => ({ database: undefined, name: collection });
    const rows = Array.from({ length: count }, (_, key) => ({ key: BigInt(key), version: 1 + (key % 3) }));
    await client.call("Insert", rowsRequest(old, rows), { seconds: 60 });
    await flush(client, ref(old));
    // Not declared: the target gets it from what is observed.
    await setProperties(client, ref(old), { "collection.autocompaction.enabled": "false" });

    const password = Buffer.from("Reader123").toString("base64");
    await client.call("CreateCredential", { username: user, password });
    await client.call("CreateRole", { entity: { name: role } });
    await client.call("OperateUserRole", { username: user, role_name: role, type: "AddUserToRole" });
    // Before 2.6.12 Milvus asks for privileges on the name that the request has, which may be an alias.
    for (const object of [old, alias])
        for (const privilege of privileges)
            await grant(client, ref(object), { role, privilege, grantor: "root" });

    const as = () =>
        MilvusClient.connect(Connection.parse({ address: site.server.address, token: `${user}:Reader123` }));
    const [first, second] = [await as(), await as()];
    try {
        await whenAllowed(() => readOnce(first, alias));
        await whenAllowed(() => readOnce(second, old));
        await site.declare(program(128));
        const [byAlias, byName] = [startReader(first, alias), startReader(second, old)];
        const up = await site.stack.up().catch((error: unknown) => error as Error);
        const [viaAlias, viaName] = [await byAlias.stop(), await byName.stop()];
        if (up instanceof Error) throw up;
        expect(up.ok, up.output).to.equal(true);

        const [target, ...others] = (await site.collections()) as [string];
        expect(others).to.deep.equal([]);
        expect(target === old).to.equal(cutover === "rename");
        // What was granted on the old collection's own name is taken away once it is dropped.
        const served = viaName.failed.slice(0, viaName.failed.length - viaName.failedLast.length);
        const serving = cutover === "alias" ? served : viaName.failed;
        for (const reason of [...viaAlias.failed, ...serving]) expect(reason).to.match(isBetweenNames);
        if (cutover === "alias") expect(viaAlias.failed).to.deep.equal([]);
        for (const reads of [viaAlias, viaName]) expect(reads.done).to.be.greaterThan(0);
        for (const reason of viaName.failedLast)
            if (!reason.endsWith("[MV204]")) expect(reason).to.match(isBetweenNames);

        for (const object of [target, alias])
            expect(
                (await grantsOn(client, ref(object))).map((one) => [one.role, one.privilege]),
                object,
            ).to.have.deep.members(privileges.map((privilege) => [role, privilege]));
        expect(await countRows(first, ref(alias), "id >= 0")).to.equal(count);
        expect(await whenAllowed(() => countRows(second, ref(target), "id >= 0"))).to.equal(count);

        const after = (await describeCollection(client, ref(target)))!;
        expect(after.properties).to.include({
            "collection.ttl.seconds": "864000",
            "collection.autocompaction.enabled": "false",
        });
        const keys = after.fields.filter(({ isPartitionKey }) => isPartitionKey);
        expect(keys.map(({ name }) => name)).to.deep.equal(["version"]);
        expect(after.numPartitions).to.equal(4);
        const oracle = new Map(rows.map(({ key, version: one }) => [key, one]));
        expect(await compareWithOracle(client, target, oracle)).to.deep.equal({
            lost: [],
            resurrected: [],
            stale: [],
        });
    } finally {
        first.close();
        second.close();
        await client.call("DeleteCredential", { username: user });
        for (const object of [...(await site.collections()), alias, old])
            for (const one of await grantsOn(client, ref(object))) await revoke(client, ref(object), one);
        await client.call("DropRole", { role_name: role });
    }
}
