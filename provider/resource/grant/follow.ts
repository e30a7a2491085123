import { describeCollection } from "../../milvus/collection/collections";
import type { GrantPlace } from "../../milvus/access/roleGrants";
import type { MilvusClient } from "../../milvus/transport/client";
import type { Generation } from "../../observe/generation";
import { observeGeneration } from "../../observe/generations";
import type { LeaseHolder } from "../../observe/lease";
import { any } from "./place";

const mostGenerations = 8;

/** The collection that a grant names, by its own name; undefined for all collections, an alias, or one that is gone. */
export async function generationAt(
    client: MilvusClient,
    { database, collection }: GrantPlace,
    holder: LeaseHolder,
): Promise<Generation | undefined> {
    if (collection === any || database === any) return undefined;
    const found = await observeGeneration(client, { database, name: collection }, holder);
    // An alias answers for its collection.
    return found?.aliases.includes(collection) ? undefined : found;
}

/** The places of the collections that have the rows of a grant's collection after it: migrations grant there what it has. */
export async function successorsOf(
    client: MilvusClient,
    place: GrantPlace,
    holder: LeaseHolder,
): Promise<GrantPlace[]> {
    const after: GrantPlace[] = [];
    let at: GrantPlace = place;
    while (after.length < mostGenerations) {
        const successor = (await generationAt(client, at, holder))?.successor;
        if (!successor) break;
        at = { ...at, database: successor.database ?? at.database, collection: successor.name };
        if (at.collection === place.collection || after.some((one) => one.collection === at.collection))
            break;
        after.push(at);
    }
    return after;
}

/** The server's id of the collection, which a rename keeps. */
export async function collectionIdAt(
    client: MilvusClient,
    { database, collection }: GrantPlace,
): Promise<string | undefined> {
    if (collection === any || database === any) return undefined;
    return (await describeCollection(client, { database, name: collection }))?.collectionId;
}
