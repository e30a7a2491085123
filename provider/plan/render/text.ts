import { changeText } from "./changeText";
import { bytesText, rowsText, timeText } from "../../inputs/report/figures";
import type { Finding } from "../finding/finding";
import { rowsDropped, withoutDroppedRows } from "./rowsDropped";
import { gateText } from "../gate";
import { peakMemory } from "./memory";
import { seePage } from "../../inputs/report/page";
import { type CollectionPlan, dropsExpired } from "../plan";
import { retainedLines } from "./retainedText";
import { stepsOf } from "./stepText";

/**
 * The text of a plan in a preview: the verdict, a line for each change, the steps, the findings. Lines are short enough
 * for a pipeline's log. A plan without changes has no text, unless something retained has a time.
 *
 * @param about the logical name of the resource, and the number of rows where the plan lacks it
 */
export function renderPlan(plan: CollectionPlan, about: { name: string; rows?: number }): string[] {
    const retained = retainedLines(plan.retained, plan.verdict === "migrate");
    if (plan.verdict === "none" && retained.length === 0) return [];
    const carried = withoutDroppedRows({ ...plan, rows: plan.rows ?? about.rows });
    const changes = plan.changes.filter(({ kind }) => plan.verdict === "state-only" || kind !== "state-only");
    const steps = stepsOf(carried);
    return [
        `${about.name}: ${headline(carried)}`,
        ...changes.map((change) => `  ${changeText(change, carried)}`),
        ...whyLines(carried),
        ...(steps.length === 0 ? [] : [`  steps: ${steps.join(", ")}`]),
        ...retained,
        ...transformLines(carried),
        ...gateLines(carried),
        ...figureLines(carried, plan.bytes),
        ...findingLines(plan.findings),
    ];
}

function headline(plan: CollectionPlan): string {
    switch (plan.verdict) {
        case "none":
            return dropsExpired(plan) ? "the collection does not change" : "no changes";
        case "state-only":
            return "only the state is updated, the server does not change";
        case "update":
            return "change in place, no rows are copied";
        case "migrate":
            if (plan.migration?.rollbackTo !== undefined)
                return `roll back to ${plan.migration.rollbackTo}, with the writes made since`;
            if (plan.rows === 0)
                return `replace the collection, ${rowsDropped(plan) > 0 ? "all of its rows are dropped" : "it has no rows"}`;
            return `migrate ${rowsText(plan.rows)} to a new collection, then cut over`;
        case "blocked":
            return "blocked; no changes made";
    }
}

/** Why a new collection is needed: what the server cannot change in place. */
function whyLines({ verdict, reasons }: CollectionPlan): string[] {
    return verdict === "migrate" || verdict === "blocked" ? reasons.map((reason) => `  why: ${reason}`) : [];
}

function transformLines({ migration, rows }: CollectionPlan): string[] {
    const transform = migration?.mapping.transform;
    if (transform === undefined || rows === 0) return [];
    const { module, fields, batchRows, concurrency } = transform;
    const calls = concurrency === 1 ? "one call" : `${concurrency} calls`;
    return [
        `  transform: ${module} computes ${fields.join(", ")} for ${rowsText(rows)}`,
        `    at most ${rowsText(batchRows)} per call, ${calls} at a time`,
    ];
}

function gateLines({ verdict, target, rows }: CollectionPlan): string[] {
    const gate = gateText(target);
    if (verdict !== "migrate" || gate === undefined || rows === 0) return [];
    return [`  gate: ${gate.asks}`, `    ${gate.bar}`];
}

/** @param bytes size of all rows: rows that are not carried over also stay loaded until the cutover */
function figureLines(plan: CollectionPlan, bytes: number | undefined): string[] {
    if (plan.verdict !== "migrate") return [];
    const memory = peakMemory(plan.target, bytes);
    return [
        ...(plan.seconds === undefined || plan.rows === 0 ? [] : [`  time: about ${timeText(plan.seconds)}`]),
        ...(memory === undefined
            ? []
            : [
                  `  memory: about ${bytesText(memory)} of rows, both collections are loaded until the cutover`,
              ]),
    ];
}

/** A note needs nobody's attention, and the page of a code stands in a plan once. */
function findingLines(findings: readonly Finding[]): string[] {
    const told = new Set<string>();
    return findings.flatMap(({ severity, path, message, code, fix }) => {
        const isTold = severity === "note" || told.has(code);
        if (!isTold) told.add(code);
        return [
            `  ${severity}: ${path}: ${message} [${code}]`,
            ...(fix === undefined ? [] : [`    fix: ${fix}`]),
            ...(isTold ? [] : [`    ${seePage(code)}`]),
        ];
    });
}
