import { dropCollection } from "../milvus/collections";
import { flush } from "../milvus/rows";
import type { RowMapping } from "../plan/mapping/mapping";
import { followsWrites } from "../plan/mapping/onlineWrites";
import {
    type Checkpoint,
    checkpointProperty,
    firstCheckpoint,
    planHash,
    saveCheckpoint,
    withWays,
} from "./properties/checkpoint";
import { type Copied, copyRows } from "./copy/copyRows";
import { closeKeys, completePartitions, createStamped } from "./lifecycle/create";
import { isRetryable } from "./errors";
import { copyGrants } from "./lifecycle/copyGrants";
import { mappingProperty } from "./properties/rowMapping";
import { dropLease, type HeldLease, holdLease, isOurs, leaseProperty, noLease } from "./properties/lease";
import { keysBeyond, type SentKeys } from "./copy/resume";
import { makeReadable } from "./lifecycle/temporaryLoad";
import type { Report } from "./report";
import { saver } from "./copy/checkpointSaver";
import { buildIndexes, load } from "./lifecycle/indexAndLoad";
import { type Side, ways } from "./read/endpoint";
import { nameSuccessor } from "./properties/successor";
import { verifyRows } from "./verify/verifyRows";
import { markLive } from "./lifecycle/build";
import { type Migration, shadowRef } from "./migration";
import { follow } from "./cutover/prepareCutover";
import { type Handover, pausedHandover } from "./cutover/cutover";
import { takeName } from "./cutover/renameCutover";

/**
 * Builds the new collection beside the old, copies every row, compares both, and hands over. Until the hand-over the old
 * collection serves untouched. A failure that may pass leaves the copy with its checkpoint for the next run to go on
 * with; any other removes it.
 */
export async function migrate(migration: Migration): Promise<Handover> {
    const { source, target, stamp, report } = migration;
    const { client, capabilities, spec } = target;
    const old = {
        client: source.client,
        ref: { database: source.observed.database, name: source.observed.name },
    };
    const shadow = { client, ref: shadowRef(migration) };
    const marks = capabilities.alterProperties;
    const closeSource = await makeReadable(old.client, old.ref, report);
    let swapping = false;
    try {
        const from = migration.resumed
            ? withWays(migration.resumed, ways(migration.partitions))
            : await begin(migration, shadow);
        if (migration.resumed) await completePartitions(client, shadow.ref, spec, carriedBy(migration));
        const { confirm, release } = marks ? holdLease(client, shadow.ref) : noLease;
        try {
            const copied = await copy(migration, old, shadow, from, confirm);
            report.say(
                `copied ${copied.rows} rows from ${old.ref.name} to ${shadow.ref.name}; building indexes`,
            );
            await flush(client, shadow.ref);
            await buildIndexes(client, shadow.ref, spec, report);
            await load(client, shadow.ref, spec, report);
            const closeTarget = await makeReadable(client, shadow.ref, report);
            const handover = await prove(migration, old, shadow, copied, confirm);
            await closeTarget();
            await confirm();
            await closeKeys(client, shadow.ref, spec, capabilities);
            // A name that is taken over keeps its own; another cluster has other roles.
            if (!migration.takesName && source.client.isAlike(client))
                await copyGrants(client, old.ref, shadow.ref, report);
            // A run that is cut after this may find the copy in service, and must not remove it.
            const mark = () => markLive(client, shadow.ref, stamp, capabilities);
            if (!migration.takesName) await mark();
            if (marks && source.client.isAlike(client)) {
                const keep = spec.migration.keepPrevious;
                await nameSuccessor(client, old.ref, { ...target.ref, keep });
            }
            swapping = migration.takesName;
            if (swapping) await takeName(migration, handover, shadow.ref, mark);
            await release();
            return handover;
        } catch (error) {
            await release();
            await leave(migration, shadow, error);
            throw error;
        }
    } finally {
        // After a swap the name is the new collection's, and the old one is about to be dropped: nothing hangs on this.
        if (!swapping) await closeSource().catch(() => undefined);
    }
}

/** What tells whether a copy that is there already is the one that this migration would make. */
export function planOf({ source, target, mapping, partitions }: Omit<Migration, "report">): string {
    return planHash(source.generation, target.spec, mapping, partitions);
}

async function begin(migration: Migration, shadow: Side): Promise<Checkpoint> {
    const { target, stamp, partitions } = migration;
    const { spec, capabilities, client } = target;
    const checkpoint = firstCheckpoint(planOf(migration), ways(partitions));
    const marks = capabilities.alterProperties
        ? {
              ...checkpointProperty(checkpoint),
              ...mappingProperty(migration),
              ...(await leaseProperty(client)),
          }
        : {};
    await createStamped(client, shadow.ref, spec, stamp, capabilities, carriedBy(migration), marks);
    return checkpoint;
}

const carriedBy = ({ partitions }: Migration): readonly string[] =>
    partitions.kind === "by-name" ? partitions.carried : [];

async function copy(
    { mapping, partitions, target, resumed, report }: Migration,
    old: Side,
    shadow: Side,
    from: Checkpoint,
    confirm: HeldLease["confirm"],
): Promise<Copied> {
    const { spec, capabilities } = target;
    const { batchBytes, maxRowsPerSecond } = spec.migration;
    const { save, settled } = saver(shadow, capabilities.alterProperties, report);
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
        await settled();
    }
}

async function sentKeys(
    shadow: Side,
    mapping: RowMapping,
    { ranges }: Checkpoint,
    report: Report,
): Promise<SentKeys> {
    const close = await makeReadable(shadow.client, shadow.ref, report);
    const sent = await keysBeyond({ target: shadow, mapping }, ranges);
    await close();
    return sent;
}

/** Proves that the copy holds what the source holds, and returns how to go on to the hand-over. */
async function prove(
    migration: Migration,
    old: Side,
    shadow: Side,
    copied: Copied,
    confirm: HeldLease["confirm"],
): Promise<Handover> {
    const { mapping, partitions, target, stamp, source, report } = migration;
    const { spec, capabilities } = target;
    const { batchBytes, verify, grace } = spec.migration;
    const common = { source: old, target: shadow, mapping, partitions, batchBytes, report };
    if (!followsWrites(spec, mapping)) {
        // Between two runs nobody has seen to it that writers were paused, and a count tells nothing of what they changed.
        const how = migration.resumed ? "full" : verify;
        await verifyRows({ ...common, copied: copied.rows, ranges: copied.ranges, verify: how });
        const counted = copied.rows + copied.duplicates;
        return pausedHandover({ source: old, partitions, counted, grace, report });
    }
    const { ranges, rows: expected } = copied;
    const { generation } = source;
    return follow({ ...common, ranges, spec, capabilities, stamp, generation, expected, confirm });
}

/**
 * A copy that the next run can go on with stays; another is removed. One that another run works on, or has put in service,
 * is no more ours.
 */
async function leave(
    { target, mapping, report }: Migration,
    { client, ref }: Side,
    error: unknown,
): Promise<void> {
    const marks = target.capabilities.alterProperties;
    if (marks && isRetryable(error)) {
        if (await isOurs(client, ref, marks).catch(() => false)) await dropLease(client, ref);
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
        if (await isOurs(client, ref, marks)) await dropCollection(client, ref);
    } catch {
        report.say(`${ref.name} could not be removed; the next \`pulumi up\` removes it and starts over`);
    }
}
