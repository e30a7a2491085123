import { expect } from "chai";

import { Connection } from "../../provider/inputs/schema/connection";
import { grantsOfRole } from "../../provider/milvus/access/roleGrants";
import { flush } from "../../provider/milvus/rows/rows";
import { MilvusClient } from "../../provider/milvus/transport/client";
import { onStacks, type Open, type Where } from "../support/data/onStacks";
import type { Declared } from "../support/data/source";
import { rootToken, whenAllowed, withAuthorization } from "../support/servers/authorization";
import { startPymilvusReader } from "../support/traffic/pymilvusReader";
import { isBetweenNames, readOnce } from "../support/traffic/reader";
import { collectionOf, rowsRequest } from "../support/traffic/rows";

const count = 5_000;
const password = "a-password";
const isDenial = /permission|privilege|denied|deny|unauthenticated/i;

const where: Where = { servers: ["milvus-2.3.5"], fast: [], cli: ["milvus-2.3.5"], apart: true };

onStacks("a grant of the program", where, (open) => {
    for (const cutover of ["alias", "rename"] as const)
        it(`lets its user search, and nothing else, through a migration by ${cutover}`, async function () {
            this.timeout(10 * 60_000);
            const { server } = await open();
            await withAuthorization(server, () => migrate(open, cutover));
        });
});

/** A role that may search a collection and, where there is one, its alias; and a user who has it. */
function program(prefix: string, cutover: "alias" | "rename", maxLength: number): Declared {
    const [docs, reader] = [`${prefix}docs`, `${prefix}reader`];
    const grant = (collection: string) => ({
        type: "Grant",
        args: `{ role: made["${reader}"].name, privileges: ["Query", "Search"], collection: ${collection} }`,
    });
    const migration = { grace: 1 };
    return {
        collections: {
            [docs]: {
                ...collectionOf(maxLength),
                migration,
                ...(cutover === "rename" && { name: `${prefix}live` }),
            },
        },
        ...(cutover === "alias" && { aliases: { live: { name: `${prefix}live`, of: docs } } }),
        objects: {
            [reader]: { type: "Role", args: "{}" },
            [`${prefix}alice`]: {
                type: "User",
                args: `{ password: ${JSON.stringify(password)}, roles: [made["${reader}"].name] }`,
            },
        },
        dependents: {
            [`${prefix}readers`]: grant(`made["${docs}"].collectionName`),
            ...(cutover === "alias" && { [`${prefix}byAlias`]: grant(`made["live"].name`) }),
        },
    };
}

async function migrate(open: Open, cutover: "alias" | "rename"): Promise<void> {
    const site = await open({ token: rootToken });
    const { client, prefix, server } = site;
    const [live, role] = [`${prefix}live`, `${prefix}reader`];
    const token = `${prefix}alice:${password}`;
    await site.deploy(program(prefix, cutover, 64));
    const [old] = (await site.collections()) as [string];
    const rows = Array.from({ length: count }, (_, key) => ({ key: BigInt(key), version: 1 }));
    await client.call("Insert", rowsRequest(old, rows), { seconds: 60 });
    await flush(client, { database: undefined, name: old });

    const reader = await startPymilvusReader(server.address, token, live);
    await site.declare(program(prefix, cutover, 128));
    const up = await site.stack.up().catch((error: unknown) => error as Error);
    const reads = await reader.stop();
    if (up instanceof Error) throw up;
    expect(up.ok, up.output).to.equal(true);

    expect(reads.insert, "an insert").to.match(isDenial);
    expect(reads.done).to.be.greaterThan(10);
    if (cutover === "alias") expect(reads.failed).to.deep.equal([]);
    else for (const reason of reads.failed) expect(reason).to.match(isBetweenNames);

    const [now] = (await site.collections()) as [string];
    const granted = (await grantsOfRole(client, role, "default")).map((one) => one.collection);
    expect(new Set(granted)).to.deep.equal(new Set([now, live]));
    const { address } = server;
    const user = await MilvusClient.connect(Connection.parse({ address, token }));
    try {
        await whenAllowed(() => readOnce(user, now));
        if (cutover === "alias") {
            const refusal = await readOnce(user, old).catch((error: unknown) => String(error));
            expect(refusal, "on the old name").to.match(/MV204|MV210/);
        }
    } finally {
        user.close();
    }
    expect((await site.stack.up()).ops.same).to.be.greaterThan(3);
    await site.deploy({ collections: {} });
    expect(await grantsOfRole(client, role, "default").catch(() => [])).to.deep.equal([]);
}
