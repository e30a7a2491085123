import { createHash } from "node:crypto";

import type { Connection } from "../inputs/schema/connection";
import { MilvusClient } from "./client";

/** One client a connection; a connection that failed is tried again by the next caller. */
export class ClientPool {
    private readonly open = new Map<string, Promise<MilvusClient>>();

    connect(connection: Connection): Promise<MilvusClient> {
        // The key is a digest, so that no credential stands in a long-lived map in the clear.
        const key = createHash("sha256").update(JSON.stringify(connection)).digest("hex");
        let client = this.open.get(key);
        if (!client) {
            client = MilvusClient.connect(connection);
            this.open.set(key, client);
            client.catch(() => this.open.delete(key));
        }
        return client;
    }
}
