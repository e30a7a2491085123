import type { MilvusClient } from "../transport/client";
import { absent, type CollectionRef, listCollections } from "./collections";
import { isMilvusError } from "../transport/errors";
import type { Message } from "../transport/protocol";

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
    await inTurn(client, "AlterAlias", { ...named(ref), collection_name: collection }, ref.alias);
}

/** Every server reports success if the alias does not exist. */
export async function dropAlias(client: MilvusClient, ref: AliasRef): Promise<void> {
    await inTurn(client, "DropAlias", named(ref), ref.alias);
}

/** Aliases of one collection; empty if the server has no aliases. */
export async function listAliases(client: MilvusClient, ref: CollectionRef): Promise<string[]> {
    const answer = await client
        .call(
            "ListAliases",
            { ...(ref.database !== undefined && { db_name: ref.database }), collection_name: ref.name },
            { about: ref.name },
        )
        .catch((error: unknown) => (isMilvusError(error, "unsupported") ? undefined : absent(error)));
    return (answer?.aliases as string[] | undefined) ?? [];
}

/** What a name refers to. Milvus describes an alias as it describes a collection, so the list of collections decides. */
export async function resolveName(
    client: MilvusClient,
    ref: CollectionRef,
): Promise<{ kind: "collection" } | { kind: "alias"; collection: string } | { kind: "free" }> {
    if ((await listCollections(client, ref.database)).includes(ref.name)) return { kind: "collection" };
    const collection = await describeAlias(client, { database: ref.database, alias: ref.name });
    return collection === undefined ? { kind: "free" } : { kind: "alias", collection };
}
