import { changeText } from "./changeText";
import type { ChangeKind } from "../diff/change";
import type { Finding } from "../finding/finding";
import { rowsDropped, withoutDroppedRows } from "./rowsDropped";
import { peakMemory } from "./memory";
import type { CollectionPlan } from "../plan";
import { stepsOf } from "./stepText";

/**
 * A plan for machines and policies (`milvus:planFormat: json`). Keys stay as they are from release to release: new
 * ones may come. What nobody knows is null.
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
    /** How many of them do not come along: those of partitions that are dropped. */
    rowsDropped: number;
    /** Of the rows. */
    bytes: number | null;
    /** Of the rows in memory, while both copies are loaded. */
    memoryBytes: number | null;
    seconds: number | null;
    /** The kept collection that is taken up instead of a copy. */
    rollbackTo: string | null;
    /** The program's module that rows pass through, with the fields that it makes. */
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
