import { changeText } from "./changeText";
import { bytesText, rowsText, timeText } from "../finding/figures";
import type { Finding } from "../finding/finding";
import { rowsDropped, withoutDroppedRows } from "./rowsDropped";
import { peakMemory } from "./memory";
import type { CollectionPlan } from "../plan";
import { stepsOf } from "./stepText";

/**
 * A plan as a person reads it in a preview: the verdict, a line for each change, the steps, the findings. Lines are
 * short enough for the log of a pipeline. A plan that does nothing has no text.
 *
 * @param about the collection's name in the program, and its rows where the plan does not know them
 */
export function renderPlan(plan: CollectionPlan, about: { name: string; rows?: number }): string[] {
    if (plan.verdict === "none") return [];
    const carried = withoutDroppedRows({ ...plan, rows: plan.rows ?? about.rows });
    const changes = plan.changes.filter(({ kind }) => plan.verdict === "state-only" || kind !== "state-only");
    const steps = stepsOf(carried);
    return [
        `${about.name}: ${headline(carried)}`,
        ...changes.map((change) => `  ${changeText(change, carried)}`),
        ...whyLines(carried),
        ...(steps.length === 0 ? [] : [`  steps: ${steps.join(", ")}`]),
        ...transformLines(carried),
        ...figureLines(carried, plan.bytes),
        ...plan.findings.flatMap(findingLines),
    ];
}

function headline(plan: CollectionPlan): string {
    switch (plan.verdict) {
        case "none":
            return "no changes";
        case "state-only":
            return "recorded in the state, nothing to do on the server";
        case "update":
            return "change in place, no row moves";
        case "migrate":
            if (plan.migration?.rollbackTo !== undefined)
                return `go back to ${plan.migration.rollbackTo}, with what was written since`;
            if (plan.rows === 0)
                return `replace the collection, ${rowsDropped(plan) > 0 ? "none of its rows comes along" : "it has no rows"}`;
            return `migrate ${rowsText(plan.rows)} into a new collection, then switch`;
        case "blocked":
            return "cannot be done like this; nothing is touched";
    }
}

/** Why rows move: what of it the server does not do in place. */
function whyLines({ verdict, reasons }: CollectionPlan): string[] {
    return verdict === "migrate" || verdict === "blocked" ? reasons.map((reason) => `  why: ${reason}`) : [];
}

function transformLines({ migration, rows }: CollectionPlan): string[] {
    const transform = migration?.mapping.transform;
    if (transform === undefined || rows === 0) return [];
    const { module, fields, batchRows, concurrency } = transform;
    const calls = concurrency === 1 ? "one call" : `${concurrency} calls`;
    return [
        `  transform: ${rowsText(rows)} through ${module}, for ${fields.join(", ")}`,
        `    ${rowsText(batchRows)} a call at most, ${calls} at once`,
    ];
}

/** `bytes` of all rows: those that do not come along are loaded until the switch, too. */
function figureLines(plan: CollectionPlan, bytes: number | undefined): string[] {
    if (plan.verdict !== "migrate") return [];
    const memory = peakMemory(plan.target, bytes);
    return [
        ...(plan.seconds === undefined || plan.rows === 0 ? [] : [`  time: about ${timeText(plan.seconds)}`]),
        ...(memory === undefined
            ? []
            : [`  memory: both stay loaded until the switch, about ${bytesText(memory)} of rows`]),
    ];
}

function findingLines({ severity, path, message, code, fix }: Finding): string[] {
    const first = `  ${severity}: ${path}: ${message} [${code}]`;
    return fix === undefined ? [first] : [first, `    fix: ${fix}`];
}
