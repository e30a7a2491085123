import { bytesText, rowsText } from "../finding/figures";
import type { CollectionPlan } from "../plan";
import { updateText } from "./updateText";

/** The steps of a plan in a few words each, in their order; none of a plan that does nothing. */
export function stepsOf(plan: CollectionPlan): string[] {
    if (plan.verdict === "update") return plan.updates.map(updateText);
    if (plan.verdict !== "migrate") return [];
    const { indexes, load, migration } = plan.target;
    const last = [
        plan.migration?.cutover === "rename" ? "swap the names" : "switch",
        plan.migration?.retainsPrevious ? "keep the old" : "drop the old",
    ];
    const rollbackTo = plan.migration?.rollbackTo;
    if (rollbackTo !== undefined)
        return [`take up ${rollbackTo} (kept)`, "bring over what was written since", ...last];
    const size = plan.bytes === undefined ? "" : ` (about ${bytesText(plan.bytes)})`;
    return [
        ...(plan.rows === 0 ? ["create the new"] : [`copy ${rowsText(plan.rows)}${size}`]),
        ...(indexes.length === 0 ? [] : [`build ${indexes.length === 1 ? "the index" : "the indexes"}`]),
        ...(load === undefined ? [] : ["load"]),
        ...(plan.rows === 0 ? [] : [migration.verify === "full" ? "verify every row" : "compare the counts"]),
        ...last,
    ];
}
