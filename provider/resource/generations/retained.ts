import type { CollectionRef } from "../../milvus/collection/collections";
import type { MilvusClient } from "../../milvus/transport/client";
import { readOnward } from "../../migration/properties/onward";
import { readMapping } from "../../migration/properties/rowMapping";
import type { Generation } from "../../observe/generation";
import { observeGeneration } from "../../observe/generations";
import { type Lineage, lineageBetween, lineageOf, type Onward } from "../../plan/mapping/lineage";
import { type Retained, retainedBehind } from "../../plan/recovery/previous";
import type { Session } from "../session/session";

/** What is retained behind a collection, the one that served last first; nothing where it is gone. */
export async function findRetained(
    { holder }: Pick<Session, "holder">,
    client: MilvusClient,
    active: CollectionRef,
): Promise<Retained[]> {
    const live = await observeGeneration(client, active, holder);
    return live ? retainedBy({ holder }, client, live) : [];
}

/** The same behind a collection that is observed already. */
export async function retainedBy(
    { holder }: Pick<Session, "holder">,
    client: MilvusClient,
    live: Generation,
): Promise<Retained[]> {
    return retainedBehind({ found: await listedBy({ holder }, client, live) }, live);
}

/** What a collection lists as retained, as far as it is there. */
export async function listedBy(
    { holder }: Pick<Session, "holder">,
    client: MilvusClient,
    live: Generation,
): Promise<Generation[]> {
    const found: Generation[] = [];
    for (const ref of live.retained) {
        const one = await observeGeneration(client, ref, holder);
        if (one) found.push(one);
    }
    return found;
}

/** The generation with which a collection was created. */
export const originOf = ({ origin, marker }: Generation): string | undefined => origin ?? marker?.generation;

/** What the migrations since have made of the fields of a retained collection; undefined where that is no longer known. */
export async function lineageOfRetained(
    { holder }: Pick<Session, "holder">,
    client: MilvusClient,
    active: CollectionRef,
    chain: readonly Retained[],
    retained: Retained,
): Promise<Lineage | undefined> {
    const live = await observeGeneration(client, active, holder);
    const [from, to] = [originOf(retained.at), live && originOf(live)];
    if (from === undefined || to === undefined) return undefined;
    const onwards = new Map<string, Onward>();
    for (const { at } of chain) {
        const onward = await readOnward(client, at.ref);
        if (onward) onwards.set(originOf(at)!, onward);
    }
    return lineageBetween(from, to, onwards);
}

/** The lineage of one migration, as its target has it. */
export async function lastLineage(
    client: MilvusClient,
    old: Pick<Generation, "marker">,
    target: Generation,
): Promise<Onward | undefined> {
    if (!old.marker || target.marker?.from !== old.marker.generation) return undefined;
    const recorded = await readMapping(client, target.ref);
    return recorded && { to: originOf(target)!, lineage: lineageOf(recorded.mapping) };
}
