import type { CollectionRef } from "../milvus/collections";
import type { Handover } from "../run/handover";
import type { Collection } from "../spec/collection";
import type { Props } from "./context";

/** The collection whose rows a replacement takes over: its outputs, and what the program declared of it. */
export interface Predecessor {
    props: Props;
    deployed: Collection;
}

/**
 * What `diff` learned and `create` needs: in a replacement, `create` is told the new inputs alone. The engine calls
 * both in one process, so it is kept here by owner, until the new collection is in charge.
 */
const replacements = new Map<string, Predecessor>();

/** Resources whose new collection is checked and not yet made. */
const awaited = new Set<string>();

export const handoff = {
    expect: (owner: string, predecessor: Predecessor) => void replacements.set(owner, predecessor),
    /** No replacement is due any more. */
    forget: (owner: string) => {
        replacements.delete(owner);
        awaited.delete(owner);
    },
    of: (owner: string): Predecessor | undefined => replacements.get(owner),
    /** Told of each check without old inputs: a creation follows, or a deletion first where the engine is told so. */
    awaits: (owner: string) => void awaited.add(owner),
    isAwaited: (owner: string): boolean => awaited.has(owner),
};

const charges = new Map<string, Props>();

/** Outputs of the collection that this process knows to be in charge of a resource: by a diff, or made here. */
export const inCharge = {
    is: (owner: string, props: Props) => void charges.set(owner, props),
    of: (owner: string): Props | undefined => charges.get(owner),
};

interface Pending {
    generation: string;
    target: CollectionRef;
    handover: Handover;
}

let pending: Pending[] = [];

/** Copies that are whole, until the old collection is dropped: its alias and its deletion come in calls of their own. */
export const handovers = {
    /** The rows of `generation` are in `target` now. */
    expect: (generation: string, target: CollectionRef, handover: Handover) =>
        void pending.push({ generation, target, handover }),
    /** That of an alias' new target. */
    to: ({ database, name }: CollectionRef): Handover | undefined =>
        pending.find(({ target }) => target.database === database && target.name === name)?.handover,
    /** That of a collection which is about to be dropped. */
    from: (generation: string): Handover | undefined =>
        pending.find((one) => one.generation === generation)?.handover,
    done: (generation: string) => void (pending = pending.filter((one) => one.generation !== generation)),
};
