import { listAliases } from "../milvus/aliases";
import type { MilvusClient } from "../milvus/client";
import { type CollectionRef, dropCollection, listCollections, renameCollection } from "../milvus/collections";
import { findGeneration } from "../observe/collection";
import type { Report } from "./report";

/** A migration of `owner` from `generation`, whose traces are looked for among names that begin with `prefix`. */
export interface Trace {
    owner: string;
    generation: string;
    database: string | undefined;
    prefix: string;
}

/**
 * Removes what a broken migration has left: copies of the same generation that never went into service. One that an
 * alias points at is in service, whatever its stamp says, and stays.
 */
export async function discardLeftovers(client: MilvusClient, trace: Trace, report: Report): Promise<void> {
    const ref = { database: trace.database, name: trace.prefix };
    const left = await findGeneration(
        client,
        ref,
        (stamp) => stamp?.owner === trace.owner && stamp.from === trace.generation,
    );
    for (const name of left) {
        const leftover = { ...ref, name };
        if ((await listAliases(client, leftover)).length > 0) continue;
        report.say(`removing ${name}, left by a migration that did not end`);
        await dropCollection(client, leftover);
    }
}

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
