import type { CheckCode } from "./codes";

/** A mistake in the arguments as Pulumi's `check` reports it. */
export interface CheckFailure {
    /** The argument's path: `fields[2].maxLength`. */
    property: string;
    /** What is wrong and what to write instead; ends with the code of the rule: `[MV022]`. */
    reason: string;
}

/** What is let through and deserves a word, in the shape of the planner's findings. */
export interface Finding {
    code: CheckCode;
    severity: "warning";
    /** The argument's path: `fields[2].maxLength`. */
    path: string;
    message: string;
}
