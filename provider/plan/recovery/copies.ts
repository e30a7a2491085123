import type { Generations } from "../../observe/generation";
import { type Marked, type RecoveryAction, refuse } from "./action";
import { copiesOf } from "./situation";

/** What a migration would copy, and which copy of it can be resumed. */
export interface CopyIntent {
    owner: string;
    /** Generation of the source. */
    generation: string;
    /** The hash of the plan. */
    plan: string;
    /** Whether this migration would build its copy with the name of this one. */
    isInPlace: (copy: Marked) => boolean;
}

/**
 * Before a copy: the first copy of the same plan is resumed, the others are dropped. If a copy serves by an alias, it may
 * hold newer rows than its source, and nothing is changed.
 */
export function planCopies(seen: Pick<Generations, "found">, intent: CopyIntent): RecoveryAction[] {
    const copies = copiesOf(seen, intent.generation, intent.owner);
    const serving = copies.find(({ aliases }) => aliases.length > 0);
    if (serving)
        return [
            refuse({
                reason: "copy-in-service",
                name: serving.ref.name,
                aliases: serving.aliases,
                generation: intent.generation,
            }),
        ];
    const resumed = copies.find((copy) => copy.checkpoint?.plan === intent.plan && intent.isInPlace(copy));
    return copies.map((copy) =>
        copy === resumed ? { kind: "resume-copy", copy } : { kind: "drop-copy", copy },
    );
}

/** A generation that was dropped. */
export interface Orphans {
    owner: string;
    generation: string;
    name: string;
    /** The active generation, where it is known. */
    active: string | undefined;
}

/**
 * After a generation was dropped: its copies that never served are dropped, too. A copy that was about to serve is kept: it
 * may serve without the state's knowledge, and clients may use it by its name.
 */
export function planOrphans(
    seen: Pick<Generations, "found">,
    { owner, generation, name: of, active }: Orphans,
): RecoveryAction[] {
    return copiesOf(seen, generation, owner)
        .filter(({ marker }) => marker.generation !== active)
        .map((copy) => {
            // A worker ends where its copy is gone.
            const isFree = copy.lease !== "held" || copy.detached !== undefined;
            // The state of a stack never knew what a worker has put in service: its order says so until then.
            const isUnknown = copy.marker.state === "building" || copy.detached === "worker";
            const isIdle = isUnknown && isFree && copy.aliases.length === 0;
            return isIdle ? { kind: "drop-orphan", copy, of } : { kind: "keep-orphan", copy, of };
        });
}

/**
 * Before a first creation: a collection that an interrupted creation of the same resource left under the name of its own
 * generation. The executor drops it only where it is empty and unused.
 *
 * @param prefix the name without its generation
 */
export function planAbandonedCreates(
    { found }: Pick<Generations, "found">,
    { owner, prefix }: { owner: string; prefix: string },
): RecoveryAction[] {
    return found
        .filter((one): one is Marked => one.marker !== undefined)
        .filter(
            ({ marker, ref }) =>
                marker.owner === owner &&
                marker.state === "building" &&
                marker.from === undefined &&
                ref.name === `${prefix}${marker.generation}`,
        )
        .map(({ ref }) => ({ kind: "drop-abandoned-create", at: ref }));
}
