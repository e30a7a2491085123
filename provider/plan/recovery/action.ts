import type { Generation } from "../../observe/generation";

type Ref = Generation["ref"];

/** A collection that carries our marker; recovery acts on no other one, but for one that the state knows by its name. */
export type Marked = Generation & { marker: NonNullable<Generation["marker"]> };

/** One thing to do about what an interrupted run has left. The executor carries actions out in their order. */
export type RecoveryAction =
    /** An interrupted cutover left the collection blocking writes. */
    | { kind: "lift-fence"; at: Ref }
    /** An interrupted swap took the collection's name, and no other collection has it. */
    | { kind: "restore-name"; at: Ref; name: string }
    /** An interrupted run had swapped the names: the collection at `serving` is the outcome of this run. */
    | { kind: "adopt-swapped"; retired: Ref; serving: Ref; generation: string }
    /** An interrupted rollback had put the retained collection in service: it is the outcome of this run. */
    | { kind: "adopt-restored"; at: Ref; generation: string }
    /** An interrupted rollback had taken the retained collection, and nobody uses it: it counts as retained again. */
    | { kind: "retain-again"; at: Ref; owner: string; generation: string }
    /** The migration before was switched, and its old collection still exists: late writes are merged, then it goes. */
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
    /** The alias did not move: what clients wrote since then is carried over before it does. */
    | { kind: "resume-cutover"; old: Marked; successor: Marked }
    /** Clients may have written to the old collection during or after the switch. */
    | { kind: "merge-late-writes"; old: Generation; successor: Marked }
    /** The successor's migration retains the old collection, and the interrupted run did not finish that. */
    | { kind: "retain"; old: Generation; successor: Ref }
    | Refusal;

/** Where going on would lose rows, or could. Nothing is changed. */
export type Refusal = { kind: "refuse" } & Refused;

export type Refused =
    | { reason: "gone"; name: string }
    /** The server answers for a collection that it does not list. */
    | { reason: "unlisted"; name: string }
    /** The recorded name is the successor's by now. */
    | { reason: "swapped"; name: string }
    /** A copy serves by aliases, and the state does not know it. */
    | { reason: "copy-in-service"; name: string; aliases: readonly string[]; generation: string }
    /** The migration before did not switch, and clients still use its old collection. */
    | { reason: "not-switched"; name: string; copy: string; aliases: readonly string[] }
    /** The alias moves without its collection being part of the run. */
    | { reason: "collection-left-out"; alias: string; from: string; to: string }
    /** The collection that took over the rows is not there. */
    | { reason: "successor-unknown"; name: string; why: "gone" | "none" }
    /** The deletion comes before the creation that would copy the rows. */
    | { reason: "delete-before-replace"; name: string; rows: number }
    /** Aliases that are not part of the program use the collection. */
    | { reason: "aliased"; name: string; aliases: readonly string[] };

export const refuse = (refusal: Refused): Refusal => ({ kind: "refuse", ...refusal });
