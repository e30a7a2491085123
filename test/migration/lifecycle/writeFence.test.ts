import { status } from "@grpc/grpc-js";
import { expect } from "chai";

import { MilvusClient } from "../../../provider/milvus/transport/client";
import {
    createCollection,
    describeCollection,
    dropCollection,
    setProperties,
} from "../../../provider/milvus/collection/collections";
import { isMilvusError } from "../../../provider/milvus/transport/errors";
import { strong } from "../../../provider/milvus/rows/readPoint";
import { countRows, flush } from "../../../provider/milvus/rows/rows";
import { capabilities } from "../../../provider/observe/capabilities";
import { Connection } from "../../../provider/inputs/schema/connection";
import { parseCollection } from "../../../provider/inputs/parse";
import { fence, liftFence } from "../../../provider/migration/lifecycle/writeFence";
import { buildIndexes, load } from "../../../provider/migration/lifecycle/indexAndLoad";
import { failure } from "../../fake/failure";
import { create, insert as insertRows, open, ref as docsRef, serve, smallest } from "../../fake/open";
import { onServers } from "../../support/servers/onServers";
import { collectionOf, rowsRequest } from "../../support/traffic/rows";

const silent = { say: () => undefined, progress: () => undefined };
const QUOTA = "collection.diskProtection.diskQuota.mb";

onServers("a write fence", {}, (server, name) => {
    const ref = { database: undefined, name: `fence_${process.pid}` };
    const spec = parseCollection(collectionOf(64) as unknown as Record<string, unknown>).spec!;
    let client: MilvusClient;
    let key = 0n;

    before(async () => {
        const { address, token } = server();
        client = await MilvusClient.connect(Connection.parse({ address, token }));
    });
    beforeEach(async () => {
        await createCollection(client, ref, spec, {});
        await buildIndexes(client, ref, spec, silent);
        await load(client, ref, spec, silent);
        await insert();
    });
    afterEach(() => dropCollection(client, ref));
    after(() => client?.close());

    const insert = () => client.call("Insert", rowsRequest(ref.name, [{ key: ++key, version: 1 }]));
    const quota = async () => (await describeCollection(client, ref))?.properties[QUOTA];
    const remove = () => client.call("Delete", { collection_name: ref.name, expr: "id in [1]" });
    const upsert = () => client.call("Upsert", rowsRequest(ref.name, [{ key, version: 2 }]));

    if (name === "milvus-2.3.5") {
        it("refuses each kind of write with a retryable error, and answers reads, until it is lifted", async function () {
            this.timeout(60_000);
            const able = await capabilities(client);
            expect(await fence({ client, capabilities: able, ref })).to.equal(true);
            // Clients' SDKs retry code 8, and do not retry code 9.
            for (const write of [insert, remove])
                expect(await failure(write())).to.include({ kind: "rate-limited", serverCode: 8 });
            expect(await outcomeOf(upsert())).to.equal("refused");
            expect(await countRows(client, ref, "", [], strong)).to.equal(1);
            await liftFence({ client, capabilities: able, ref });
            await insertSoon(insert);
            await insertSoon(upsert);
            await insertSoon(remove);
        });

        it("restores the previous quota, however often it is set and lifted", async function () {
            this.timeout(60_000);
            const able = await capabilities(client);
            await setProperties(client, ref, { [QUOTA]: "4096" });
            expect(await fence({ client, capabilities: able, ref })).to.equal(true);
            // A run after one that was interrupted here.
            expect(await fence({ client, capabilities: able, ref })).to.equal(true);
            await liftFence({ client, capabilities: able, ref });
            await liftFence({ client, capabilities: able, ref });
            expect(await quota()).to.equal("4096");
            await insertSoon(insert);
            await insertSoon(upsert);
            await insertSoon(remove);
        });
    } else
        it("changes nothing if the server has no quotas", async () => {
            expect(await fence({ client, capabilities: await capabilities(client), ref })).to.equal(false);
            expect(await quota()).to.equal(undefined);
            await insert();
        });
});

const RATES = ["insert", "upsert", "delete"].map((kind) => `collection.${kind}Rate.max.mb`);
const docs = docsRef("docs");
const away = { grpc: status.UNAVAILABLE, details: "read ECONNRESET" };

type Options = Parameters<typeof open>[1] & { version?: string; properties?: Record<string, string> };

async function start({ version = "2.4.17", properties = { [QUOTA]: "4096" }, ...options }: Options = {}) {
    const { fake, client } = await open(version, { pending: 0, limits: "all", ...options });
    await create(client, "docs", { properties });
    await serve(client, "docs");
    let key = 0;
    const insert = () => insertRows(client, "docs", { fields: smallest }, { id: [String(++key)] });
    const remove = () => client.call("Delete", { collection_name: "docs", expr: "id in [1]" });
    await insert();
    await flush(client, docs);
    const able = await capabilities(client);
    return {
        fake,
        client,
        endpoint: { client, capabilities: able, ref: docs },
        properties: () => Object.fromEntries(fake.collections()[0]!.properties),
        insert,
        remove,
    };
}

describe("a write fence by rates", () => {
    for (const version of ["2.4.13", "2.4.23", "2.6.18", "3.0.0"])
        it(`refuses inserts and deletes of Milvus ${version} with code 8, which clients retry`, async () => {
            const { endpoint, insert, remove, properties } = await start({ version, pending: 3 });
            const before = properties();
            expect(await fence(endpoint)).to.equal(true);
            for (const write of [insert, remove])
                expect(await failure(write())).to.include({ kind: "rate-limited", serverCode: 8 });
            expect(await countRows(endpoint.client, docs, "", [], strong)).to.equal(1);
            await liftFence(endpoint);
            await insertSoon(insert);
            await remove();
            const own = [...RATES, "pulumi.fenced"];
            const after = Object.entries(properties()).filter(([key]) => !own.includes(key));
            expect(Object.fromEntries(after)).to.deep.equal(before);
        });

    it("leaves no property behind where the server can delete one", async () => {
        for (const properties of [{}, { [QUOTA]: "4096", [RATES[2]!]: "7" }] as Record<string, string>[]) {
            const { endpoint, properties: now } = await start({ version: "2.6.18", properties });
            const before = now();
            await fence(endpoint);
            await liftFence(endpoint);
            expect(now()).to.deep.equal(before);
        }
    });

    it("keeps the next write waiting behind its own probe", async () => {
        const { endpoint, fake } = await start();
        await fence(endpoint);
        // A rate lets one write through; that was the probe, whose bytes count.
        for (const kind of ["Insert", "Delete"] as const)
            expect(fake.collections()[0]!.limits.tokens.get(kind)!.left, kind).to.be.below(-10_000);
    });

    it("restores the rates and the quota from before a fence that was left", async () => {
        const { endpoint, properties } = await start({ properties: { [QUOTA]: "4096", [RATES[0]!]: "16" } });
        for (let run = 1; run <= 2; run++) {
            expect(await fence(endpoint)).to.equal(true);
            expect(properties()).to.include({ [RATES[0]!]: "0.000001", [RATES[2]!]: "0.000001" });
        }
        await liftFence(endpoint);
        expect(properties()).to.include({ [QUOTA]: "4096", [RATES[0]!]: "16" });
        // No number stands for the server's own rate. Milvus before 2.4 reads each number of an upsert rate as 0.
        expect(properties()).to.include({ [RATES[1]!]: "", [RATES[2]!]: "" });
    });

    it("lifts the fence of the first release, which stored the quota alone", async () => {
        for (const [stored, quota] of [
            ["4096", "4096"],
            ["", "1000000000"],
        ] as const) {
            const { endpoint, properties } = await start({
                properties: { [QUOTA]: "0", "pulumi.fenced": stored },
            });
            await liftFence(endpoint);
            expect(properties()).to.include({ [QUOTA]: quota, "pulumi.fenced": "lifted" });
            expect(properties()).to.not.have.any.keys(RATES);
        }
    });
});

describe("a write fence by the quota", () => {
    it("follows where rates have no effect, and deletes pass since 2.4.14", async function () {
        this.timeout(60_000);
        for (const [version, stopped] of [
            ["2.4.13", true],
            ["2.4.14", false],
        ] as const) {
            const { endpoint, insert, remove, properties } = await start({ version, limits: "quota" });
            expect(await fence(endpoint)).to.equal(true);
            expect(await failure(insert())).to.include({ kind: "rate-limited", serverCode: 9 });
            expect(await outcomeOf(remove()), version).to.equal(stopped ? "refused" : "done");
            await liftFence(endpoint);
            await insertSoon(insert);
            expect(properties()).to.include({ [QUOTA]: "4096", "pulumi.fenced": "lifted" });
        }
    });
});

describe("a write fence on a server without limits", () => {
    it("is none, and leaves the limits as they were", async function () {
        this.timeout(60_000);
        const { endpoint, properties, insert } = await start({ version: "2.6.18", limits: "off" });
        const before = properties();
        expect(await fence(endpoint)).to.equal(false);
        expect(properties()).to.deep.equal(before);
        await insert();
    });
});

describe("a write fence on a failing server", () => {
    it("is lifted if it is unknown whether it is set", async () => {
        for (const [rpc, trouble] of [
            ["Insert", away],
            ["Delete", away],
            ["AlterCollection", { lost: true }],
        ] as const) {
            const { fake, endpoint, properties } = await start();
            fake.failNext(rpc, trouble);
            expect(await failure(fence(endpoint)), rpc).to.have.property("kind", "lost");
            expect(properties(), rpc).to.include({ [QUOTA]: "4096", "pulumi.fenced": "lifted" });
            for (const key of RATES) expect(properties()[key] ?? "", rpc).to.equal("");
        }
    });

    it("names the properties that lift it by hand, if it cannot be lifted", async () => {
        const { fake, endpoint } = await start({ properties: { [QUOTA]: "4096", [RATES[0]!]: "16" } });
        await fence(endpoint);
        fake.failNext("AlterCollection", { code: 65535, reason: "the metadata store is unavailable" });
        const error = await failure(liftFence(endpoint));
        expect(error).to.have.property("code", "MV331");
        expect(error.message)
            .to.include("the metadata store is unavailable")
            .and.include(`${QUOTA} to 4096`)
            .and.include(`${RATES[0]!} to 16`)
            .and.include(`${RATES[1]!} to ""`);
    });
});

const outcomeOf = (write: Promise<unknown>) =>
    write.then(
        () => "done",
        (error: unknown) => (isMilvusError(error, "rate-limited") ? "refused" : String(error)),
    );

/** Writes as soon as the server accepts it: it reads its limits again every few seconds. */
async function insertSoon(insert: () => Promise<unknown>): Promise<void> {
    while ((await outcomeOf(insert())) === "refused");
}
