import { z } from "zod";

import type { Gate } from "../../inputs/schema/gate";
import { changeText } from "./changeText";
import { pageOf } from "../../inputs/report/page";
import { rowsDropped, withoutDroppedRows } from "./rowsDropped";
import { peakMemory } from "./memory";
import type { CollectionPlan } from "../plan";
import { stepsOf } from "./stepText";

/**
 * A plan for machines and policies (`milvus:planFormat: json`). Keys are stable from release to release; new ones may be
 * added. An unknown value is null.
 */
export const PlanJson = z.strictObject({
    collection: z.string().describe("The logical name of the resource."),
    verdict: z
        .enum(["none", "state-only", "update", "migrate", "blocked"])
        .describe(
            "`none`: nothing to do. `state-only`: nothing changes on the server. `update`: changed in place. `migrate`: the rows are carried over to a new collection. `blocked`: a finding is an error.",
        ),
    changes: z.array(z.strictObject({ kind: z.string().describe("As `add-field`."), text: z.string() })),
    steps: z.array(z.string()).describe("What is done, in order; empty where the plan is blocked."),
    replaces: z.array(z.string()).describe("Arguments that force a new collection."),
    reasons: z.array(z.string()).describe("Why each of them is not done in place."),
    rows: z.number().nullable(),
    rowsDropped: z
        .number()
        .describe("How many of them are not carried over, because their partition is dropped."),
    bytes: z.number().nullable().describe("Size of the rows."),
    memoryBytes: z
        .number()
        .nullable()
        .describe("Size of the rows in memory while both collections are loaded."),
    seconds: z.number().nullable().describe("Of a migration: about how long it takes."),
    rollbackTo: z
        .string()
        .nullable()
        .describe("The retained collection that is restored instead of making a copy."),
    retained: z
        .array(
            z.strictObject({
                name: z.string(),
                generation: z.string(),
                expires: z
                    .string()
                    .nullable()
                    .describe("As `2026-03-01T10:00:00.000Z`; null without a time."),
                rows: z.number().nullable(),
                fate: z
                    .enum(["stays", "restored", "overdue", "dropped"])
                    .describe("`overdue`: its time is over, and it is protected or used."),
                why: z
                    .enum(["expired", "replaced", "most", "abandoned"])
                    .nullable()
                    .describe("Why it is dropped."),
            }),
        )
        .describe("What becomes of the collections that are retained, the one that served last first."),
    transform: z
        .strictObject({
            module: z.string(),
            fields: z.array(z.string()).describe("Fields that it computes."),
            rows: z.number().nullable(),
            batchRows: z.number(),
            concurrency: z.number(),
            retries: z.number(),
        })
        .nullable()
        .describe("The module of the program that rows pass through."),
    gate: z
        .strictObject({
            queries: z
                .union([z.number(), z.string()])
                .nullable()
                .describe("Rows that are sampled, or a path."),
            module: z.string().nullable(),
            topK: z.number(),
            baseline: z.enum(["exact", "old"]),
            minRecall: z.number(),
            maxLatencyRatio: z.number().nullable(),
        })
        .nullable()
        .describe("What is asked before clients are switched, and the bar; of a migration."),
    detached: z
        .strictObject({
            collection: z.string().nullable().describe("The new collection; null before it is created."),
            phase: z
                .string()
                .nullable()
                .describe(
                    "`waiting` for a worker, `copying`, `indexing`, `verifying`, `ready` to switch, or `failed`.",
                ),
            rows: z.number().nullable().describe("Rows that are certainly copied."),
            total: z.number().nullable().describe("Rows of the old collection."),
            text: z.array(z.string()).describe("Where it stands and what to run, in sentences."),
        })
        .nullable()
        .describe("Where a detached migration stands (`migration.detach`), or the copy of an earlier one."),
    findings: z.array(
        z.strictObject({
            code: z.string().describe("As `MV101`."),
            severity: z.enum(["note", "warning", "error"]),
            path: z.string().describe("The argument that it is about: `fields[2].maxLength`."),
            message: z.string(),
            fix: z.string().nullable().describe("What to write instead."),
            allow: z.string().nullable().describe("Of a loss: what `migration.allow` takes."),
            url: z.string().describe("Where the code is explained."),
        }),
    ),
});

export type PlanJson = z.infer<typeof PlanJson>;

/** What a plan is about: the logical name, the rows where the plan has none, and where a detached migration stands. */
export interface PlanSubject {
    name: string;
    rows?: number;
    detached?: PlanJson["detached"];
}

export function planJson(plan: CollectionPlan, about: PlanSubject): PlanJson {
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
        retained: plan.retained.map(({ name, generation, until, rows: held = null, fate, why = null }) => ({
            name,
            generation,
            expires: until === undefined ? null : new Date(until).toISOString(),
            rows: held,
            fate,
            why,
        })),
        transform: transform === undefined ? null : { ...transform, rows: carried.rows ?? null },
        gate: moves ? gateJson(plan.target.migration.gate) : null,
        detached: about.detached ?? null,
        findings: plan.findings.map(({ fix = null, allow = null, ...found }) => ({
            ...found,
            fix,
            allow,
            url: pageOf(found.code),
        })),
    };
}

function gateJson(gate: Gate | undefined): PlanJson["gate"] {
    if (!gate) return null;
    const { queries = null, module = null, topK, baseline, minRecall, maxLatencyRatio = null } = gate;
    return { queries, module, topK, baseline, minRecall, maxLatencyRatio };
}
