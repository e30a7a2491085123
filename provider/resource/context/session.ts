import type { Handover } from "../../migration/cutover/cutover";
import type { Collection } from "../../inputs/collection";
import type { Side } from "../../migration/read/endpoint";
import type { Props } from "./context";
import { keyOn } from "./identity";

/** The collection whose rows a replacement takes over: its outputs, and what the program declared of it. */
export interface Predecessor {
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
const replacements = new Map<string, Predecessor>();

/** Resources whose new collection is checked and not yet made. */
const awaited = new Set<string>();

export const handoff = {
    expect: (owner: string, predecessor: Predecessor) => void replacements.set(keyOf(owner), predecessor),
    /** No replacement is due any more. */
    forget: (owner: string) => {
        replacements.delete(keyOf(owner));
        awaited.delete(keyOf(owner));
    },
    of: (owner: string): Predecessor | undefined => replacements.get(keyOf(owner)),
    /** Of a generation that a diff was asked about; its owner may have had another name then. */
    isPredecessor: (generation: string): boolean =>
        [...replacements.values()].some(({ props }) => props.generation === generation),
    /** It went first, and had no rows: the creation begins anew. */
    dropped: (generation: string) => {
        for (const [key, { props }] of replacements) {
            if (props.generation !== generation) continue;
            replacements.delete(key);
            awaited.delete(key);
        }
    },
    /** Told of each check without old inputs: a creation follows, or a deletion first where the engine is told so. */
    awaits: (owner: string) => void awaited.add(keyOf(owner)),
    isAwaited: (owner: string): boolean => awaited.has(keyOf(owner)),
};

const charges = new Map<string, Props>();

/** Outputs of the collection that this process knows to be in charge of a resource: by a diff, or made here. */
export const inCharge = {
    is: (owner: string, props: Props) => void charges.set(keyOf(owner), props),
    of: (owner: string): Props | undefined => charges.get(keyOf(owner)),
};

interface Pending {
    generation: string;
    /** Of its target, by `keyOn`. */
    target: string;
    handover: Handover;
}

let pending: Pending[] = [];

/** Copies that are whole, until the old collection is dropped: its alias and its deletion come in calls of their own. */
export const handovers = {
    /** The rows of `generation` are in `target` now. */
    expect: (generation: string, target: Side, handover: Handover) => {
        handovers.done(generation);
        pending.push({ generation, target: keyOn(target), handover });
    },
    /** That of an alias' new target. */
    to: (side: Side): Handover | undefined => pending.find(({ target }) => target === keyOn(side))?.handover,
    /** That of a collection which is about to be dropped. */
    from: (generation: string): Handover | undefined =>
        pending.find((one) => one.generation === generation)?.handover,
    done: (generation: string) => void (pending = pending.filter((one) => one.generation !== generation)),
};
