import type { Generation, Generations } from "../../observe/generation";
import { type Marked, type RecoveryAction, refuse } from "./action";
import { isMarked, named } from "./situation";

/** A collection that is about to be dropped. */
export interface Removal {
    owner: string;
    /** The logical name, for messages. */
    name: string;
    generation: string;
    old: Generation;
    /** The generation that this run knows to be active for the resource. */
    active: { owner: string; generation: string } | undefined;
    /** The active collection, where it is on another server or has an unrelated name. */
    elsewhere: Generation | undefined;
    /** Whether this run made the cutover, and so knows what both sides held. */
    hasCutover: boolean;
    /** Whether the creation of its successor is still to come in this run. */
    isSuccessorAwaited: boolean;
    /** How many rows it holds. */
    rows: number;
}

/** Before a collection is dropped: late writes are carried over first, or nothing is dropped. */
export function planRemoval(seen: Pick<Generations, "found">, removal: Removal): RecoveryAction[] {
    const { name, old, hasCutover, isSuccessorAwaited, rows } = removal;
    // An interrupted run retained it, but did not record that.
    if (old.marker?.state === "previous")
        return old.successor ? [{ kind: "retain", old, successor: old.successor }] : [];
    if (old.aliases.length > 0)
        return [
            // Its clients could not write until it is dropped.
            ...(old.isFenced ? [{ kind: "lift-fence" as const, at: old.ref }] : []),
            refuse({ reason: "aliased", name: old.ref.name, aliases: old.aliases }),
        ];
    if (isSuccessorAwaited && rows > 0) return [refuse({ reason: "delete-before-replace", name, rows })];
    return hasCutover ? [] : planLateWrites(seen, removal);
}

function planLateWrites(seen: Pick<Generations, "found">, removal: Removal): RecoveryAction[] {
    const { old, owner, generation, active, rows } = removal;
    const successor = successorOf(seen, removal);
    if (successor) return [{ kind: "merge-late-writes", old, successor }];
    // `up` knows the active generation. `destroy` does not, and drops every collection of the program.
    const isSuperseded = active !== undefined && active.generation !== generation;
    // A `--replace` right after a rename of the stack starts empty: neither the engine nor a marker names the old owner.
    const isOwn = old.successor !== undefined || old.marker?.owner === owner;
    if (!isSuperseded || !isOwn || rows === 0) return [];
    const why = old.successor ? "gone" : "none";
    return [refuse({ reason: "successor-unknown", name: old.ref.name, why })];
}

/**
 * The collection that took over its rows: the one that it names; else the active one, which may be on another server; else
 * one whose marker says so, on servers that store no properties (milvus-lite before 3).
 */
function successorOf(
    seen: Pick<Generations, "found">,
    { old, owner, generation, active, elsewhere }: Removal,
): Marked | undefined {
    const owners = [owner, active?.owner];
    const tookOver = (one: Generation | undefined): one is Marked =>
        isMarked(one) && one.marker.from === generation && one.marker.state === "live";
    const isOfOwner = (one: Generation | undefined): one is Marked =>
        tookOver(one) && owners.includes(one.marker.owner);
    // A successor that the old collection names needs no matching owner.
    const byName = named(seen, old.successor?.name);
    if (tookOver(byName)) return byName;
    if (isOfOwner(elsewhere)) return elsewhere;
    return old.successor ? undefined : seen.found.find(isOfOwner);
}
