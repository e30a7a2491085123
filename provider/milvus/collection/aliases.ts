import type { MilvusClient } from "../transport/client";
import { absent, type CollectionRef, describeCollection, listCollections } from "./collections";
import { isMilvusError } from "../transport/errors";
import { isRestricted } from "../transport/privilege";
import type { Message } from "../transport/protocol";
import { retryRepeatable } from "../transport/retry";

/** An alias belongs to a database and shares one namespace with its collections (Milvus docs, "Manage Aliases"). */
export interface AliasRef {
    database: string | undefined;
    alias: string;
}

const named = (ref: AliasRef) => ({
    ...(ref.database !== undefined && { db_name: ref.database }),
    alias: ref.alias,
});

/** The collection that an alias points at; undefined if the alias does not exist or the server has no aliases. */
export async function describeAlias(client: MilvusClient, ref: AliasRef): Promise<string | undefined> {
    const answer = await client
        .call("DescribeAlias", named(ref), { about: ref.alias })
        .catch((error: unknown) => (isMilvusError(error, "unsupported") ? undefined : absent(error)));
    return answer?.collection as string | undefined;
}

/**
 * Sends changes of aliases one after the other: milvus-lite 3 fails on two concurrent writes (seen with 100 in a
 * program), and Milvus processes them one by one anyway.
 */
async function inTurn(client: MilvusClient, method: string, request: Message, about: string): Promise<void> {
    await client.inTurn(() => client.call(method, request, { about }));
}

/** Errors: `exists` if the name belongs to a collection or to an alias of another collection. */
export async function createAlias(client: MilvusClient, ref: AliasRef, collection: string): Promise<void> {
    await inTurn(client, "CreateAlias", { ...named(ref), collection_name: collection }, ref.alias);
}

/** Points an alias at another collection in one atomic step. */
export async function alterAlias(client: MilvusClient, ref: AliasRef, collection: string): Promise<void> {
    const request = { ...named(ref), collection_name: collection };
    await retryRepeatable(() => inTurn(client, "AlterAlias", request, ref.alias));
}

/** Every server reports success if the alias does not exist. */
export async function dropAlias(client: MilvusClient, ref: AliasRef): Promise<void> {
    await retryRepeatable(() => inTurn(client, "DropAlias", named(ref), ref.alias));
}

/** Aliases of one collection, sorted, because Milvus answers in any order; empty if the server has no aliases. */
export async function listAliases(client: MilvusClient, ref: CollectionRef): Promise<string[]> {
    const answer = await client
        .call(
            "ListAliases",
            { ...(ref.database !== undefined && { db_name: ref.database }), collection_name: ref.name },
            { about: ref.name },
        )
        .catch((error: unknown) => (isMilvusError(error, "unsupported") ? undefined : absent(error)));
    return [...((answer?.aliases as string[] | undefined) ?? [])].sort();
}

/**
 * What a name refers to. Milvus describes an alias as it describes a collection, so the list of collections decides. From 2.4.3 it
 * lists a collection only where a role of the user has a privilege on it: then the server is asked for this very name. Errors:
 * `forbidden` where this user may not know.
 */
export async function resolveName(
    client: MilvusClient,
    ref: CollectionRef,
): Promise<{ kind: "collection" } | { kind: "alias"; collection: string } | { kind: "free" }> {
    if ((await listCollections(client, ref.database)).includes(ref.name)) return { kind: "collection" };
    const collection = await describeAlias(client, { database: ref.database, alias: ref.name });
    if (collection !== undefined) return { kind: "alias", collection };
    return (await isUnlisted(client, ref)) ? { kind: "collection" } : { kind: "free" };
}

/** Whether a collection is there that this user does not see. A server may answer for a name that a rename has left, too. */
async function isUnlisted(client: MilvusClient, ref: CollectionRef): Promise<boolean> {
    if (!isRestricted(client.connection)) return false;
    return (await describeCollection(client, ref))?.name === ref.name;
}
