import type { Allowance } from "./allowance";

/** A note informs, a warning names a risk or a loss, an error stops the run. */
export type Severity = "note" | "warning" | "error";

/**
 * An entry of the four tables of codes: arguments (MV001 to MV099), plans (MV1xx), servers (MV2xx) and runs (MV3xx). A code
 * means one thing. A number that was given out is never used for another meaning.
 */
export interface CodeEntry {
    /** What happened. */
    title: string;
    severity: Severity;
    /**
     * Whether the cause lies outside of the program and of what the run has built: the same command, run again, resumes where
     * this one stopped. A migration keeps its copy after such an error, and removes it after any other.
     */
    retryable: boolean;
    /** Of a plan's finding, what it depends on: one about the rows falls away when the collection has none. */
    about?: "rows" | "server" | "program";
    /**
     * What is lost for good, and how a program allows it. `explicit`: the program asks for it outright; it is done with a
     * warning, unless `milvus:destructive` is `refuse`. A loss that is only implied is refused until it is allowed.
     */
    loss?: { explicit: boolean; allow: Allowance };
    /** What to do, in one sentence, where the messages do not say it. */
    fix?: string;
    /** A message with this code. */
    example: string;
}
