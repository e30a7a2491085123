import type { CollectionRef } from "../../milvus/collection/collections";
import type { MilvusClient } from "../../milvus/transport/client";
import { observeGeneration } from "../../observe/generations";
import { type Retained, retainedBehind } from "../../plan/recovery/previous";
import type { Session } from "../session/session";

/** What is retained behind a collection; undefined where nothing is, or no longer. */
export async function findRetained(
    { holder }: Session,
    client: MilvusClient,
    active: CollectionRef,
): Promise<Retained | undefined> {
    const live = await observeGeneration(client, active, holder);
    const previous = live?.previous && (await observeGeneration(client, live.previous, holder));
    return live && previous && retainedBehind({ found: [previous] }, live);
}
