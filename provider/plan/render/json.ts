import { changeText } from "./changeText";
import type { ChangeKind } from "../diff/change";
import type { Finding } from "../finding/finding";
import { rowsDropped, withoutDroppedRows } from "./rowsDropped";
import { peakMemory } from "./memory";
import type { CollectionPlan } from "../plan";
import { stepsOf } from "./stepText";

/**
 * A plan for machines and policies (`milvus:planFormat: json`). Keys are stable from release to release; new ones may be
 * added. An unknown value is null.
 */
export interface PlanJson {
    /** The logical name of the resource. */
    collection: string;
    verdict: CollectionPlan["verdict"];
    changes: { kind: ChangeKind; text: string }[];
    steps: string[];
    /** Arguments that force a new collection, and why. */
    replaces: string[];
    reasons: string[];
    rows: number | null;
    /** How many of them are not carried over, because their partition is dropped. */
    rowsDropped: number;
    /** Size of the rows. */
    bytes: number | null;
    /** Size of the rows in memory while both collections are loaded. */
    memoryBytes: number | null;
    seconds: number | null;
    /** The retained collection that is restored instead of making a copy. */
    rollbackTo: string | null;
    /** The module of the program that rows pass through, with the fields that it computes. */
    transform: {
        module: string;
        fields: string[];
        rows: number | null;
        batchRows: number;
        concurrency: number;
        retries: number;
    } | null;
    findings: (Omit<Finding, "fix" | "allow"> & { fix: string | null; allow: string | null })[];
}

export function planJson(plan: CollectionPlan, about: { name: string; rows?: number }): PlanJson {
    const rows = plan.rows ?? about.rows;
    const carried = withoutDroppedRows({ ...plan, rows });
    const moves = plan.verdict === "migrate";
    const transform = plan.migration?.mapping.transform;
    return {
        collection: about.name,
        verdict: plan.verdict,
        changes: plan.changes.map((change) => ({ kind: change.kind, text: changeText(change, carried) })),
        steps: stepsOf(carried),
        replaces: plan.replaces,
        reasons: plan.reasons,
        rows: rows ?? null,
        rowsDropped: rowsDropped(plan),
        bytes: plan.bytes ?? null,
        memoryBytes: (moves ? peakMemory(plan.target, plan.bytes) : undefined) ?? null,
        seconds: (moves ? carried.seconds : undefined) ?? null,
        rollbackTo: plan.migration?.rollbackTo ?? null,
        transform: transform === undefined ? null : { ...transform, rows: carried.rows ?? null },
        findings: plan.findings.map(({ fix = null, allow = null, ...found }) => ({ ...found, fix, allow })),
    };
}
