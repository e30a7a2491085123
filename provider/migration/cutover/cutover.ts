import type { CollectionRef } from "../../milvus/collection/collections";
import type { Phase } from "./phases";

/** A copy that is whole, on its way from the old collection's successor to the only one. */
export interface Cutover {
    readonly phase: Phase;
    /** Where the old collection and the copy are now; a swap renames both. */
    renamed(source: CollectionRef, target: CollectionRef): void;
    /** Right before the alias moves: applies what was written since the last pass, where anything was. */
    prepareSwitch(): Promise<void>;
    /** Where the switch failed: the old collection takes writes again. */
    undoSwitch(): Promise<void>;
    /** Right after it: applies what was written in between. From now on clients write to the new collection. */
    completeSwitch(): Promise<void>;
    /** Before the old one is dropped: nothing that was written to it is missing in the new one. */
    finish(): Promise<void>;
    /** When it is dropped: what was remembered of it is removed. */
    forget(): Promise<void>;
}
