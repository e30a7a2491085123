import { createHash } from "node:crypto";

import type { Update } from "../strategy/update";
import type { PlanForm } from "./planForm";

/** The hash that approves a plan: `sha256:` and 64 digits. */
export const approvalHash = (form: PlanForm): string => `sha256:${digest(form)}`;

export const isApprovalHash = (text: string): boolean => /^sha256:[0-9a-f]{64}$/.test(text);

/** Tells what a migration does from what another one does, whatever is found about its rows. */
export const workDigest = ({ findings: _findings, ...work }: PlanForm): string => digest(work).slice(0, 16);

/** Tells one step in place from another one. */
export const stepDigest = (update: Update): string => digest(update).slice(0, 16);

const digest = (value: unknown) =>
    createHash("sha256")
        .update(JSON.stringify(plain(value)))
        .digest("hex");

/**
 * The value as JSON has it, with the keys in the order of their names: the same plan has one text. A value that JSON lacks,
 * such as a long integer, is its text.
 */
export function plain(value: unknown): unknown {
    if (typeof value === "bigint") return String(value);
    if (typeof value === "number" && !Number.isFinite(value)) return String(value);
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).filter(([, one]) => one !== undefined);
    return Object.fromEntries(
        entries.sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, one]) => [key, plain(one)]),
    );
}
