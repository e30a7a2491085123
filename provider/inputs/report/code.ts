import type { Allowance } from "./allowance";

/** A note informs. A warning names a risk or a loss. An error stops the run. */
export type Severity = "note" | "warning" | "error";

/**
 * An entry of a table of codes: arguments (MV001 to MV099), plans (MV1xx), servers (MV2xx), runs (MV3xx, MV4xx) and the
 * command (MV5xx). A code has one meaning and is never reused for another.
 */
export interface CodeEntry {
    /** What happened. */
    title: string;
    severity: Severity;
    /**
     * Whether the cause lies outside the program and the copy: the same command, run again, resumes where this one stopped.
     * A migration keeps its copy after a retryable error and removes it after any other.
     */
    retryable: boolean;
    /** What a finding of a plan depends on. A finding about rows is dropped when the collection has none. */
    about?: "rows" | "server" | "program";
    /**
     * The loss, and how a program allows it. `explicit`: the program states the loss, so it is a warning unless
     * `milvus:destructive` is `refuse`. A loss that the program only implies is an error until it is allowed.
     */
    loss?: { explicit: boolean; allow: Allowance };
    /** What to do, in one sentence, where the messages lack it. */
    fix?: string;
    /** A message with this code. */
    example: string;
}
