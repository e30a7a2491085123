import { dropCollection } from "../milvus/collection/collections";
import { flush } from "../milvus/rows/rows";
import type { RowMapping } from "../plan/mapping/mapping";
import { followsWrites } from "../plan/mapping/onlineWrites";
import {
    type Checkpoint,
    checkpointProperty,
    firstCheckpoint,
    planHash,
    saveCheckpoint,
    withPartitions,
} from "./properties/checkpoint";
import { type Copied, copyRows } from "./copy/copyRows";
import { disallowExplicitKeys, completePartitions, createWithMarker } from "./lifecycle/create";
import { isRetryable } from "./errors";
import { copyGrants, settleGrants } from "./lifecycle/copyGrants";
import { mappingProperty } from "./properties/rowMapping";
import { dropLease, type HeldLease, holdLease, isOurs, leaseProperty, noLease } from "./properties/lease";
import { keysBeyondCheckpoint, type SentKeys } from "./copy/resume";
import { loadTemporarily } from "./lifecycle/temporaryLoad";
import type { Report } from "./report";
import { createCheckpointSaver } from "./copy/checkpointSaver";
import { buildIndexes, load } from "./lifecycle/indexAndLoad";
import { type Endpoint, partitionsToRead } from "./read/endpoint";
import { nameSuccessor } from "./properties/successor";
import { verifyRows } from "./verify/verifyRows";
import { markLive } from "./lifecycle/build";
import { type Migration, shadowRef, sourceOf } from "./migration";
import { prepareCutover } from "./cutover/prepareCutover";
import type { Cutover } from "./cutover/cutover";
import { PausedCutover } from "./cutover/pausedCutover";
import { type CutoverRecord, cutoverProperty } from "./properties/cutoverRecord";
import { takeOverName } from "./cutover/renameCutover";

/**
 * Builds the new collection beside the old one, copies every row, compares both, and returns the cutover. The old
 * collection keeps serving unchanged until the cutover. After a retryable error the copy and its checkpoint are kept
 * for the next run; after any other error the copy is dropped.
 */
export async function migrate(migration: Migration): Promise<Cutover> {
    const { source, target, marker, holder, report } = migration;
    const { client, capabilities, spec } = target;
    const old = sourceOf(migration);
    const shadow = { client, capabilities, ref: shadowRef(migration) };
    const keepsProperties = capabilities.alterProperties;
    const restoreSourceLoad = await loadTemporarily(old.client, old.ref, report);
    let swapping = false;
    try {
        const from = migration.resumed
            ? withPartitions(migration.resumed, partitionsToRead(migration.partitions))
            : await createShadow(migration, shadow);
        if (migration.resumed) await completePartitions(shadow, spec, carriedBy(migration));
        const { confirm, release, rest } = keepsProperties ? holdLease(client, shadow.ref, holder) : noLease;
        try {
            const copied = await copy(migration, old, shadow, from, confirm);
            report.say(
                `copied ${copied.rows} rows from ${old.ref.name} to ${shadow.ref.name}; building indexes`,
            );
            await flush(client, shadow.ref);
            await buildIndexes(client, shadow.ref, spec, report);
            await load(client, shadow.ref, spec, report);
            const restoreTargetLoad = await loadTemporarily(client, shadow.ref, report);
            const { cutover, record } = await verifyCopy(migration, old, shadow, copied, confirm);
            await restoreTargetLoad();
            await confirm();
            await disallowExplicitKeys(shadow, spec);
            // Another cluster has other roles. A name that is taken over does not keep its grants on every server.
            const grants = source.client.isSameDatabase(client)
                ? await copyGrants(client, old.ref, shadow.ref, report)
                : [];
            // If the run is interrupted after this, the copy may be in service, and no later run may drop it.
            const markCopyLive = () => markLive(shadow, marker, cutoverProperty(record));
            if (!migration.takesName) await markCopyLive();
            if (keepsProperties && source.client.isSameDatabase(client)) {
                const retain = spec.migration.keepPrevious;
                await nameSuccessor(client, old.ref, { ...target.ref, retain });
            }
            swapping = migration.takesName;
            if (swapping) {
                await takeOverName(migration, cutover, shadow.ref, markCopyLive);
                await settleGrants(client, target.ref, shadow.ref, grants, report);
            }
            await (swapping ? release() : rest());
            return cutover;
        } catch (error) {
            await release();
            await keepOrDropCopy(migration, shadow, error);
            throw error;
        }
    } finally {
        // After a swap the name belongs to the new collection, and the old one is about to be dropped. A failure here
        // has no effect.
        if (!swapping) await restoreSourceLoad().catch(() => undefined);
    }
}

/** The hash that tells whether an existing copy is the one that this migration would create. */
export function planOf({ source, target, mapping, partitions }: Omit<Migration, "report">): string {
    return planHash(source.generation, target.spec, mapping, partitions);
}

async function createShadow(migration: Migration, shadow: Endpoint): Promise<Checkpoint> {
    const { target, marker, partitions } = migration;
    const { spec } = target;
    const { client, capabilities } = shadow;
    const checkpoint = firstCheckpoint(planOf(migration), partitionsToRead(partitions));
    const ownProperties = capabilities.alterProperties
        ? {
              ...checkpointProperty(checkpoint),
              ...mappingProperty(migration),
              ...(await leaseProperty(client, migration.holder)),
          }
        : {};
    await createWithMarker(shadow, spec, marker, carriedBy(migration), ownProperties);
    return checkpoint;
}

const carriedBy = ({ partitions }: Migration): readonly string[] =>
    partitions.kind === "by-name" ? partitions.carried : [];

async function copy(
    { mapping, partitions, target, resumed, report }: Migration,
    old: Endpoint,
    shadow: Endpoint,
    from: Checkpoint,
    confirm: HeldLease["confirm"],
): Promise<Copied> {
    const { spec } = target;
    const { batchBytes, maxRowsPerSecond } = spec.migration;
    const { save, flushed } = createCheckpointSaver(shadow, report);
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
            ...(resumed && { sent: await sentKeys(shadow, mapping, resumed, report) }),
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
    const close = await loadTemporarily(shadow.client, shadow.ref, report);
    const sent = await keysBeyondCheckpoint({ target: shadow, mapping }, ranges);
    await close();
    return sent;
}

/** Verifies that the copy equals the source, and returns the cutover with the record that describes it. */
async function verifyCopy(
    migration: Migration,
    old: Endpoint,
    shadow: Endpoint,
    copied: Copied,
    confirm: HeldLease["confirm"],
): Promise<{ cutover: Cutover; record: CutoverRecord }> {
    const { mapping, partitions, target, marker, source, holder, report } = migration;
    const { spec } = target;
    const { batchBytes, verify, grace } = spec.migration;
    const common = { source: old, target: shadow, mapping, partitions, batchBytes, report };
    const follows = followsWrites(spec, mapping);
    const counted = follows ? undefined : copied.rows + copied.duplicates;
    const record = { phase: "copied", run: holder.run, followsWrites: follows, counted, spec } as const;
    if (counted !== undefined) {
        // Between two runs nothing checked that the writers were paused, and a count does not show changed rows.
        const how = migration.resumed ? "full" : verify;
        await verifyRows({ ...common, copied: copied.rows, ranges: copied.ranges, verify: how });
        const paused = { source: old, target: shadow, partitions, counted, grace, report };
        return { cutover: new PausedCutover(paused), record };
    }
    const { ranges, duplicates, rows: expected } = copied;
    const { generation } = source;
    const passes = { ...common, ranges, duplicates, expected, confirm };
    const cutover = await prepareCutover({ ...passes, spec, marker, generation, holder });
    return { cutover, record };
}

/**
 * Keeps a copy that the next run can resume, and drops any other. A copy that another run works on, or has put in
 * service, no longer belongs to this run.
 */
async function keepOrDropCopy(
    { target, mapping, holder, report }: Migration,
    { client, ref }: Endpoint,
    error: unknown,
): Promise<void> {
    const keepsProperties = target.capabilities.alterProperties;
    if (keepsProperties && isRetryable(error)) {
        if (await isOurs(client, ref, holder).catch(() => false)) await dropLease(client, ref);
        report.say(
            `${ref.name} is kept; the next \`pulumi up\` resumes the copy. \`pulumi up\` with another program, or \`pulumi destroy\`, drops it`,
        );
        if (!followsWrites(target.spec, mapping))
            report.say(
                `This migration does not carry over writes: keep the writers paused until it has finished, or drop ${ref.name} before the next \`pulumi up\``,
            );
        return;
    }
    try {
        if (await isOurs(client, ref, keepsProperties ? holder : undefined))
            await dropCollection(client, ref);
    } catch {
        report.say(`${ref.name} could not be dropped; the next \`pulumi up\` drops it and starts again`);
    }
}
