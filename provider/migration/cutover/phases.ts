import { RunError } from "../errors";
import type { Report } from "../report";

/**
 * The phase of a cutover.
 *
 * `copied`: the copy is complete, and clients use the old collection. `fenced`: the old collection refuses writes for
 * the final pass. `caught-up`: the copy holds all writes, and the switch may follow. `switched`: clients are sent to
 * the new collection. `done`: the new collection misses no write to the old one, which may be dropped.
 */
export type Phase = "copied" | "fenced" | "caught-up" | "switched" | "done";

/** The events that lead from one phase to another. */
export type CutoverEvent =
    /** The server refuses writes to the old collection. */
    | "fence"
    /** The final pass failed, and the old collection accepts writes again. */
    | "lift"
    | "catch-up"
    /** Another run, or a call whose answer was lost, has already moved the alias. */
    | "overtake"
    | "switch"
    /** The switch failed: clients keep using the old collection. */
    | "undo"
    | "finish";

/** Every allowed transition. Any other transition is a bug: it would lose writes or undo them. */
export const transitions = {
    copied: {
        fence: "fenced",
        "catch-up": "caught-up",
        overtake: "switched",
        undo: "copied",
        finish: "done",
    },
    fenced: { lift: "copied", "catch-up": "caught-up", undo: "copied" },
    // A program without an alias has no switch: the old collection is dropped after the copy.
    "caught-up": { switch: "switched", undo: "copied", finish: "done" },
    // Aliases move one after the other; a failure of one does not undo those that moved.
    switched: { switch: "switched", undo: "switched", finish: "done" },
    // Another collection of the same run may have added late writes.
    done: { finish: "done" },
} as const satisfies Record<Phase, Partial<Record<CutoverEvent, Phase>>>;

/** The phase of one cutover. */
export class Phases {
    constructor(private at: Phase = "copied") {}

    get phase(): Phase {
        return this.at;
    }

    is(...phases: readonly Phase[]): boolean {
        return phases.includes(this.at);
    }

    /** Errors: `MV348` for a transition that is not allowed. */
    enter(event: CutoverEvent): void {
        const next = (transitions[this.at] as Partial<Record<CutoverEvent, Phase>>)[event];
        if (next === undefined)
            throw new RunError(
                "MV348",
                `cutover: ${event} is not possible in the phase ${this.at}. This is a bug of pulumi-milvus. Report it with the complete output`,
            );
        this.at = next;
    }
}

/** Where a migration is now, for metrics and traces. */
export function enteredPhase({ measure }: Pick<Report, "measure">, phase: Phase | undefined): void {
    if (phase === undefined) measure?.undone();
    else measure?.cutover(phase);
}
