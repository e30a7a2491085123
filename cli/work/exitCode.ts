import { isCoded, isRetryable } from "../../provider/migration/errors";
import { type ExitCode, exitCodes } from "../io";

/**
 * What `work` ends with, with and without `--of`. Somebody has to look at an error that no further attempt mends, whatever
 * else happened. The tables of codes decide: another worker that is at work (`MV322`, `MV332`, `MV380`) is retryable.
 */
export function exitCodeOf(errors: readonly unknown[]): ExitCode {
    if (errors.length === 0) return exitCodes.done;
    if (errors.some((error) => isCoded(error, "MV355"))) return exitCodes.stopped;
    return errors.every(isRetryable) ? exitCodes.again : exitCodes.error;
}
