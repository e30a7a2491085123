import type { CollectionRef } from "../../milvus/collection/collections";
import type { MilvusClient } from "../../milvus/transport/client";
import type { Generation, Generations } from "../../observe/generation";
import { observeGenerations } from "../../observe/generations";
import { locateRecorded, type Situation } from "../../plan/recovery/situation";
import { readLastUpdate } from "../../migration/properties/pendingUpdate";
import { prefixesOf } from "./identity";
import type { CollectionState } from "./resourceState";
import type { Session } from "../session/session";

/** What stands on the server of a resource, with what its state says: recovery is planned from this alone. */
export async function observeSituation(
    { holder }: Session,
    client: MilvusClient,
    { owner, name, generation, ref, isMarked }: CollectionState,
): Promise<Situation> {
    const query = {
        database: ref.database,
        prefixes: prefixesOf(name, ref, generation),
        names: [ref.name],
    };
    const near = await observeGenerations(client, query, holder);
    const recorded = { name: ref.name, generation, isMarked };
    const isThere = locateRecorded({ ...near, recorded }) !== undefined;
    const renamed = isThere || !isMarked ? undefined : await findRenamed(holder, client, ref, generation);
    const isNew = renamed && !near.found.some((one) => one.ref.name === renamed.ref.name);
    const found = isNew ? [...near.found, renamed] : near.found;
    return { ...near, found, renamed: renamed?.ref.name, owner, recorded };
}

/**
 * The collection that an interrupted change in place has given another name, which may be any. One that somebody has renamed
 * by hand is not looked for: it would be dropped with the resource.
 */
async function findRenamed(
    holder: Session["holder"],
    client: MilvusClient,
    { database }: CollectionRef,
    generation: string,
): Promise<Generation | undefined> {
    const { found } = await observeGenerations(client, { database, prefixes: [""] }, holder);
    const own = found.find(({ marker }) => marker?.generation === generation);
    const last = own && (await readLastUpdate(client, own.ref));
    return last?.touched.name === own?.ref.name ? own : undefined;
}

/** The same for copies that a migration would build at another place. */
export function observeCopies(
    { holder }: Session,
    client: MilvusClient,
    { name, generation }: CollectionState,
    at: CollectionRef,
): Promise<Generations> {
    const query = { database: at.database, prefixes: prefixesOf(name, at, generation) };
    return observeGenerations(client, query, holder);
}
