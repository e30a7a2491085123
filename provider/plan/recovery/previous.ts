import { createHash } from "node:crypto";

import type { Generation, Generations } from "../../observe/generation";
import type { OwnershipMarker } from "../../observe/state";
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

/** A retained collection behind the one that took over its rows. */
export interface Retained {
    at: Marked;
    /** True where an interrupted rollback had restored it before the cutover. */
    isRestored: boolean;
}

/** The collection that is retained behind another one of the same owner; undefined where there is none. */
export function retainedBehind(
    seen: Pick<Generations, "found">,
    active: { marker: OwnershipMarker | undefined; previous: Generation["previous"] },
): Retained | undefined {
    const { marker, previous } = active;
    const at = named(seen, previous?.name);
    if (!marker || marker.from === undefined || !isMarked(at)) return undefined;
    if (at.marker.owner !== marker.owner) return undefined;
    const isRestored =
        at.marker.generation === restoredGeneration(marker.from, marker.generation) &&
        at.marker.from === marker.generation;
    const isRetained = at.marker.state === "previous" && at.marker.generation === marker.from;
    return isRestored || isRetained ? { at, isRestored } : undefined;
}

/** Before a migration: what an interrupted rollback has left behind the source. */
export function planRestored(
    seen: Pick<Generations, "found">,
    source: Generation,
    /** Whether the program asks for the retained collection. */
    rollsBack: boolean,
): RecoveryAction[] {
    const retained = retainedBehind(seen, source);
    if (!retained?.isRestored || !isMarked(source)) return [];
    const { at } = retained;
    const { owner, from, generation } = source.marker;
    if (at.aliases.length > 0) {
        if (rollsBack) return [{ kind: "adopt-restored", at: at.ref, generation: at.marker.generation }];
        // Clients write to it by now, and another migration would start from the older rows of its source.
        const { name } = at.ref;
        return [refuse({ reason: "copy-in-service", name, aliases: at.aliases, generation })];
    }
    return [{ kind: "retain-again", at: at.ref, owner, generation: from! }];
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
