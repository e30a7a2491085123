import { allowanceText } from "../../inputs/report/allowance";
import type { CodeEntry, Severity } from "../../inputs/report/code";
import { codes } from "./codes";

export type FindingCode = keyof typeof codes;

/** One note, warning or error about a plan. */
export interface Finding {
    code: FindingCode;
    severity: Severity;
    /** Path of the argument as Pulumi writes it: `fields[2].maxLength`. */
    path: string;
    message: string;
    /** What to write instead. */
    fix?: string;
    /** The entry of `migration.allow` that accepts the loss; only for a loss. */
    allow?: string;
}

/** @param name the field or partition that a loss is about; omitted for a loss of the whole collection */
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
