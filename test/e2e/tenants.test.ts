import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { expect } from "chai";
import { ModuleKind, transpileModule } from "typescript";

import { documents } from "../../examples/tenants/schema";
import { normalizeCollection } from "../../provider/inputs/normalize";
import { CollectionInputs } from "../../provider/inputs/schema/collection";
import { Connection } from "../../provider/inputs/schema/connection";
import { grantsOfRole } from "../../provider/milvus/access/roleGrants";
import { listRoles } from "../../provider/milvus/access/roles";
import { userRoles } from "../../provider/milvus/access/users";
import { listDatabases } from "../../provider/milvus/cluster/databases";
import { describeAlias } from "../../provider/milvus/collection/aliases";
import { createCollection, listCollections } from "../../provider/milvus/collection/collections";
import { MilvusClient } from "../../provider/milvus/transport/client";
import { isMilvusError } from "../../provider/milvus/transport/errors";
import { encodeMessage } from "../../provider/milvus/transport/protocol";
import { keyValues } from "../../provider/milvus/transport/keyValue";
import type { FieldArguments } from "../support/data/field";
import { type Open, onStacks, type Where } from "../support/data/onStacks";
import { readRows } from "../support/data/reader";
import { insertRows, int64Keys } from "../support/data/rows";
import { expectFailure, expectOk, type Site } from "../support/data/site";
import type { Table } from "../support/data/table";
import { whenAllowed, withAuthorization } from "../support/servers/authorization";

const example = join(__dirname, "../../examples/tenants");
const fields = documents.fields as FieldArguments[];
const password = (tenant: string) => `Secret-of-${tenant}`;

/** The example with a renamed field and a new one. */
const changedFields: FieldArguments[] = [
    ...fields.filter(({ name }) => name !== "page_num"),
    { name: "page", dataType: "Int32", previousName: "page_num" },
    { name: "lang", dataType: "VarChar", maxLength: 8, backfill: "en" },
];

/** Writes the program of the example into the folder of the stack. */
async function writeExample({ dir }: Site): Promise<void> {
    for (const name of ["index", "tenant", "schema"]) {
        const text = await readFile(join(example, `${name}.ts`), "utf8");
        const { outputText } = transpileModule(text, { compilerOptions: { module: ModuleKind.CommonJS } });
        await writeFile(join(dir, `${name}.js`), outputText);
    }
}

const changeSchema = ({ dir }: Site) =>
    writeFile(
        join(dir, "schema.js"),
        `exports.documents = ${JSON.stringify({ ...documents, fields: changedFields })};`,
    );

async function configure(
    { stack }: Site,
    { tenants, leaving = [], users }: { tenants: string[]; leaving?: string[]; users: boolean },
): Promise<void> {
    await stack.setConfig("tenants", JSON.stringify(tenants));
    await stack.setConfig("leaving", JSON.stringify(leaving));
    await stack.setConfig("users", String(users));
    for (const name of tenants) await stack.setConfig(`${name}Password`, password(name), true);
}

/** Rows of a tenant, which differ from those of the others. */
const insert = (client: MilvusClient, database: string, seed: number) =>
    insertRows({ client, database, collection: "docs", fields, keys: int64Keys(200), seed });

const rowsOf = (client: MilvusClient, database: string, of = fields): Promise<Table> =>
    readRows({ client, database, collection: "docs", fields: of });

/** A search of a tenant's client by the alias. */
async function search(client: MilvusClient, database: string): Promise<number> {
    const answer = await client.call("Search", {
        db_name: database,
        collection_name: "docs",
        dsl_type: "BoolExprV1",
        nq: 1,
        placeholder_group: encodeMessage("milvus.proto.common.PlaceholderGroup", {
            placeholders: [
                { tag: "$0", type: "FloatVector", values: [Buffer.from(new Float32Array(8).fill(1).buffer)] },
            ],
        }),
        output_fields: ["id"],
        consistency_level: "Strong",
        search_params: keyValues({
            anns_field: "vector",
            topk: "5",
            metric_type: "COSINE",
            params: {},
            round_decimal: "-1",
        }),
    });
    const { results } = answer as { results: { topks: string[] } };
    return Number(results.topks[0]);
}

/** Deploys, removes, adds and migrates tenants; `each` looks at them after every step. */
async function live(
    site: Site,
    { count, users }: { count: number; users: boolean },
    each: (tenants: string[]) => Promise<void>,
): Promise<void> {
    const { client, stack, prefix } = site;
    const perTenant = users ? 6 : 3;
    const all = Array.from({ length: count + 1 }, (_, at) => `${prefix}${String.fromCharCode(97 + at)}`);
    const [first, gone, added] = [all.slice(0, count), all[count - 1]!, all[count]!];
    const rest = first.slice(0, -1);
    const up = async (tenants: string[], leaving: string[] = []) => {
        await configure(site, { tenants, leaving, users });
        return stack.up();
    };
    const expectStill = async (count: number) => {
        const { ops } = expectOk(await stack.up());
        expect(ops).to.deep.include({ create: 0, update: 0, replace: 0, delete: 0, same: count * counted });
    };

    await writeExample(site);
    const counted = expectOk(await up(first)).ops.create / count;
    // The CLI counts the component itself, too.
    expect([perTenant, perTenant + 1]).to.include(counted);
    const rows = new Map<string, Table>();
    for (const [at, tenant] of first.entries())
        rows.set(tenant, (await insert(client, tenant, at + 1)).sorted());
    await each(first);
    await expectStill(count);

    // A tenant with rows is not removed in one step, and keeps its access.
    expectFailure(await up(rest), `alias docs: not dropped`, "[MV305]");
    if (users) expect(await userRoles(client, gone)).to.deep.equal([`${gone}_user`]);
    expectOk(await up(first));
    await each(first);
    expectOk(await up(first, [gone]));
    const own = normalizeCollection(CollectionInputs.parse({ fields }));
    await createCollection(client, { database: gone, name: "own" }, own, {});
    expect(expectOk(await up(rest)).ops.delete).to.equal(counted);
    expect(await listDatabases(client)).to.not.include(gone);
    if (users) {
        expect(await userRoles(client, gone)).to.equal(undefined);
        expect(await listRoles(client)).to.not.include(`${gone}_user`);
    }
    await expectStill(count - 1);

    const now = [...rest, added];
    expect(expectOk(await up(now)).ops).to.deep.include({ create: counted, update: 0, replace: 0 });
    rows.set(added, (await insert(client, added, count + 1)).sorted());
    await each(now);
    await expectStill(count);

    await changeSchema(site);
    expect(expectOk(await stack.up()).ops.replace).to.equal(count);
    for (const tenant of now) {
        const [before, after] = [rows.get(tenant)!, await rowsOf(client, tenant, changedFields)];
        for (const { name, previousName = name } of changedFields)
            if (name === "lang") expect(new Set(after.column(name))).to.deep.equal(new Set(["en"]));
            else expect(after.column(name), `${tenant} ${name}`).to.deep.equal(before.column(previousName));
        expect(await listCollections(client, tenant)).to.have.length(1);
    }
    await each(now);
    await expectStill(count);

    expectOk(await up(now, now));
    expectOk(await stack.destroy());
    expect((await listDatabases(client))!.filter((name) => name.startsWith(prefix))).to.deep.equal([]);
}

onStacks(
    "the example of tenants without users",
    { needs: ["databases", "aliases"], servers: ["milvus-lite-3.2.2"], fast: [] },
    (open) => {
        it("keeps each tenant's rows through the removal and the addition of others, and a migration", async () => {
            const site = await open();
            await live(site, { count: 3, users: false }, async (tenants) => {
                for (const tenant of tenants)
                    expect(await describeAlias(site.client, { database: tenant, alias: "docs" })).to.match(
                        new RegExp(`^${tenant}_docs_`),
                    );
            });
        });
    },
);

const where: Where = { servers: ["milvus-2.3.5"], fast: [], cli: ["milvus-2.3.5"], once: true, apart: true };

onStacks("the example of tenants", where, (open: Open) => {
    it("lets ten users read their own rows and nobody else's, while tenants come, go and migrate", async function () {
        this.timeout(15 * 60_000);
        const { server } = await open();
        await withAuthorization(server, async (token) => {
            const site = await open({ token });
            const clients = new Map<string, MilvusClient>();
            // Milvus 2.3.5 asks for privileges in the database of the connection, whichever the request names.
            const clientOf = async (tenant: string, database = tenant) => {
                const { address } = server;
                const own = { address, token: `${tenant}:${password(tenant)}`, database };
                const client =
                    clients.get(`${tenant} ${database}`) ??
                    (await MilvusClient.connect(Connection.parse(own)));
                clients.set(`${tenant} ${database}`, client);
                return client;
            };
            const refusal = (call: Promise<unknown>) =>
                call.then(
                    () => "allowed",
                    (error: unknown) => (isMilvusError(error, "forbidden") ? "denied" : String(error)),
                );
            try {
                await live(site, { count: 10, users: true }, async (tenants) => {
                    for (const tenant of tenants) {
                        const client = await clientOf(tenant);
                        expect(await whenAllowed(() => search(client, tenant)), tenant).to.be.greaterThan(0);
                        for (const other of tenants.filter((one) => one !== tenant)) {
                            const where = `${tenant} in ${other}`;
                            expect(
                                await refusal(clientOf(tenant, other).then((one) => search(one, other))),
                                where,
                            ).to.equal("denied");
                            expect(
                                await refusal(clientOf(tenant, other).then((one) => rowsOf(one, other))),
                                where,
                            ).to.equal("denied");
                        }
                        const granted = await grantsOfRole(site.client, `${tenant}_user`, "default");
                        expect(granted, "in the default database").to.deep.equal([]);
                    }
                });
            } finally {
                for (const client of clients.values()) client.close();
            }
        });
    });
});
