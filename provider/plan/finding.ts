import type { Severity } from "./codes";
import { codes } from "./codes";

export type FindingCode = keyof typeof codes;

/** One thing a person should know about a plan. */
export interface Finding {
    code: FindingCode;
    severity: Severity;
    /** The argument it is about, as Pulumi writes it: `fields[2].maxLength`. */
    path: string;
    message: string;
    /** What to write instead, where there is something. */
    fix?: string;
}

export function finding(code: FindingCode, path: string, message: string, fix?: string): Finding {
    return { code, severity: codes[code].severity, path, message, ...(fix === undefined ? {} : { fix }) };
}
