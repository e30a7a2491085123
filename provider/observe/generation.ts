import type { CollectionRef } from "../milvus/collection/collections";
import type { OwnershipMarker } from "./state";

/** How old collections are retained, as a program says it. */
export interface Retention {
    /** How long each is retained. Default: one at a time, until the next migration. */
    seconds?: number | undefined;
    /** How many are retained at most. Default: no limit. */
    most?: number | undefined;
}

/** The successor of a collection, as the old collection names it. */
export interface Successor extends CollectionRef {
    /** How the old collection is retained behind it, as the program said at the migration; undefined where it is dropped. */
    retain: Retention | undefined;
}

/** A retained collection, as the active one lists it. */
export interface RetainedRef extends CollectionRef {
    /** The generation as which it is retained. */
    generation: string;
}

/** An approved plan that a run has begun to carry out: enough to tell that a later plan is the rest of the same one. */
export interface BegunPlan {
    /** Its hash. */
    plan: string;
    /** The digest of each step in place, or of a migration as a whole. */
    steps: readonly string[];
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
    /** The collections that are retained behind it, the one that served last first. Some may be gone. */
    retained: readonly RetainedRef[];
    /** Of a retained collection: when its time is over, in milliseconds since 1970 by the server's clock. Default: never. */
    keptUntil?: number | undefined;
    /** The generation with which it was created. A rollback gives a collection another generation. Default: that of its marker. */
    origin?: string | undefined;
    /** The hash of the copy's plan and the number of copied rows; undefined where no copy was started. */
    checkpoint: { plan: string; rows: number } | undefined;
    /** The approved plan that the copy carries out. Default: none. */
    approved?: BegunPlan | undefined;
    lease: LeaseState;
    /** Whether an interrupted cutover left it blocking writes. */
    isFenced: boolean;
    /** On a copy that a worker makes, or has made: who switches to it. Default: a run of the program makes it. */
    detached?: "up" | "worker" | undefined;
}

/** What a worker does with a copy. `ready`: all rows are copied, indexed, loaded and verified, and only the switch is left. `failed`: it needs somebody. */
export type WorkPhase = "copying" | "indexing" | "verifying" | "ready" | "failed";

/** What a worker last did with a copy. */
export interface Work {
    phase: WorkPhase;
    /** Milliseconds since 1970, by the server's clock. */
    since: number;
    /** Why it failed, with the code. Default: it has not. */
    error?: string | undefined;
}

/** A collection of a resource as an operator sees it: also who works on it, and how far the work is. */
export interface Inspected extends Generation {
    marker: OwnershipMarker;
    /** The process of the last lease that is not released, whether it is still at work or not. */
    worker: Worker | undefined;
    /** Whether an operator has paused the copy. */
    isPaused: boolean;
    /** How far the copy is; undefined where no copy was started. */
    progress: CopyProgress | undefined;
    /** What a worker last did with it. Default: nothing. */
    work?: Work | undefined;
    /** The phase of the cutover that is stored on the copy; undefined where there is none, or it is over. */
    cutover: "copied" | "switched" | undefined;
}

export interface Worker {
    pid: number;
    machine: string;
    /** Milliseconds since 1970, by the server's clock. */
    until: number;
}

export interface CopyProgress {
    rows: number;
    /** Whether every range of keys is copied. */
    isDone: boolean;
    /** Between the last two checkpoints; undefined before the second one, and for a copy of an earlier release. */
    rowsPerSecond: number | undefined;
    /** When it was saved, in milliseconds since 1970 by the server's clock; undefined for a copy of an earlier release. */
    savedAt: number | undefined;
}

/** The collections of one resource on a server. */
export interface Generations {
    /** In the order of the server's list. */
    found: readonly Generation[];
    /** Names of all collections of the database. */
    names: ReadonlySet<string>;
}
