import { allowanceText } from "../../inputs/report/allowance";
import type { CodeEntry, Severity } from "../../inputs/report/code";
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
    /** Of a loss: what `migration.allow` takes to accept it. */
    allow?: string;
}

/** `name`: the field or partition that a loss is about, where the loss has one. */
export function finding(
    code: FindingCode,
    path: string,
    message: string,
    fix?: string,
    name?: string,
): Finding {
    const { severity, loss }: CodeEntry = codes[code];
    return {
        code,
        severity,
        path,
        message,
        ...(fix !== undefined && { fix }),
        ...(loss !== undefined && { allow: allowanceText(loss.allow, name) }),
    };
}
