import { createHash } from "node:crypto";

import type { Connection } from "../../inputs/schema/connection";
import { MilvusClient } from "./client";

/** Holds one client per connection; after a failure the next caller connects again. */
export class ClientPool {
    private readonly open = new Map<string, Promise<MilvusClient>>();

    connect(connection: Connection): Promise<MilvusClient> {
        // The key is a digest, so that a long-lived map holds no credential in plain text.
        const key = createHash("sha256").update(JSON.stringify(connection)).digest("hex");
        let client = this.open.get(key);
        if (!client) {
            client = MilvusClient.connect(connection);
            this.open.set(key, client);
            client.catch(() => this.open.delete(key));
        }
        return client;
    }

    /** Ends all connections; a later caller connects again. */
    async close(): Promise<void> {
        const clients = [...this.open.values()];
        this.open.clear();
        for (const client of await Promise.allSettled(clients))
            if (client.status === "fulfilled") client.value.close();
    }
}
