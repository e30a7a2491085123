import type { CollectionRef } from "../milvus/collections";
import type { Handover } from "../run/handover";
import type { Collection } from "../spec/collection";
import type { Props } from "./context";

/** The collection whose rows a replacement takes over: its outputs, and what the program declared of it. */
export interface Predecessor {
    props: Props;
    deployed: Collection;
    /** True where the plan said that its rows will move. */
    announced: boolean;
}

/**
 * What `diff` learned and `create` needs: in a replacement, `create` is told the new inputs alone. The engine calls
 * both in one process, so it is kept here by owner, until the new collection is in charge.
 */
const replacements = new Map<string, Predecessor>();

export const handoff = {
    expect: (owner: string, predecessor: Predecessor) => void replacements.set(owner, predecessor),
    /** No replacement is due any more. */
    forget: (owner: string) => void replacements.delete(owner),
    of: (owner: string): Predecessor | undefined => replacements.get(owner),
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
