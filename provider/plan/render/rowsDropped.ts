import type { CollectionPlan } from "../plan";

/** Number of counted rows in partitions that a migration does not carry over. */
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

/** The plan with the figures of the rows that are carried over, instead of those of all rows. */
export function withoutDroppedRows<Plan extends CollectionPlan>(plan: Plan): Plan {
    const { rows: all, bytes, seconds } = plan;
    const left = rowsDropped(plan);
    if (left === 0 || all === undefined) return plan;
    const rows = Math.max(0, all - left);
    // The sample says nothing about single partitions, so all rows count as equally large.
    const share = all === 0 ? 0 : rows / all;
    return {
        ...plan,
        rows,
        bytes: bytes === undefined ? undefined : Math.round(bytes * share),
        seconds: seconds === undefined ? undefined : seconds * share,
    };
}
