import type { CollectionRef } from "../../milvus/collection/collections";
import type { Phase } from "./phases";

/** The way from a complete copy to the only collection: switch the clients, then finish the catch-up. */
export interface Cutover {
    readonly phase: Phase;
    /** Sets the names of both collections after a swap. */
    renamed(source: CollectionRef, target: CollectionRef): void;
    /** Runs right before the switch: applies the writes made since the last pass, if there were any. */
    prepareSwitch(): Promise<void>;
    /** Runs after a failed switch: the old collection accepts writes again. */
    undoSwitch(): Promise<void>;
    /**
     * Runs right after the switch: applies the writes made in between. From now on clients write to the new collection.
     */
    completeSwitch(): Promise<void>;
    /** Runs before the old collection is dropped: makes sure that the new one misses none of its writes. */
    finish(): Promise<void>;
    /** Runs when the old collection is dropped: removes the baseline and the cutover record. */
    forget(): Promise<void>;
}
