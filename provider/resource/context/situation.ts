import type { CollectionRef } from "../../milvus/collection/collections";
import type { MilvusClient } from "../../milvus/transport/client";
import type { Generations } from "../../observe/generation";
import { observeGenerations } from "../../observe/generations";
import type { Situation } from "../../plan/recovery/situation";
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
    const seen = await observeGenerations(client, query, holder);
    return { ...seen, owner, recorded: { name: ref.name, generation, isMarked } };
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
