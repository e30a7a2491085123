import { type CollectionRef, setProperties } from "../../milvus/collection/collections";
import { observeGenerations } from "../../observe/generations";
import { markerProperties } from "../../observe/ownershipMarker";
import type { ObservedCollection, OwnershipMarker } from "../../observe/state";
import { retainedBehind } from "../../plan/recovery/previous";
import { copiesOf, named } from "../../plan/recovery/situation";
import { RunError } from "../../migration/errors";
import type { Context, Server } from "../context/context";
import { prefixesOf, refOf } from "../context/identity";
import { parseOwner } from "../session/owner";

/** The stack, the project, a parent or the resource itself was renamed: its collection has the marker of the former owner. */
export interface OwnerRename {
    /** The logical name, for people. */
    name: string;
    from: string;
    to: string;
}

export function ownerRenameOf(
    { owner: from }: { owner: string },
    { owner: to, name }: { owner: string; name: string },
): OwnerRename | undefined {
    return from === to ? undefined : { name, from, to };
}

export function ownerRenameText({ name, from, to }: OwnerRename): string {
    return `${name}: renamed from ${from} to ${to}; the ownership marker of its collection is updated, no row moves`;
}

/**
 * The error of a replacement at the same time: later runs look for the old collection by one owner and for the new one by
 * another, and what an interrupted run leaves would belong to neither.
 */
export function renamedAndReplaced({ name, from, to }: OwnerRename): RunError {
    return new RunError(
        "MV324",
        `${name}: blocked; no changes made: it is ${to} now and was ${from}, and at the same time it is to be replaced. ` +
            "Put its arguments back to what they were and run `pulumi up` once, which records the new name; then change them again",
    );
}

/**
 * Writes the new owner on a collection, and on what belongs to its generation: those retained behind it, and copies of
 * an interrupted migration. The collection by which the others are found comes last, so that an interrupted call can be repeated.
 */
export async function rewriteMarkers(
    { session }: Pick<Context, "session">,
    { client, capabilities }: Server,
    live: ObservedCollection,
    owner: string,
): Promise<void> {
    const { marker } = live;
    // A server that cannot alter a marker keeps the old one; the state and later collections have the new owner.
    if (!marker || marker.owner === owner || !capabilities.alterProperties) return;
    const ref = refOf(live);
    const write = (at: CollectionRef, its: OwnershipMarker) =>
        setProperties(client, at, markerProperties({ ...its, owner }));
    const prefixes = prefixesOf(parseOwner(marker.owner).logicalName, ref, marker.generation);
    const query = { database: ref.database, prefixes, names: [ref.name] };
    const seen = await observeGenerations(client, query, session.holder);
    const active = named(seen, ref.name);
    for (const { at } of active ? retainedBehind(seen, active) : []) await write(at.ref, at.marker);
    for (const copy of copiesOf(seen, marker.generation, marker.owner)) await write(copy.ref, copy.marker);
    await write(ref, marker);
}
