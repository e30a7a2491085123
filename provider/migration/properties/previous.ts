import { createHash } from "node:crypto";

import type { MilvusClient } from "../../milvus/client";
import { type CollectionRef, setProperties } from "../../milvus/collections";
import { observeMarker } from "../../observe/collection";
import type { OwnershipMarker } from "../../observe/state";
import { readProperty } from "./codec";

const PROPERTY = "pulumi.previous";

/** A collection that stays behind the one that took its rows over. */
export interface Previous {
    ref: CollectionRef;
    marker: OwnershipMarker;
    /** True where a run was cut when it had taken it up, before anybody was sent there. */
    restored: boolean;
}

/** Says on a collection in service which one is kept behind it. */
export async function namePrevious(
    client: MilvusClient,
    live: CollectionRef,
    { database, name }: CollectionRef,
): Promise<void> {
    await setProperties(client, live, { [PROPERTY]: JSON.stringify({ database, name }) });
}

/** Takes that back: nothing is behind it. */
export const nothingPrevious: Record<string, string> = { [PROPERTY]: "" };

/** What is kept behind a collection of `owner`; undefined where nothing is, or no longer. */
export async function findPrevious(
    client: MilvusClient,
    live: CollectionRef,
    { owner, generation, from }: OwnershipMarker,
): Promise<Previous | undefined> {
    const ref = await readProperty(client, live, PROPERTY, (text) => {
        const { database, name } = JSON.parse(text) as Partial<CollectionRef>;
        return name === undefined ? undefined : { database, name };
    });
    if (!ref || from === undefined) return undefined;
    const { marker } = await observeMarker(client, ref);
    if (marker?.owner !== owner) return undefined;
    const restored = marker.generation === restoredGeneration(from, generation) && marker.from === generation;
    const isRetained = marker.state === "previous" && marker.generation === from;
    return restored || isRetained ? { ref, marker, restored } : undefined;
}

/**
 * The generation of a kept collection once it is taken up behind `live`. It is another one than before, for Pulumi may
 * still have to note the deletion of the former; and it follows from both, so that a run that was cut is told by it.
 */
export function restoredGeneration(retained: string, live: string): string {
    return createHash("sha256").update(`${retained} ${live}`).digest("hex").slice(0, 7);
}
