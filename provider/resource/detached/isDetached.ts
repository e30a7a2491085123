import type { CollectionPlan } from "../../plan/plan";

/** Whether a worker makes the copy of this plan. An empty collection has nothing that a worker could do. */
export function isDetached({ verdict, target, migration, rows }: CollectionPlan): boolean {
    if (verdict !== "migrate" || !target.migration.detach) return false;
    return migration?.rollbackTo === undefined && rows !== 0;
}
