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
import { countRows } from "../../../provider/milvus/rows/rows";
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
    /** Inserts as soon as the server accepts it; it checks its quotas every few seconds. */
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
        it("refuses writes with a retryable error, and answers reads, until it is lifted", async function () {
            this.timeout(60_000);
            const able = await capabilities(client);
            expect(await fence({ client, capabilities: able, ref })).to.equal(true);
            const refused = await failure(insert());
            expect(isMilvusError(refused, "rate-limited"), String(refused)).to.equal(true);
            expect(await countRows(client, ref, "", [], strong)).to.equal(1);
            await liftFence({ client, capabilities: able, ref });
            await insertSoon();
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
            await insertSoon();
        });
    } else
        it("changes nothing if the server has no quotas", async () => {
            expect(await fence({ client, capabilities: await capabilities(client), ref })).to.equal(false);
            expect(await quota()).to.equal(undefined);
            await insert();
        });
});

describe("a write fence on a failing server", () => {
    const docs = docsRef("docs");
    const QUOTAS_REFUSE = { code: 8, reason: "rate limit exceeded" };
    const away = { grpc: status.UNAVAILABLE, details: "read ECONNRESET" };

    async function start() {
        const { fake, client } = await open("2.4.23", { pending: 0 });
        await create(client, "docs", { properties: { [QUOTA]: "4096" } });
        const able = await capabilities(client);
        const properties = () => Object.fromEntries(fake.collections()[0]!.properties);
        return { fake, client, endpoint: { client, capabilities: able, ref: docs }, properties };
    }

    it("is lifted if it is unknown whether it is set", async () => {
        for (const [rpc, trouble] of [
            ["Insert", away],
            ["AlterCollection", { lost: true }],
        ] as const) {
            const { fake, endpoint, properties } = await start();
            fake.failNext(rpc, trouble);
            expect(await failure(fence(endpoint)), rpc).to.have.property("kind", "lost");
            expect(properties(), rpc).to.include({ [QUOTA]: "4096", "pulumi.fenced": "lifted" });
        }
    });

    it("restores the quota from before a fence that was left", async () => {
        const { fake, endpoint, properties } = await start();
        for (let run = 1; run <= 2; run++) {
            fake.failNext("Insert", QUOTAS_REFUSE);
            expect(await fence(endpoint)).to.equal(true);
            expect(properties()).to.include({ [QUOTA]: "0" });
        }
        await liftFence(endpoint);
        expect(properties()).to.include({ [QUOTA]: "4096" });
    });

    it("names the property that lifts it by hand, if it cannot be lifted", async () => {
        const { fake, endpoint } = await start();
        fake.failNext("Insert", QUOTAS_REFUSE);
        await fence(endpoint);
        fake.failNext("AlterCollection", { code: 65535, reason: "the metadata store is unavailable" });
        const error = await failure(liftFence(endpoint));
        expect(error).to.have.property("code", "MV331");
        expect(error.message).to.include("the metadata store is unavailable").and.include(`${QUOTA} to 4096`);
    });
});
