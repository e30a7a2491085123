import { createHash } from "node:crypto";

import type { Connection } from "../inputs/connection";
import { MilvusClient } from "./client";

const open = new Map<string, Promise<MilvusClient>>();

/** One client a connection and process; a connection that failed is tried anew by the next caller. */
export function connect(connection: Connection): Promise<MilvusClient> {
    // The key is a digest, so that no credential stands in a long-lived map in the clear.
    const key = createHash("sha256").update(JSON.stringify(connection)).digest("hex");
    let client = open.get(key);
    if (!client) {
        client = MilvusClient.connect(connection);
        open.set(key, client);
        client.catch(() => open.delete(key));
    }
    return client;
}
