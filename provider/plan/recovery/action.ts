import type { Generation, Successor } from "../../observe/generation";

type Ref = Generation["ref"];

/** A collection with our ownership marker. Recovery acts on no other, except one that the state knows by its name. */
export type Marked = Generation & { marker: NonNullable<Generation["marker"]> };

/** One action on what an interrupted run has left. The executor carries the actions out in order. */
export type RecoveryAction =
    /** An interrupted cutover left the collection blocking writes. */
    | { kind: "lift-fence"; at: Ref }
    /** An interrupted swap took the collection's name, and no other collection has it. */
    | { kind: "restore-name"; at: Ref; name: string }
    /** An interrupted run had swapped the names: the collection at `serving` is the outcome of this run. */
    | { kind: "adopt-swapped"; retired: Ref; serving: Ref; generation: string }
    /** A worker has switched to the collection at `serving`, which is the outcome of this run. */
    | { kind: "adopt-switched"; serving: Ref; generation: string }
    /** An interrupted rollback had cut over to the retained collection, which is the outcome of this run. */
    | { kind: "adopt-restored"; at: Ref; generation: string }
    /** An interrupted rollback had restored the retained collection, and no client uses it: it is retained again. */
    | { kind: "retain-again"; at: Ref; owner: string; generation: string }
    /**
     * The previous migration was cut over, and its old collection still exists: late writes are merged, then it is
     * dropped.
     */
    | { kind: "finish-migration"; old: Marked; successor: Marked; outcome: "retain" | "drop" }
    /** The copy was made by the same plan. */
    | { kind: "resume-copy"; copy: Marked }
    /** The copy was made by another plan. */
    | { kind: "drop-copy"; copy: Marked }
    /** The collection that it copies, `of`, was dropped, and the copy never served. */
    | { kind: "drop-orphan"; copy: Marked; of: string }
    /** The same, but it may serve without the state's knowledge, or another run works on it. */
    | { kind: "keep-orphan"; copy: Marked; of: string }
    /** An interrupted first creation left it; it is dropped where it is empty and unused. */
    | { kind: "drop-abandoned-create"; at: Ref }
    /** The alias did not move: writes made since then are carried over before it does. */
    | { kind: "resume-cutover"; old: Marked; successor: Marked }
    /** Clients may have written to the old collection during or after the cutover. */
    | { kind: "merge-late-writes"; old: Generation; successor: Marked }
    /** The successor's migration retains the old collection, and the interrupted run did not finish that. */
    | { kind: "retain"; old: Generation; successor: Successor }
    | Refusal;

/** Continuing would or could lose rows. Nothing is changed. */
export type Refusal = { kind: "refuse" } & Refused;

export type Refused =
    | { reason: "gone"; name: string }
    /** The server answers for a collection that it does not list. */
    | { reason: "unlisted"; name: string }
    /** The successor has the recorded name now. */
    | { reason: "swapped"; name: string }
    /** A worker has switched to another collection, and the program has changed since. */
    | { reason: "switched"; name: string; serving: string }
    /** A worker is swapping the names at this moment. */
    | { reason: "switching"; name: string; copy: string }
    /** A copy serves by aliases, and the state does not know it. */
    | { reason: "copy-in-service"; name: string; aliases: readonly string[]; generation: string }
    /** The previous migration was not cut over, and clients still use its old collection. */
    | { reason: "not-switched"; name: string; copy: string; aliases: readonly string[] }
    /** The alias moves without its collection being part of the run. */
    | { reason: "collection-left-out"; alias: string; from: string; to: string }
    /** The collection that took over the rows does not exist. */
    | { reason: "successor-unknown"; name: string; why: "gone" | "none" }
    /** The deletion comes before the creation that would copy the rows. */
    | { reason: "delete-before-replace"; name: string; rows: number }
    /** Aliases that are not part of the program use the collection. */
    | { reason: "aliased"; name: string; aliases: readonly string[] };

export const refuse = (refusal: Refused): Refusal => ({ kind: "refuse", ...refusal });
