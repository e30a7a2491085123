import { RunError } from "../errors";

/** The error where several workers cannot copy a collection: `MV382`. */
export const indivisible = (name: string, why: string, fix: string): RunError =>
    new RunError("MV382", `${name}: cannot be copied by several workers: ${why}. ${fix}`);

/** What to do where one process still can. */
export const ONE_PROCESS = "Let one process copy it: `pulumi up`";
