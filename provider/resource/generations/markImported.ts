import type { ObservedCollection } from "../../observe/state";
import { markLive } from "../../migration/lifecycle/build";
import type { Server } from "../context/context";
import { refOf } from "../context/identity";
import type { CollectionState } from "../context/resourceState";

/**
 * Marks a collection that was imported, with its first change: an import only reads. A swap of names gives the old collection
 * another name, under which it is found by its marker alone, and would be left behind. Returns whether it is marked.
 */
export async function markImported(
    server: Server,
    { isMarked, owner, generation }: Pick<CollectionState, "isMarked" | "owner" | "generation">,
    observed: ObservedCollection,
): Promise<boolean> {
    if (isMarked || observed.marker) return true;
    if (!server.capabilities.alterProperties) return false;
    await markLive({ ...server, ref: refOf(observed) }, { owner, generation, from: undefined });
    return true;
}
