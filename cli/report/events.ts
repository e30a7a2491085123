import type { Progress } from "../../provider/migration/report";

/** The parts of a run, in their order. One that begins ends the one before. */
export const phases = ["prepare", "copy", "index", "load", "verify", "cutover", "drop"] as const;
export type Phase = (typeof phases)[number];

/** What happened in a run; `at` is in milliseconds since 1970. */
export type RunEvent = { at: number } & (
    | { kind: "phase"; phase: Phase }
    /** Rows that a step has done, of all; of `load`, percent. */
    | ({ kind: "progress" } & Progress)
    /** The new collection has the rows of the old one. */
    | { kind: "verified"; text: string }
    /** Clients use the new collection from now on. */
    | { kind: "switched"; text: string }
    /** The old collection is gone. */
    | { kind: "dropped"; text: string }
    /** A line for people; a warning of the core begins with `warning: `. */
    | { kind: "said"; text: string }
    | { kind: "ended" }
    /** The message ends with its code. */
    | { kind: "failed"; message: string }
);

/** The part of an event that is not its time. */
export type RunFact = RunEvent extends infer Event
    ? Event extends { at: number }
        ? Omit<Event, "at">
        : never
    : never;
