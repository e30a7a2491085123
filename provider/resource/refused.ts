import type { Finding } from "../plan/finding";
import { RunError } from "../step/error";

/** What stands in the way of a plan, all of it at once. */
export function refused(name: string, findings: readonly Finding[]): RunError {
    const errors = findings.filter(({ severity }) => severity === "error");
    const lines = errors.map(
        ({ path, message, fix, code }) =>
            `  ${path}: ${message}${fix === undefined ? "" : ` ${fix}`} [${code}]`,
    );
    return new RunError("MV313", [`${name}: refused, nothing was touched`, ...lines].join("\n"));
}
