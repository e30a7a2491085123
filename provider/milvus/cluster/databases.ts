import type { MilvusClient } from "../transport/client";
import { isMilvusError } from "../transport/errors";
import { type KeyValue, keyValues, record } from "../transport/keyValue";
import type { Message } from "../transport/protocol";
import { retryRepeatable } from "../transport/retry";

/** The databases of a server; undefined where it has none. Source: Milvus docs, "Database" (Milvus 2.2.9). */
export async function listDatabases(client: MilvusClient): Promise<string[] | undefined> {
    const answer = await client.call("ListDatabases", {}).catch((error: unknown) => {
        if (isMilvusError(error, "unsupported")) return undefined;
        throw error;
    });
    return answer && ((answer.db_names ?? []) as string[]);
}

/** The properties of a database; undefined where the server stores none. Errors: `not-found`. */
export async function describeDatabase(
    client: MilvusClient,
    name: string,
): Promise<Record<string, string> | undefined> {
    const answer = await client
        .call("DescribeDatabase", { db_name: name }, { about: name })
        .catch((error: unknown) => {
            if (isMilvusError(error, "unsupported")) return undefined;
            throw error;
        });
    return answer && record(answer.properties as KeyValue[] | null);
}

/** Errors: `exists`; `rejected` where the server has as many as it takes. */
export async function createDatabase(
    client: MilvusClient,
    name: string,
    properties: Readonly<Record<string, string>>,
): Promise<void> {
    const request = { db_name: name, properties: keyValues(properties) };
    await client.call("CreateDatabase", request, { about: name });
}

/** Sets properties and deletes others: a server takes one of the two a call. */
export async function alterDatabase(
    client: MilvusClient,
    name: string,
    set: Readonly<Record<string, string>>,
    deleted: readonly string[],
): Promise<void> {
    const alter = (change: Message) =>
        retryRepeatable(() => client.call("AlterDatabase", { db_name: name, ...change }, { about: name }));
    if (deleted.length > 0) await alter({ delete_keys: deleted });
    if (Object.keys(set).length > 0) await alter({ properties: keyValues(set) });
}

/** Errors: `rejected` for one that holds collections. */
export async function dropDatabase(client: MilvusClient, name: string): Promise<void> {
    await client.call("DropDatabase", { db_name: name }, { about: name });
}
