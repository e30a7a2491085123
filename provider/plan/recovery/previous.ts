import { createHash } from "node:crypto";

import type { Generation, Generations } from "../../observe/generation";
import type { OwnershipMarker } from "../../observe/state";
import type { Rollback } from "../../inputs/schema/retention";
import { type Marked, type RecoveryAction, refuse } from "./action";
import { isMarked, named } from "./situation";

/**
 * The generation of a retained collection once it is restored behind `active`. It differs from the earlier one, because
 * the deletion of that one may still have to be recorded. It is computed from both generations, so that it identifies an
 * interrupted rollback.
 */
export function restoredGeneration(retained: string, active: string): string {
    return createHash("sha256").update(`${retained} ${active}`).digest("hex").slice(0, 7);
}

/** A retained collection behind the one that took over its rows, or those of a later one. */
export interface Retained {
    at: Marked;
    /** The generation as which it is retained. */
    generation: string;
    /** True where an interrupted rollback had restored it before the cutover. */
    isRestored: boolean;
}

/** The collections that are retained behind another one of the same owner, the one that served last first. */
export function retainedBehind(
    seen: Pick<Generations, "found">,
    active: { marker: OwnershipMarker | undefined; retained: Generation["retained"] },
): Retained[] {
    const { marker, retained } = active;
    if (!marker) return [];
    return retained.flatMap(({ name, generation }) => {
        const at = named(seen, name);
        if (!isMarked(at) || at.marker.owner !== marker.owner) return [];
        const isRestored =
            at.marker.generation === restoredGeneration(generation, marker.generation) &&
            at.marker.from === marker.generation;
        const isRetained = at.marker.state === "previous" && at.marker.generation === generation;
        return isRestored || isRetained ? [{ at, generation, isRestored }] : [];
    });
}

/** The collection that the program goes back to; undefined where it does not, or where it is not there. */
export function rollbackTarget(chain: readonly Retained[], rollback: Rollback): Retained | undefined {
    if (rollback === undefined) return undefined;
    if (rollback === "previous") return chain[0];
    return chain.find(({ at, generation }) => at.ref.name === rollback.to || generation === rollback.to);
}

/** Before a migration: what an interrupted rollback has left behind the source. */
export function planRestored(
    seen: Pick<Generations, "found">,
    source: Generation,
    /** As the program says it. */
    rollback: Rollback,
): RecoveryAction[] {
    const chain = retainedBehind(seen, source);
    const restored = chain.find(({ isRestored }) => isRestored);
    if (!restored || !isMarked(source)) return [];
    const { at } = restored;
    const { owner, generation } = source.marker;
    if (at.aliases.length > 0) {
        if (rollbackTarget(chain, rollback) === restored)
            return [{ kind: "adopt-restored", at: at.ref, generation: at.marker.generation }];
        // Clients write to it by now, and another migration would start from the older rows of its source.
        const { name } = at.ref;
        return [refuse({ reason: "copy-in-service", name, aliases: at.aliases, generation })];
    }
    return [{ kind: "retain-again", at: at.ref, owner, generation: restored.generation }];
}

/**
 * Before the schema changes again: the previous migration created `source`, and its old collection still exists with rows
 * that `source` may lack. Writes that clients make to it during the next migration, which may take hours, would be lost.
 */
export function planUnfinished(
    seen: Pick<Generations, "found">,
    source: Generation | undefined,
): RecoveryAction[] {
    const from = source?.marker?.from;
    if (!isMarked(source) || from === undefined) return [];
    const old = seen.found
        .filter(isMarked)
        .find(
            ({ marker, successor }) =>
                marker.generation === from &&
                marker.state !== "previous" &&
                successor?.name === source.ref.name,
        );
    if (!old) return [];
    if (old.aliases.length > 0) {
        // A run at work on the copy needs its fence; an interrupted one has left it.
        const isLeft = old.isFenced && source.lease !== "held";
        return [
            ...(isLeft ? [{ kind: "lift-fence" as const, at: old.ref }] : []),
            refuse({
                reason: "not-switched",
                name: old.ref.name,
                copy: source.ref.name,
                aliases: old.aliases,
            }),
        ];
    }
    const outcome = old.successor!.retain ? "retain" : "drop";
    return [{ kind: "finish-migration", old, successor: source, outcome }];
}
