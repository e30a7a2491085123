import { RunError } from "../errors";

/**
 * Where a cutover stands. `copied`: the copy is whole, and clients use the old collection. `fenced`: the old one refuses
 * writes for the final pass. `caught-up`: the copy holds all writes, and the switch may come. `switched`: clients are sent
 * to the new collection. `done`: no write to the old one is missing, and it may be dropped.
 */
export type Phase = "copied" | "fenced" | "caught-up" | "switched" | "done";

/** What leads from one phase to another. */
export type CutoverEvent =
    /** The server refuses writes to the old collection. */
    | "fence"
    /** The final pass failed, and the old collection takes writes again. */
    | "lift"
    | "catch-up"
    /** Another run, or a call without an answer, has moved the alias already. */
    | "overtake"
    | "switch"
    /** The switch failed: clients stay with the old collection. */
    | "undo"
    | "finish";

/** Every allowed transition. What is missing here is a mistake of ours: it would lose writes, or undo them. */
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
    // Several aliases move one after the other; one that fails does not bring back those that moved.
    switched: { switch: "switched", undo: "switched", finish: "done" },
    // Another collection that goes in the same run may have brought late writes.
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

    /** Errors: the internal code for a transition that is not allowed. */
    enter(event: CutoverEvent): void {
        const next = (transitions[this.at] as Partial<Record<CutoverEvent, Phase>>)[event];
        if (next === undefined)
            throw new RunError(
                "MV348",
                `cutover: ${event} is not possible in the phase ${this.at}. This is a mistake of pulumi-milvus: report it with the whole output`,
            );
        this.at = next;
    }
}
