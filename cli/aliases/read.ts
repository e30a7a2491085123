import { describeCollection, listCollections } from "../../provider/milvus/collection/collections";
import { listAliases } from "../../provider/milvus/collection/aliases";
import type { MilvusClient } from "../../provider/milvus/transport/client";
import { readMarker } from "../../provider/observe/ownershipMarker";
import { isProtected } from "../../provider/observe/protection";
import type { AliasSeen } from "./result";

/** Every alias of the connection's database, by name. */
export async function readAliases(client: MilvusClient): Promise<AliasSeen[]> {
    const found: AliasSeen[] = [];
    for (const name of await listCollections(client, undefined)) {
        const ref = { database: undefined, name };
        for (const alias of await listAliases(client, ref)) found.push(await aliasSeen(client, alias, name));
    }
    return found.sort((one, other) => one.alias.localeCompare(other.alias));
}

export async function aliasSeen(client: MilvusClient, alias: string, collection: string): Promise<AliasSeen> {
    const ref = { database: undefined, name: collection };
    const described = await describeCollection(client, ref);
    const owner = described && readMarker(described).marker?.owner;
    return { alias, collection, owner: owner ?? null, isProtected: await isProtected(client, ref) };
}
