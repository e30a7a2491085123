import { status } from "@grpc/grpc-js";
import { expect } from "chai";

import { MilvusClient } from "../../../provider/milvus/client";
import {
    createCollection,
    describeCollection,
    dropCollection,
    setProperties,
} from "../../../provider/milvus/collections";
import { isMilvusError } from "../../../provider/milvus/errors";
import { strong } from "../../../provider/milvus/readPoint";
import { countRows } from "../../../provider/milvus/rows";
import { capabilities } from "../../../provider/observe/capabilities";
import { Connection } from "../../../provider/inputs/schema/connection";
import { parseCollection } from "../../../provider/inputs/parse";
import { fence, liftFence } from "../../../provider/migration/lifecycle/writeFence";
import { buildIndexes, load } from "../../../provider/migration/lifecycle/indexAndLoad";
import { failure } from "../../fake/failure";
import { create, open, ref as docsRef } from "../../fake/open";
import { onServers } from "../../support/servers/onServers";
import { collectionOf, rowsRequest } from "../../support/traffic/rows";

const silent = { say: () => undefined, progress: () => undefined };
const QUOTA = "collection.diskProtection.diskQuota.mb";

onServers("a fence before writes", {}, (server, name) => {
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
    /** The server looks at its quotas every few seconds. */
    async function insertSoon(): Promise<void> {
        for (;;)
            try {
                await insert();
                return;
            } catch (error) {
                if (!isMilvusError(error, "rate-limited")) throw error;
            }
    }

    if (name === "milvus-2.3.5") {
        it("refuses them with the error that clients repeat, and answers reads, until it is lifted", async function () {
            this.timeout(60_000);
            const able = await capabilities(client);
            expect(await fence({ client, ref }, able)).to.equal(true);
            const refused = await failure(insert());
            expect(isMilvusError(refused, "rate-limited"), String(refused)).to.equal(true);
            expect(await countRows(client, ref, "", [], strong)).to.equal(1);
            await liftFence({ client, ref }, able);
            await insertSoon();
        });

        it("gives back the quota that was set before, however often it was put up, and lifting it twice does no harm", async function () {
            this.timeout(60_000);
            const able = await capabilities(client);
            await setProperties(client, ref, { [QUOTA]: "4096" });
            expect(await fence({ client, ref }, able)).to.equal(true);
            // A run that comes after one that was cut here.
            expect(await fence({ client, ref }, able)).to.equal(true);
            await liftFence({ client, ref }, able);
            await liftFence({ client, ref }, able);
            expect(await quota()).to.equal("4096");
            await insertSoon();
        });
    } else
        it("is none where the server has no quotas, and changes nothing", async () => {
            expect(await fence({ client, ref }, await capabilities(client))).to.equal(false);
            expect(await quota()).to.equal(undefined);
            await insert();
        });
});

describe("a fence before writes on a server that fails", () => {
    const docs = docsRef("docs");
    const QUOTAS_REFUSE = { code: 8, reason: "rate limit exceeded" };
    const away = { grpc: status.UNAVAILABLE, details: "read ECONNRESET" };

    async function start() {
        const { fake, client } = await open("2.4.23", { pending: 0 });
        await create(client, "docs", { properties: { [QUOTA]: "4096" } });
        const able = await capabilities(client);
        const properties = () => Object.fromEntries(fake.collections()[0]!.properties);
        return { fake, client, endpoint: { client, ref: docs }, able, properties };
    }

    it("is not left standing where nobody can tell whether it stands", async () => {
        for (const [rpc, trouble] of [
            ["Insert", away],
            ["AlterCollection", { lost: true }],
        ] as const) {
            const { fake, endpoint, able, properties } = await start();
            fake.failNext(rpc, trouble);
            expect(await failure(fence(endpoint, able)), rpc).to.have.property("kind", "lost");
            expect(properties(), rpc).to.include({ [QUOTA]: "4096", "pulumi.fenced": "lifted" });
        }
    });

    it("knows the quota from before a fence that was left standing", async () => {
        const { fake, endpoint, able, properties } = await start();
        for (let run = 1; run <= 2; run++) {
            fake.failNext("Insert", QUOTAS_REFUSE);
            expect(await fence(endpoint, able)).to.equal(true);
            expect(properties()).to.include({ [QUOTA]: "0" });
        }
        await liftFence(endpoint, able);
        expect(properties()).to.include({ [QUOTA]: "4096" });
    });

    it("names the property that lets writes in again, where it cannot be lifted", async () => {
        const { fake, endpoint, able } = await start();
        fake.failNext("Insert", QUOTAS_REFUSE);
        await fence(endpoint, able);
        fake.failNext("AlterCollection", { code: 65535, reason: "the metadata store is away" });
        const error = await failure(liftFence(endpoint, able));
        expect(error).to.have.property("code", "MV331");
        expect(error.message).to.include("the metadata store is away").and.include(`${QUOTA} to 4096`);
    });
});
