import type { MilvusClient } from "../milvus/client";
import { type CollectionRef, listCollections, renameCollection } from "../milvus/collections";
import type { Report } from "./report";

/** Gives a retired collection its name back, where a swap was cut between its two renames. */
export async function restoreName(
    client: MilvusClient,
    source: CollectionRef,
    name: string | undefined,
    report: Report,
): Promise<CollectionRef> {
    if (name === undefined || source.name === name) return source;
    if ((await listCollections(client, source.database)).includes(name)) return source;
    report.say(`${source.name} gets its name ${name} back; a swap was cut short`);
    await renameCollection(client, source, name);
    return { ...source, name };
}
