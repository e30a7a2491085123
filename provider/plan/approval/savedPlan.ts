import { approvalHash, plain } from "./approvalHash";
import type { PlanForm } from "./planForm";

/** A plan as a file has it: to read, to compare, and to approve. */
export interface SavedPlan {
    hash: string;
    plan: PlanForm;
}

export const savedPlan = (plan: PlanForm): SavedPlan => ({ hash: approvalHash(plan), plan });

/** The text of a file. It is the same for the same plan, so that a review shows what is new in it. */
export function savedPlanText(plans: readonly SavedPlan[]): string {
    const [first, ...others] = plans.map(({ hash, plan }) => ({ hash, plan: plain(plan) }));
    return `${JSON.stringify(others.length === 0 ? first : [first, ...others], null, 2)}\n`;
}

/** The plans of a file: one, a list, or one on each line. Throws an error that says what is wrong with it. */
export function readSavedPlans(text: string): SavedPlan[] {
    return valuesOf(text).map(readOne);
}

function valuesOf(text: string): unknown[] {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    const isOnePerLine = lines.length > 1 && lines.every((line) => /^\{.*\}\s*$/.test(line));
    if (isOnePerLine) return lines.map((line) => JSON.parse(line) as unknown);
    const value = JSON.parse(text) as unknown;
    return Array.isArray(value) ? (value as unknown[]) : [value];
}

function readOne(value: unknown): SavedPlan {
    const { hash, plan } = (value ?? {}) as Partial<SavedPlan>;
    if (typeof hash !== "string" || typeof plan !== "object" || plan === null)
        throw new Error("it has no hash and plan");
    // Number 1 is the only form yet.
    if (plan.form !== 1) throw new Error("another release of pulumi-milvus has written it");
    if (approvalHash(plan) !== hash) throw new Error("its plan is not that of its hash: somebody edited it");
    return { hash, plan };
}
