import { listAliases } from "../../milvus/collection/aliases";
import { countRows } from "../../milvus/rows/rows";
import { followsWrites } from "../../plan/mapping/onlineWrites";
import type { RecoveryAction } from "../../plan/recovery/action";
import { BaselineFolder } from "../../migration/catchup/baselineFolder";
import { layoutOf } from "../../migration/baseline/baselineLayout";
import { type Comparison, differencesOf } from "../../migration/catchup/requireIdentical";
import type { Cutover } from "../../migration/cutover/cutover";
import { type CutoverInput, prepareCutover } from "../../migration/cutover/prepareCutover";
import { RunError } from "../../migration/errors";
import { load } from "../../migration/lifecycle/indexAndLoad";
import { loadTemporarily } from "../../migration/lifecycle/temporaryLoad";
import { liftFence } from "../../migration/lifecycle/writeFence";
import { readBaselineId } from "../../migration/properties/baselineId";
import { type CutoverRecord, readCutover } from "../../migration/properties/cutoverRecord";
import { dropLease, holdLease, noLease, takeLease } from "../../migration/properties/lease";
import { readMapping, type RecordedMapping } from "../../migration/properties/rowMapping";
import { fullRanges } from "../../migration/read/endpoint";
import { differencesText } from "../../migration/verify/differences";
import type { RecoveryWork } from "./execute";
import { reopenRecorded } from "./reopenRecorded";

type Resume = Extract<RecoveryAction, { kind: "resume-cutover" }>;

/**
 * The cutover of a copy whose alias has not moved. If another process of this run made the copy, its baseline or its row
 * count is used. After an interrupted run clients kept writing to the old collection: these writes are carried over before
 * the alias moves. Undefined if there is nothing to carry over. Errors: `MV343` if there were writes and this migration does
 * not carry over writes; `MV322` if another run works on the copy.
 */
export async function resumeCutover(resume: Resume, work: RecoveryWork): Promise<Cutover | undefined> {
    const { old, successor } = resume;
    const { client, capabilities, context } = work;
    const own = context.session.activeCutovers.bySource(old.marker.generation);
    // The cutover of this process: opening another one would overwrite its baseline.
    if (own) return own;
    const recorded = await readMapping(client, successor.ref);
    if (!recorded) return undefined;
    const record = await readCutover(client, successor.ref);
    const cutover =
        (await reopenOfThisRun(resume, recorded, record, work)) ??
        (await catchUpAgain(resume, recorded, record, work));
    const target = { client, capabilities, ref: successor.ref };
    if (cutover) context.session.activeCutovers.add(old.marker.generation, target, cutover);
    return cutover;
}

/** The cutover that another process of this run left. An interrupted run does not count: clients kept writing since. */
async function reopenOfThisRun(
    { old, successor }: Resume,
    { partitions }: RecordedMapping,
    record: CutoverRecord | undefined,
    work: RecoveryWork,
): Promise<Cutover | undefined> {
    const { client, capabilities, context } = work;
    if (record?.run !== context.session.run) return undefined;
    const { owner, generation: to } = successor.marker;
    const recorded = {
        source: { client, capabilities, ref: old.ref },
        target: { client, capabilities, ref: successor.ref },
        migration: { owner, from: old.marker.generation, to },
        // The alias has not moved, whatever the record says.
        record: { ...record, phase: "copied" as const },
        spec: record.spec,
        partitions,
    };
    return reopenRecorded(recorded, work);
}

async function catchUpAgain(
    { old, successor }: Resume,
    recorded: RecordedMapping,
    record: CutoverRecord | undefined,
    work: RecoveryWork,
): Promise<Cutover | undefined> {
    const { client, capabilities, context, report } = work;
    const { holder } = context.session;
    // The program may have changed how this run migrates since, because an error told it to: a longer pause of writes.
    const spec = { ...(record?.spec ?? work.spec), migration: work.spec.migration };
    const { batchBytes } = spec.migration;
    const source = { client, capabilities, ref: old.ref };
    const target = { client, capabilities, ref: successor.ref };
    const passes = { source, target, ...recorded, batchBytes, report };
    const keepsProperties = capabilities.alterProperties;
    if (keepsProperties) await takeLease(client, target.ref, holder, report);
    const { confirm, release } = keepsProperties ? holdLease(client, target.ref, holder, report) : noLease;
    try {
        // Checked again under the lease: the previous run may have continued and moved the alias itself.
        if ((await listAliases(client, target.ref)).length > 0) return undefined;
        await liftFence(source);
        // After a restart a server may have no collection loaded, as milvus-lite.
        await load(client, target.ref, spec, report);
        const { marker } = successor;
        const { generation } = old.marker;
        const { ownTarget, rekeyed } = layoutOf(recorded.mapping);
        const from = { owner: marker.owner, from: generation, to: marker.generation };
        const baselineId = await readBaselineId(client, target.ref);
        const left = ownTarget ? await BaselineFolder.find({ ...from, baselineId }) : undefined;
        if (!(record?.followsWrites ?? followsWrites(work.spec, recorded.mapping))) {
            await requireNoWrites(passes, "this migration does not follow writes");
            return undefined;
        }
        if (rekeyed && !left) {
            await requireNoWrites(
                passes,
                "the new keys of the rows are known only on the machine of that run",
            );
            return undefined;
        }
        report.say(
            `${old.ref.name}: the run that copied it was interrupted before the alias moved; carrying over the writes made since then`,
        );
        if (ownTarget && !left)
            report.say(
                `${target.ref.name}: this machine has no record of what the transform read, so it is asked for every row again`,
            );
        return await catchUp({ ...passes, confirm, spec, marker, generation, holder, left });
    } finally {
        await release();
        if (keepsProperties) await dropLease(client, target.ref);
    }
}

/** The last passes carry over the writes made during these ones, as in the interrupted run. */
async function catchUp(given: Omit<CutoverInput, "ranges" | "expected">): Promise<Cutover> {
    const { source, target, partitions, report } = given;
    const restoreSource = await loadTemporarily(source.client, source.ref, report);
    const restoreTarget = await loadTemporarily(target.client, target.ref, report);
    try {
        const expected = await countRows(source.client, source.ref);
        return await prepareCutover({ ...given, ranges: fullRanges(partitions, expected), expected });
    } finally {
        await restoreTarget();
        await restoreSource();
    }
}

/** Errors: `MV343` if rows differ. */
async function requireNoWrites(passes: Comparison, why: string): Promise<void> {
    const text = differencesText(await differencesOf(passes));
    if (text === undefined) return;
    const { source, target } = passes;
    throw new RunError(
        "MV343",
        `not moved: rows of ${source.ref.name} differ from ${target.ref.name}: ${text}. They were written since the run that ` +
            `copied it was interrupted, and ${why}. Copy them to ${target.ref.name} by hand, then run \`pulumi up\` again`,
    );
}
