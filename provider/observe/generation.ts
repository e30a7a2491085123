import type { CollectionRef } from "../milvus/collection/collections";
import type { OwnershipMarker } from "./state";

/** The collection that took over the rows of another one, as that one names it. */
export interface Successor extends CollectionRef {
    /** Whether the old collection is retained behind it; only the program of the migration says so. */
    retain: boolean;
}

/**
 * Whether a run works on a copy: `held` by another run that is alive, `free` where the run of the lease has ended or this
 * is that run, `none` where nobody took one, or let it go.
 */
export type LeaseState = "none" | "free" | "held";

/** A collection of a resource as recovery sees it: what stands on it, in one description. */
export interface Generation {
    ref: CollectionRef;
    /** Undefined for a collection that no program of ours made or adopted, or on a server that keeps no properties. */
    marker: OwnershipMarker | undefined;
    aliases: readonly string[];
    successor: Successor | undefined;
    /** The collection that is retained behind it. */
    previous: CollectionRef | undefined;
    /** The plan of the copy and the rows that are in it; undefined where no copy was begun. */
    checkpoint: { plan: string; rows: number } | undefined;
    lease: LeaseState;
    /** Whether an interrupted cutover left it blocking writes. */
    isFenced: boolean;
}

/** What stands on a server of one resource. */
export interface Generations {
    /** In the order in which the server lists them. */
    found: readonly Generation[];
    /** Every collection of the database. */
    names: ReadonlySet<string>;
}
