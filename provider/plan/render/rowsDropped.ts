import type { CollectionPlan } from "../plan";

/** Rows in partitions that a migration does not carry over, as far as they were counted. */
export function rowsDropped({
    migration,
    statistics,
}: Pick<CollectionPlan, "migration" | "statistics">): number {
    if (migration?.partitions.kind !== "by-name") return 0;
    return migration.partitions.dropped.reduce(
        (rows, name) => rows + (statistics.inPartition?.[name] ?? 0),
        0,
    );
}

/** A plan with the figures of the rows that come along, in the place of those of all rows. */
export function withoutDroppedRows<Plan extends CollectionPlan>(plan: Plan): Plan {
    const { rows: all, bytes, seconds } = plan;
    const left = rowsDropped(plan);
    if (left === 0 || all === undefined) return plan;
    const rows = Math.max(0, all - left);
    // A row of one partition is as large as another's, for all that anybody has looked at.
    const share = all === 0 ? 0 : rows / all;
    return {
        ...plan,
        rows,
        bytes: bytes === undefined ? undefined : Math.round(bytes * share),
        seconds: seconds === undefined ? undefined : seconds * share,
    };
}
