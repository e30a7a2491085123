import type { Cutover } from "../../migration/cutover/cutover";
import type { Collection } from "../../inputs/collection";
import type { Endpoint } from "../../migration/read/endpoint";
import type { Props } from "./context";
import { keyOn } from "./identity";

/** The collection whose rows a replacement takes over: its outputs, and what the program declared of it. */
export interface PendingReplacement {
    props: Props;
    deployed: Collection;
}

/**
 * By what this process knows a resource: one process serves one stack, so its owner without the project and the stack,
 * which a state that was renamed has by their former names.
 */
const keyOf = (owner: string) => owner.split("/").slice(2).join("/");

/**
 * What `diff` learned and `create` needs: in a replacement, `create` is told the new inputs alone. The engine calls
 * both in one process, so it is kept here by owner, until the new collection is in charge.
 */
const replacements = new Map<string, PendingReplacement>();

/** Resources whose new collection is checked and not yet made. */
const awaitedCreations = new Set<string>();

export const pendingReplacements = {
    add: (owner: string, predecessor: PendingReplacement) => void replacements.set(keyOf(owner), predecessor),
    /** No replacement is due any more. */
    cancel: (owner: string) => {
        replacements.delete(keyOf(owner));
        awaitedCreations.delete(keyOf(owner));
    },
    of: (owner: string): PendingReplacement | undefined => replacements.get(keyOf(owner)),
    /** Of a generation that a diff was asked about; its owner may have had another name then. */
    isBeingReplaced: (generation: string): boolean =>
        [...replacements.values()].some(({ props }) => props.generation === generation),
    /** It went first, and had no rows: the creation begins anew. */
    predecessorDropped: (generation: string) => {
        for (const [key, { props }] of replacements) {
            if (props.generation !== generation) continue;
            replacements.delete(key);
            awaitedCreations.delete(key);
        }
    },
    /** Told of each check without old inputs: a creation follows, or a deletion first where the engine is told so. */
    awaitCreation: (owner: string) => void awaitedCreations.add(keyOf(owner)),
    isCreationAwaited: (owner: string): boolean => awaitedCreations.has(keyOf(owner)),
};

const activeByOwner = new Map<string, Props>();

/** Outputs of the collection that this process knows to be in charge of a resource: by a diff, or made here. */
export const activeGenerations = {
    set: (owner: string, props: Props) => void activeByOwner.set(keyOf(owner), props),
    of: (owner: string): Props | undefined => activeByOwner.get(keyOf(owner)),
};

interface ActiveCutover {
    generation: string;
    /** Of its target, by `keyOn`. */
    target: string;
    cutover: Cutover;
}

let active: ActiveCutover[] = [];

/** Copies that are whole, until the old collection is dropped: its alias and its deletion come in calls of their own. */
export const activeCutovers = {
    /** The rows of `generation` are in `target` now. */
    add: (generation: string, target: Endpoint, cutover: Cutover) => {
        activeCutovers.remove(generation);
        active.push({ generation, target: keyOn(target), cutover });
    },
    /** That of an alias' new target. */
    byTarget: (endpoint: Endpoint): Cutover | undefined =>
        active.find(({ target }) => target === keyOn(endpoint))?.cutover,
    /** That of a collection which is about to be dropped. */
    bySource: (generation: string): Cutover | undefined =>
        active.find((one) => one.generation === generation)?.cutover,
    remove: (generation: string) => void (active = active.filter((one) => one.generation !== generation)),
};
