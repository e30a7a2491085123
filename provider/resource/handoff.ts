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
