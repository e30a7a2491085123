import { readFileSync } from "node:fs";

import { programFile } from "../../inputs/values/programFile";
import { RunError } from "../../migration/errors";
import { isApprovalHash } from "../../plan/approval/approvalHash";
import type { PlanForm } from "../../plan/approval/planForm";
import { readSavedPlans } from "../../plan/approval/savedPlan";

/** What a stack says about the plans of its collections, each of which has a hash of its own. */
export type Approval =
    /** The preview prints the hash of each plan; every plan is carried out. */
    | { kind: "print" }
    /** These plans are carried out, and no other. */
    | { kind: "only"; plans: readonly ApprovedPlan[] };

export interface ApprovedPlan {
    hash: string;
    /** Undefined where the stack gives the hash alone. */
    plan?: PlanForm;
}

export const approvalSetting = "milvus:approvedPlan";

/**
 * Reads `milvus:approvedPlan`: `print`, `none`, or a list of hashes and of files with saved plans. Undefined where it is not
 * set: every plan is carried out. Errors: `MV561`.
 */
export function resolveApproval(config: (key: string) => string | undefined): Approval | undefined {
    const value = config(approvalSetting)?.trim() ?? "";
    if (value === "") return undefined;
    if (value === "print") return { kind: "print" };
    const entries = value === "none" ? [] : listOf(value);
    return { kind: "only", plans: entries.flatMap(approvedBy) };
}

/** A list in the stack's file comes as JSON; in an argument or on the command line, commas or spaces separate. */
function listOf(value: string): string[] {
    if (!value.startsWith("[")) return value.split(/[\s,]+/).filter((entry) => entry !== "");
    try {
        return (JSON.parse(value) as unknown[]).map(String);
    } catch {
        throw unreadable(`${JSON.stringify(value)} is no list. Set one hash, or a list of them`);
    }
}

function approvedBy(entry: string): ApprovedPlan[] {
    if (isApprovalHash(entry)) return [{ hash: entry }];
    if (!entry.endsWith(".json"))
        throw unreadable(
            `${JSON.stringify(entry)} is no plan. Set the hash that \`pulumi preview --config ${approvalSetting}=print\` prints (sha256: and 64 digits), or the path of a saved plan that ends with .json`,
        );
    try {
        return readSavedPlans(readFileSync(programFile(entry), "utf8"));
    } catch (error) {
        throw unreadable(`${entry}: ${(error as Error).message}. Save the plan again, and review it`);
    }
}

const unreadable = (text: string) => new RunError("MV561", `${approvalSetting}: ${text}`);
