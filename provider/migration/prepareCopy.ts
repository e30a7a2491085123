import { rowsText } from "../inputs/report/figures";
import { graceOf } from "../observe/grace";
import type { RowMapping } from "../plan/mapping/mapping";
import { followsWrites } from "../plan/mapping/onlineWrites";
import { type Copied, copyRows } from "./copy/copyRows";
import type { CopyRecord } from "./copy/copyRecord";
import { createCheckpointSaver } from "./copy/checkpointSaver";
import { keysBeyondCheckpoint, type SentKeys } from "./copy/resume";
import type { Cutover } from "./cutover/cutover";
import { PausedCutover } from "./cutover/pausedCutover";
import { prepareCutover } from "./cutover/prepareCutover";
import { load } from "./lifecycle/indexAndLoad";
import { loadEarly, storeAndIndex } from "./lifecycle/smallCopy";
import { loadTemporarily } from "./lifecycle/temporaryLoad";
import type { Migration } from "./migration";
import { type Checkpoint, saveCheckpoint } from "./properties/checkpoint";
import type { CutoverRecord } from "./properties/cutoverRecord";
import type { HeldLease } from "./properties/lease";
import type { Endpoint } from "./read/endpoint";
import { during, type Report } from "./report";
import { verifyRows } from "./verify/verifyRows";

/** A copy that equals its source but for writes made since. */
export interface ReadyCopy {
    cutover: Cutover;
    record: CutoverRecord;
}

/** Both collections of a migration, and who may write to the new one. */
export interface CopyWork {
    old: Endpoint;
    shadow: Endpoint;
    /** Where the copy stands. */
    from: Checkpoint;
    confirm: HeldLease["confirm"];
    /** What the copy makes of each row, where the catch-up needs that. Default: it does not. */
    copyRecord?: CopyRecord | undefined;
    /** Runs once both sides are verified, while both are loaded. Default: nothing does. */
    check?: () => Promise<void>;
}

/** Copies every row that is missing, builds the indexes, loads, and compares both sides. Changes nothing that clients use. */
export async function prepareCopy(migration: Migration, work: CopyWork): Promise<ReadyCopy> {
    const { spec } = migration.target;
    const { report } = migration;
    const { old, shadow, confirm, check } = work;
    const { entering } = migration.detached ?? {};
    const { client, ref } = shadow;
    await entering?.("copying");
    report.measure?.begin({ source: old, target: shadow, resumedRows: work.from.rows });
    // The keys that an interrupted run has sent are read with a load of their own.
    if (!migration.resumed) await loadEarly(old, shadow, spec);
    const copied = await during(report, "copy", () => copy(migration, work));
    report.say(`copied ${rowsText(copied.rows)} from ${old.ref.name} to ${ref.name}; building indexes`);
    await entering?.("indexing");
    const untilStored = await during(report, "index", () => storeAndIndex(shadow, spec, copied.rows, report));
    await during(report, "load", () => load(client, ref, spec, report));
    const restoreTargetLoad = await loadTemporarily(client, ref, report);
    await entering?.("verifying");
    const ready = await during(report, "verify", () => verifyCopy(migration, work, copied));
    await check?.();
    await untilStored();
    await restoreTargetLoad();
    await confirm();
    report.measure?.cutover(ready.cutover.phase);
    return ready;
}

async function copy(
    { mapping, partitions, target, resumed, report }: Migration,
    { old, shadow, from, confirm, copyRecord }: CopyWork,
): Promise<Copied> {
    const { spec } = target;
    const { batchBytes, maxRowsPerSecond } = spec.migration;
    const { save, flushed } = createCheckpointSaver(shadow, report);
    const sent = resumed && (await sentKeys(shadow, mapping, resumed, report));
    if (resumed && sent) await copyRecord?.resume(resumed.ranges, sent);
    try {
        const copied = await copyRows({
            source: old,
            target: shadow,
            mapping,
            partitions,
            batchBytes,
            maxRowsPerSecond,
            followed: followsWrites(spec, mapping),
            from,
            ...(sent && { sent }),
            record: copyRecord,
            confirm,
            save,
            report,
        });
        if (shadow.capabilities.alterProperties)
            await saveCheckpoint(shadow.client, shadow.ref, { plan: from.plan, ...copied });
        return copied;
    } finally {
        await flushed();
    }
}

async function sentKeys(
    shadow: Endpoint,
    mapping: RowMapping,
    { ranges }: Checkpoint,
    report: Report,
): Promise<SentKeys> {
    if (ranges.every(({ done }) => done)) return new Map();
    const close = await loadTemporarily(shadow.client, shadow.ref, report);
    const sent = await keysBeyondCheckpoint({ target: shadow, mapping }, ranges);
    await close();
    return sent;
}

/** Verifies that the copy equals the source, and returns the cutover with the record that describes it. */
async function verifyCopy(
    migration: Migration,
    { old, shadow, confirm, copyRecord }: CopyWork,
    copied: Copied,
): Promise<ReadyCopy> {
    const { mapping, partitions, target, marker, source, holder, report } = migration;
    const { spec } = target;
    const { batchBytes, verify } = spec.migration;
    const common = { source: old, target: shadow, mapping, partitions, batchBytes, report };
    const follows = followsWrites(spec, mapping);
    const counted = follows ? undefined : copied.rows + copied.duplicates;
    const record = { phase: "copied", run: holder.run, followsWrites: follows, counted, spec } as const;
    if (counted !== undefined) {
        // Between two runs nothing checked that the writers were paused, and a count does not show changed rows.
        const how = migration.resumed ? "full" : verify;
        await verifyRows({ ...common, copied: copied.rows, ranges: copied.ranges, verify: how });
        const grace = await graceOf(old, spec.migration.grace);
        const paused = { source: old, target: shadow, partitions, counted, grace, report };
        return { cutover: new PausedCutover(paused), record };
    }
    const { ranges, duplicates, rows: expected } = copied;
    const { generation } = source;
    const passes = { ...common, ranges, duplicates, expected, confirm, record: copyRecord };
    const cutover = await prepareCutover({ ...passes, spec, marker, generation, holder });
    return { cutover, record };
}
