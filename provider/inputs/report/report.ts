import type { CheckCode } from "./codes";
import type { CheckFailure, Finding } from "./finding";
import { type Path, propertyPath } from "./path";
import type { PathSet } from "./pathSet";

/** Collects what the rules find. */
export interface Report {
    /** Reports an error. It is dropped while `at` or one of `needs`, the other paths that the rule reads, is open. */
    mistake(code: CheckCode, at: Path, reason: string, needs?: Path[]): void;
    /** Reports a warning in the same way. */
    warn(code: CheckCode, at: Path, message: string, needs?: Path[]): void;
}

/**
 * A rule about arguments of the right kind. Open values (unknown, or already reported as an error) are omitted from the
 * draft.
 */
export type Rule<Draft> = (draft: Draft, report: Report) => void;

export class Findings implements Report {
    readonly failures: CheckFailure[] = [];
    readonly warnings: Finding[] = [];

    constructor(private readonly open: PathSet) {}

    mistake(code: CheckCode, at: Path, reason: string, needs: Path[] = []): void {
        if (this.closed(at, needs))
            this.failures.push({ property: propertyPath(at), reason: `${reason} [${code}]` });
    }

    warn(code: CheckCode, at: Path, message: string, needs: Path[] = []): void {
        if (this.closed(at, needs))
            this.warnings.push({ code, severity: "warning", path: propertyPath(at), message });
    }

    private closed(at: Path, needs: Path[]): boolean {
        return !this.open.covers(at) && !needs.some((need) => this.open.touches(need));
    }
}
