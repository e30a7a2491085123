import { changeText } from "./changeText";
import { bytesText, rowsText } from "./figures";
import type { Finding } from "./finding";
import type { CollectionPlan } from "./plan";
import { updateText } from "./updateText";

/**
 * A plan as a person reads it in a preview: the verdict, a line for each change, the steps, the findings. Lines are
 * short enough for the log of a pipeline. A plan that does nothing has no text.
 *
 * @param about the collection's name in the program, and its rows where the plan does not know them
 */
export function renderPlan(plan: CollectionPlan, about: { name: string; rows?: number }): string[] {
    if (plan.verdict === "none") return [];
    const told = { ...plan, rows: plan.rows ?? about.rows };
    const changes = plan.changes.filter(({ kind }) => plan.verdict === "settings" || kind !== "settings");
    return [
        `${about.name}: ${headline(told)}`,
        ...changes.map((change) => `  ${changeText(change, told)}`),
        ...stepLines(told),
        ...plan.findings.flatMap(findingLines),
    ];
}

function headline(plan: CollectionPlan): string {
    switch (plan.verdict) {
        case "none":
            return "no changes";
        case "settings":
            return "recorded in the state, nothing to do on the server";
        case "update":
            return "change in place, no row moves";
        case "migrate":
            return plan.rows === 0
                ? "replace the collection, it has no rows"
                : `migrate ${rowsText(plan.rows)} into a new collection, then switch`;
        case "refuse":
            return "cannot be done like this; nothing is touched";
    }
}

function stepLines(plan: CollectionPlan): string[] {
    if (plan.verdict === "update" && plan.updates.length > 0) {
        return [`  steps: ${plan.updates.map(updateText).join(", ")}`];
    }
    if (plan.verdict !== "migrate") return [];
    const { indexes, load, migration } = plan.target;
    const size = plan.bytes === undefined ? "" : ` (about ${bytesText(plan.bytes)})`;
    const steps = [
        ...(plan.rows === 0 ? ["create the new"] : [`copy ${rowsText(plan.rows)}${size}`]),
        ...(indexes.length === 0 ? [] : [`build ${indexes.length === 1 ? "the index" : "the indexes"}`]),
        ...(load === undefined ? [] : ["load"]),
        ...(plan.rows === 0 ? [] : [migration.verify === "full" ? "verify every row" : "compare the counts"]),
        plan.migration?.handover === "rename" ? "swap the names" : "switch",
        "drop the old",
    ];
    const memory =
        load === undefined || plan.bytes === undefined
            ? []
            : [`  memory: both stay loaded until the switch, about ${bytesText(2 * plan.bytes)} of rows`];
    return [`  steps: ${steps.join(", ")}`, ...memory];
}

function findingLines({ severity, path, message, code, fix }: Finding): string[] {
    const first = `  ${severity}: ${path}: ${message} [${code}]`;
    return fix === undefined ? [first] : [first, `    fix: ${fix}`];
}
