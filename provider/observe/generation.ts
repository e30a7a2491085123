import type { CollectionRef } from "../milvus/collection/collections";
import type { OwnershipMarker } from "./state";

/** The successor of a collection, as the old collection names it. */
export interface Successor extends CollectionRef {
    /** Whether the old collection is retained behind it, as the program set it at the migration. */
    retain: boolean;
}

/**
 * Whether a run works on a copy. `held`: by another run that is alive. `free`: the run of the lease has ended, or it is
 * this run. `none`: there is no lease, or it was released.
 */
export type LeaseState = "none" | "free" | "held";

/** A collection of a resource as recovery sees it: everything that is stored on it. */
export interface Generation {
    ref: CollectionRef;
    /**
     * Undefined for a collection that the provider neither created nor adopted, or on a server that stores no properties.
     */
    marker: OwnershipMarker | undefined;
    aliases: readonly string[];
    successor: Successor | undefined;
    /** The collection that is retained behind it. */
    previous: CollectionRef | undefined;
    /** The hash of the copy's plan and the number of copied rows; undefined where no copy was started. */
    checkpoint: { plan: string; rows: number } | undefined;
    lease: LeaseState;
    /** Whether an interrupted cutover left it blocking writes. */
    isFenced: boolean;
}

/** The collections of one resource on a server. */
export interface Generations {
    /** In the order of the server's list. */
    found: readonly Generation[];
    /** Names of all collections of the database. */
    names: ReadonlySet<string>;
}
