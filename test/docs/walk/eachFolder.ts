import { MilvusClient } from "../../../provider/milvus/transport/client";
import { Connection } from "../../../provider/inputs/schema/connection";
import type { Server } from "../../support/servers";
import { dropPageCollections } from "./clear";
import { type Folder, hasPulumi, openFolder } from "./folder";

interface Opened {
    folder: Folder;
    client: MilvusClient;
}

/** Gives each test of a suite an empty folder, and a server without what pages have left. Skips without the real CLI. */
export function eachFolder(server: () => Server): () => Opened {
    let opened: Opened | undefined;
    beforeEach(async function () {
        this.timeout(5 * 60_000);
        if (!(await hasPulumi())) return this.skip();
        const client = await MilvusClient.connect(Connection.parse({ address: server().address }));
        opened = { client, folder: await openFolder(server()) };
        await dropPageCollections(client);
    });
    afterEach(async () => {
        if (!opened) return;
        const { client, folder } = opened;
        opened = undefined;
        await dropPageCollections(client);
        client.close();
        await folder.dispose();
    });
    return () => opened!;
}
