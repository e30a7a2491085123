import { graceOf } from "../../observe/grace";
import { BaselineFolder } from "../../migration/catchup/baselineFolder";
import type { Cutover } from "../../migration/cutover/cutover";
import { PausedCutover } from "../../migration/cutover/pausedCutover";
import { reopenCutover } from "../../migration/cutover/prepareCutover";
import { readBaselineId } from "../../migration/properties/baselineId";
import type { CutoverRecord, CutoverSpec } from "../../migration/properties/cutoverRecord";
import type { Endpoint } from "../../migration/read/endpoint";
import type { PartitionMapping } from "../../plan/mapping/mapping";
import type { RecoveryWork } from "./execute";

/** A cutover that another process of this run, or an earlier run, has begun. */
export interface RecordedCutover {
    source: Endpoint;
    target: Endpoint;
    /** The migration of the baseline: its owner at that time, and the generations of both collections. */
    migration: { owner: string; from: string; to: string };
    /** Undefined where an earlier release made the copy, or its server stores no properties. */
    record: CutoverRecord | undefined;
    spec: CutoverSpec;
    /** Undefined where the copy does not record how its rows were made. */
    partitions: PartitionMapping | undefined;
}

/**
 * Opens the cutover again from the baseline on this machine, or from the row count, if writers were paused in this same
 * run. Between two runs nothing checks that, and a count proves nothing. Undefined without either.
 */
export async function reopenRecorded(
    { source, target, migration, record, spec, partitions }: RecordedCutover,
    { context, report }: Pick<RecoveryWork, "context" | "report">,
): Promise<Cutover | undefined> {
    const { run, holder } = context.session;
    const { batchBytes } = spec.migration;
    const phase = record?.phase ?? "copied";
    const baselineId = await readBaselineId(target.client, target.ref);
    const found = await BaselineFolder.find({ ...migration, baselineId });
    if (found) return reopenCutover(found, { source, target, batchBytes, report }, { spec, holder }, phase);
    if (record?.run !== run || record.counted === undefined || !partitions) return undefined;
    const { counted } = record;
    const grace = await graceOf(source, spec.migration.grace);
    return new PausedCutover({ source, target, partitions, counted, grace, report }, phase);
}
