import type { Generation } from "../../observe/generation";
import { type RecoveryAction, refuse } from "./action";
import { isMarked } from "./situation";

/** An alias that is about to move between two collections. */
export interface AliasMove {
    alias: string;
    /** The collection that it points at now. */
    old: Generation | undefined;
    /** The collection that the program names. */
    target: Generation | undefined;
    /**
     * The generation that this run knows to be active for the target's resource; undefined where it is not part of the
     * run.
     */
    active: string | undefined;
    /** Whether the alias belongs to the stack of the target's resource. */
    isSameStack: boolean;
}

/**
 * Before an alias moves: where the target took over the rows of the collection that it points at, and no client uses the
 * target yet, writes made since the interrupted run are carried over first.
 */
export function planAliasMove({ alias, old, target, active, isSameStack }: AliasMove): RecoveryAction[] {
    if (!isMarked(old) || !isMarked(target)) return [];
    const tookOver = old.successor?.name === target.ref.name && target.marker.from === old.marker.generation;
    if (!tookOver || target.aliases.length > 0) return [];
    if (active === undefined && isSameStack)
        return [refuse({ reason: "collection-left-out", alias, from: old.ref.name, to: target.ref.name })];
    // Another generation took over since then and is responsible for this move.
    if (active !== target.marker.generation) return [];
    return [{ kind: "resume-cutover", old, successor: target }];
}
