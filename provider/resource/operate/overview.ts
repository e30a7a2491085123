import { listDatabases } from "../../milvus/cluster/databases";
import type { MilvusClient } from "../../milvus/transport/client";
import { isMilvusError } from "../../milvus/transport/errors";
import { inspectDatabase } from "../../observe/inspected";
import { type Overview, overviewOf } from "../../plan/recovery/overview";
import type { Context, Server } from "../context/context";

/** What stands in one database. */
export interface DatabaseOverview extends Overview {
    database: string;
}

/** What stands in the connection's database, or, where it names none, in each that the user may use. */
export async function observeOverview(
    { session }: Pick<Context, "session">,
    { client }: Pick<Server, "client">,
): Promise<DatabaseOverview[]> {
    const overviews: DatabaseOverview[] = [];
    for (const database of await databasesOf(client)) {
        const found = await inspectDatabase(client, database, session.holder).catch((error: unknown) => {
            // One that is gone since, or that this user may not use.
            if (isMilvusError(error, "not-found", "forbidden")) return [];
            throw error;
        });
        overviews.push({ database: database ?? client.database, ...overviewOf(found) });
    }
    return overviews;
}

/** Undefined stands for the connection's own. */
async function databasesOf(client: MilvusClient): Promise<(string | undefined)[]> {
    if (client.connection.database !== undefined) return [undefined];
    const all = await listDatabases(client).catch((error: unknown) => {
        if (isMilvusError(error, "forbidden")) return undefined;
        throw error;
    });
    return all === undefined || all.length === 0 ? [undefined] : all;
}
