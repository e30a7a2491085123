import { MilvusClient } from "@zilliz/milvus2-sdk-node";

import type { RunningServer } from "./milvusLite";
import { ServerUnavailable } from "./environment";

/** A client whose pings are rarer than the SDK's of every 10 s, which are too many for milvus-lite. */
export function connectTo({ address, token }: RunningServer): MilvusClient {
    const client = new MilvusClient({
        address,
        // A machine that is busy with other work is slow, and nothing waits for the quickstart.
        timeout: 120_000,
        ...(token && { token }),
        channelOptions: { "grpc.keepalive_time_ms": 600_000 },
    });
    // The calls fail for the same reason, and say so where somebody waits for them.
    client.connectPromise.catch(() => undefined);
    return client;
}

/** Names that the collection of the quickstart gets on the server: its logical name and seven hex digits. */
const ours = /^docs_[0-9a-f]{7}$/;

/** A server that was there before the quickstart: whatever ends a run, nothing of it stays there. */
export class GivenServer {
    private constructor(
        private readonly client: MilvusClient,
        private readonly before: ReadonlySet<string>,
    ) {}

    static async look(server: RunningServer): Promise<GivenServer> {
        const client = connectTo(server);
        try {
            return new GivenServer(client, new Set(await namesOn(client)));
        } catch (error) {
            await client.closeConnection();
            throw new ServerUnavailable(
                `no Milvus answers at ${server.address}: ${(error as Error).message}. Start it, correct MILVUS_ADDRESS, or unset it to use milvus-lite`,
            );
        }
    }

    /** Drops what a run that did not come to `pulumi destroy` has created. */
    async clean(): Promise<void> {
        const { client, before } = this;
        const created = (await namesOn(client)).filter((name) => ours.test(name) && !before.has(name));
        if (created.length > 0) {
            const { collection } = await client.describeAlias({ alias: "docs", collection_name: "docs" });
            if (created.includes(collection)) await client.dropAlias({ alias: "docs" });
        }
        for (const name of created) await client.dropCollection({ collection_name: name });
        await client.closeConnection();
    }
}

async function namesOn(client: MilvusClient): Promise<string[]> {
    const { data, status } = await client.showCollections();
    if (status.error_code !== "Success" || status.code) throw new Error(status.reason);
    return data.map(({ name }) => name);
}
