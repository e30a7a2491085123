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
import { copyGrants } from "./lifecycle/copyGrants";
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
import { type Migration, shadowRef } from "./migration";
import { prepareCutover } from "./cutover/prepareCutover";
import type { Cutover } from "./cutover/cutover";
import { PausedCutover } from "./cutover/pausedCutover";
import { type CutoverRecord, cutoverProperty } from "./properties/cutoverRecord";
import { takeOverName } from "./cutover/renameCutover";

/**
 * Builds the new collection beside the old, copies every row, compares both, and hands over. Until the hand-over the old
 * collection serves untouched. A failure that may pass leaves the copy with its checkpoint for the next run to go on
 * with; any other removes it.
 */
export async function migrate(migration: Migration): Promise<Cutover> {
    const { source, target, marker, holder, report } = migration;
    const { client, capabilities, spec } = target;
    const old = {
        client: source.client,
        ref: { database: source.observed.database, name: source.observed.name },
    };
    const shadow = { client, ref: shadowRef(migration) };
    const keepsProperties = capabilities.alterProperties;
    const restoreSourceLoad = await loadTemporarily(old.client, old.ref, report);
    let swapping = false;
    try {
        const from = migration.resumed
            ? withPartitions(migration.resumed, partitionsToRead(migration.partitions))
            : await createShadow(migration, shadow);
        if (migration.resumed) await completePartitions(client, shadow.ref, spec, carriedBy(migration));
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
            await disallowExplicitKeys(client, shadow.ref, spec, capabilities);
            // A name that is taken over keeps its own; another cluster has other roles.
            if (!migration.takesName && source.client.isSameDatabase(client))
                await copyGrants(client, old.ref, shadow.ref, report);
            // A run that is cut after this may find the copy in service, and must not remove it.
            const markCopyLive = () =>
                markLive(client, shadow.ref, marker, capabilities, cutoverProperty(record));
            if (!migration.takesName) await markCopyLive();
            if (keepsProperties && source.client.isSameDatabase(client)) {
                const retain = spec.migration.keepPrevious;
                await nameSuccessor(client, old.ref, { ...target.ref, retain });
            }
            swapping = migration.takesName;
            if (swapping) await takeOverName(migration, cutover, shadow.ref, markCopyLive);
            await (swapping ? release() : rest());
            return cutover;
        } catch (error) {
            await release();
            await keepOrDropCopy(migration, shadow, error);
            throw error;
        }
    } finally {
        // After a swap the name is the new collection's, and the old one is about to be dropped: nothing hangs on this.
        if (!swapping) await restoreSourceLoad().catch(() => undefined);
    }
}

/** What tells whether a copy that is there already is the one that this migration would make. */
export function planOf({ source, target, mapping, partitions }: Omit<Migration, "report">): string {
    return planHash(source.generation, target.spec, mapping, partitions);
}

async function createShadow(migration: Migration, shadow: Endpoint): Promise<Checkpoint> {
    const { target, marker, partitions } = migration;
    const { spec, capabilities, client } = target;
    const checkpoint = firstCheckpoint(planOf(migration), partitionsToRead(partitions));
    const ownProperties = capabilities.alterProperties
        ? {
              ...checkpointProperty(checkpoint),
              ...mappingProperty(migration),
              ...(await leaseProperty(client, migration.holder)),
          }
        : {};
    await createWithMarker(
        client,
        shadow.ref,
        spec,
        marker,
        capabilities,
        carriedBy(migration),
        ownProperties,
    );
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
    const { spec, capabilities } = target;
    const { batchBytes, maxRowsPerSecond } = spec.migration;
    const { save, flushed } = createCheckpointSaver(shadow, capabilities.alterProperties, report);
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
        if (capabilities.alterProperties)
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

/** Proves that the copy holds what the source holds, and returns how to go on to the hand-over. */
async function verifyCopy(
    migration: Migration,
    old: Endpoint,
    shadow: Endpoint,
    copied: Copied,
    confirm: HeldLease["confirm"],
): Promise<{ cutover: Cutover; record: CutoverRecord }> {
    const { mapping, partitions, target, marker, source, holder, report } = migration;
    const { spec, capabilities } = target;
    const { batchBytes, verify, grace } = spec.migration;
    const common = { source: old, target: shadow, mapping, partitions, batchBytes, report };
    const follows = followsWrites(spec, mapping);
    const counted = follows ? undefined : copied.rows + copied.duplicates;
    const record = { phase: "copied", run: holder.run, followsWrites: follows, counted, spec } as const;
    if (counted !== undefined) {
        // Between two runs nobody has seen to it that writers were paused, and a count tells nothing of what they changed.
        const how = migration.resumed ? "full" : verify;
        await verifyRows({ ...common, copied: copied.rows, ranges: copied.ranges, verify: how });
        const keepsProperties = capabilities.alterProperties;
        const paused = { source: old, target: shadow, partitions, counted, grace, keepsProperties, report };
        return { cutover: new PausedCutover(paused), record };
    }
    const { ranges, rows: expected } = copied;
    const { generation } = source;
    const passes = { ...common, ranges, expected, confirm };
    const cutover = await prepareCutover({ ...passes, spec, capabilities, marker, generation, holder });
    return { cutover, record };
}

/**
 * A copy that the next run can go on with stays; another is removed. One that another run works on, or has put in service,
 * is no more ours.
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
            `${ref.name} stays as far as it is; the next \`pulumi up\` goes on from there. One of another program, or \`pulumi destroy\`, removes it`,
        );
        if (!followsWrites(target.spec, mapping))
            report.say(
                `This migration follows no writes: keep the writers paused until it has ended, or drop ${ref.name} before the next \`pulumi up\``,
            );
        return;
    }
    try {
        if (await isOurs(client, ref, keepsProperties ? holder : undefined))
            await dropCollection(client, ref);
    } catch {
        report.say(`${ref.name} could not be removed; the next \`pulumi up\` removes it and starts over`);
    }
}
