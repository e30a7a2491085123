import { bytesText, rowsText } from "../../inputs/report/figures";
import type { CollectionPlan } from "../plan";
import { updateText } from "./updateText";

/** The steps of a plan in order, a few words each; empty for a plan without steps. */
export function stepsOf(plan: CollectionPlan): string[] {
    if (plan.verdict === "update") return plan.updates.map(updateText);
    if (plan.verdict !== "migrate") return [];
    const { indexes, load, migration } = plan.target;
    const last = [
        ...(plan.target.migration.gate && plan.rows !== 0 ? ["ask the gate"] : []),
        plan.migration?.cutover === "rename" ? "swap names" : "cut over",
        plan.migration?.retainsPrevious ? "retain old collection" : "drop old collection",
    ];
    const rollbackTo = plan.migration?.rollbackTo;
    if (rollbackTo !== undefined) return [`restore ${rollbackTo}`, "carry over later writes", ...last];
    const size = plan.bytes === undefined ? "" : ` (about ${bytesText(plan.bytes)})`;
    return [
        ...(plan.rows === 0 ? ["create new collection"] : [`copy ${rowsText(plan.rows)}${size}`]),
        ...(indexes.length === 0 ? [] : [`build ${indexes.length === 1 ? "index" : "indexes"}`]),
        ...(load === undefined ? [] : ["load"]),
        ...(plan.rows === 0 ? [] : [migration.verify === "full" ? "verify every row" : "compare row counts"]),
        ...last,
    ];
}
