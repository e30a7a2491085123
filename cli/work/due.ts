import { isRetryable } from "../../provider/migration/errors";
import type { Worked } from "./result";

/** How long a worker that stays leaves a copy alone after an attempt. */
const REST_MS = 60_000;

/** The outcome of a copy, when it was, and the error of a failure. */
export interface Last {
    worked: Worked;
    at: number;
    error?: unknown;
}

/** Whether another attempt is of use: a ready copy catches up with the writes since, and what may be mended is tried again. */
export const isWaiting = (last: Last | undefined): boolean =>
    last !== undefined && (last.worked.outcome === "ready" || isRetryable(last.error));

/** Whether a worker that stays turns to the copy now. A failure that no attempt mends is left to somebody. */
export const isDue = (last: Last | undefined, now: number): boolean =>
    last === undefined || (isWaiting(last) && now - last.at >= REST_MS);
