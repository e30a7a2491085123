import { setProperties } from "../../milvus/collections";
import { findGeneration } from "../../observe/collection";
import { markerProperties } from "../../observe/ownershipMarker";
import type { ObservedCollection, OwnershipMarker } from "../../observe/state";
import { RunError } from "../../migration/errors";
import { findPrevious } from "../../migration/properties/previous";
import type { Props, Server } from "../context/context";
import { hidden, prefixesOf, refOf } from "../context/identity";

/** The stack, the project, a parent or the resource itself was renamed: its collection is stamped with the former owner. */
export interface OwnerRename {
    /** The logical name, for people. */
    name: string;
    from: string;
    to: string;
}

export function ownerRenameOf(olds: Props, news: Props): OwnerRename | undefined {
    const [{ owner: from }, { owner: to, name }] = [hidden(olds), hidden(news)];
    return from === to ? undefined : { name, from, to };
}

export function ownerRenameText({ name, from, to }: OwnerRename): string {
    return `${name}: goes on as ${to}, was ${from}; its collection is marked so, no row moves`;
}

/**
 * A replacement at the same time: later runs look for the old collection by one owner and for the new by another, and
 * what a run that is cut leaves would belong to neither.
 */
export function renamedAndReplaced({ name, from, to }: OwnerRename): RunError {
    return new RunError(
        "MV324",
        `${name}: refused, nothing was touched: it is ${to} now and was ${from}, and at the same time it is to be replaced. ` +
            "Put its arguments back to what they were and run `pulumi up` once, which notes the new name; then change them again",
    );
}

/**
 * Stamps a collection with its new owner, and with it what belongs to its generation: the one kept behind it, and copies
 * of a migration that was cut. Comes last the one that the others are found by, so that it can be run again.
 */
export async function rewriteMarkers(
    { client, capabilities }: Server,
    live: ObservedCollection,
    owner: string,
): Promise<void> {
    const { marker } = live;
    // Where a stamp cannot be altered it stays as it is; the state has the new owner, and what comes is stamped so.
    if (!marker || marker.owner === owner || !capabilities.alterProperties) return;
    const ref = refOf(live);
    const write = (name: string, its: OwnershipMarker) =>
        setProperties(client, { ...ref, name }, markerProperties({ ...its, owner }));
    const previous = await findPrevious(client, ref, marker);
    if (previous) await write(previous.ref.name, previous.marker);
    const copies = new Map<string, OwnershipMarker>();
    const isCopy = (its: OwnershipMarker | undefined, name: string) => {
        const found =
            its?.owner === marker.owner && its.from === marker.generation && its.state !== "previous";
        if (found) copies.set(name, its);
        return found;
    };
    const oldName = marker.owner.slice(marker.owner.lastIndexOf("/") + 1);
    for (const prefix of prefixesOf(oldName, ref, marker.generation))
        await findGeneration(client, { ...ref, name: prefix }, isCopy);
    for (const [name, its] of copies) await write(name, its);
    await write(ref.name, marker);
}
