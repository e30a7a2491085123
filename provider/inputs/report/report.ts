import type { CheckCode } from "./codes";
import type { CheckFailure, Finding } from "./finding";
import { type Path, propertyPath } from "./path";
import type { PathSet } from "./pathSet";

/** Where the rules put what they find. */
export interface Report {
    /** `needs`: places beside `at` that the judgement rests on; it is dropped while one of them is open. */
    mistake(code: CheckCode, at: Path, reason: string, needs?: Path[]): void;
    /** The same for what is let through. */
    warn(code: CheckCode, at: Path, message: string, needs?: Path[]): void;
}

/** A rule about arguments whose kinds are right; what is open (unknown, or a mistake already told) is left out. */
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
