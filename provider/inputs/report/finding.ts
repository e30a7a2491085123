import type { CheckCode } from "./codes";

/** An error in the arguments, in the shape of Pulumi's `check`. */
export interface CheckFailure {
    /** Path of the argument: `fields[2].maxLength`. */
    property: string;
    /** What is wrong and what to write instead. Ends with the code of the rule: `[MV022]`. */
    reason: string;
}

/** A warning about arguments, in the shape of a plan's findings. */
export interface Finding {
    code: CheckCode;
    severity: "warning";
    /** Path of the argument: `fields[2].maxLength`. */
    path: string;
    message: string;
}
