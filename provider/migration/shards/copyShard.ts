import { describeCollection, setProperties } from "../../milvus/collection/collections";
import { isMilvusError } from "../../milvus/transport/errors";
import { shardCheckpoint, shardLease } from "../../observe/shards";
import { createCheckpointSaver } from "../copy/checkpointSaver";
import { copyRanges } from "../copy/copyRows";
import { keysBeyondCheckpoint, type SentKeys } from "../copy/resume";
import { loadTemporarily } from "../lifecycle/temporaryLoad";
import { type Checkpoint, checkpointProperty, saveCheckpoint } from "../properties/checkpoint";
import { holdLease } from "../properties/lease";
import { during } from "../report";
import { awaitShard } from "./awaitShard";
import { dropped, openShards } from "./openShards";
import { otherCut } from "./otherCut";
import { copiedWhole, type SeenShard, type SeenShards } from "./shardPlan";
import type { ShardWork } from "./shardWork";
import { loadSource } from "./sourceLoad";

/** How a worker ended. */
export type ShardOutcome =
    /** It copied what was left of its shard. */
    | { kind: "copied"; rows: number }
    /** Another worker has copied it, or copied it meanwhile. */
    | { kind: "done"; rows: number }
    /** All rows of the collection are copied, and the shards are combined. */
    | { kind: "complete" };

/**
 * Copies one shard, from where an interrupted worker has left it. Where another worker has the shard, it waits until that one
 * has copied it, or has ended. Errors: those of a copy; `MV332`, `MV381`, `MV382`, `MV383`.
 */
export async function copyShard(work: ShardWork): Promise<ShardOutcome> {
    if (!(await openShards(work))) return { kind: "complete" };
    const taken = await awaitShard(work);
    if (taken.kind !== "taken") return taken;
    const rows = await copyTaken(work, taken.shards, taken.shard);
    return { kind: "copied", rows };
}

/** Copies a shard whose lease this worker has just taken. */
async function copyTaken(work: ShardWork, shards: SeenShards, own: SeenShard): Promise<number> {
    const { source, target, count, holder, report, shard, maxRowsPerSecond } = work;
    const { client, ref } = target;
    const from = own.checkpoint ?? { plan: shards.cut, rows: 0, ranges: own.ranges };
    const key = shardCheckpoint(shard);
    const lease = holdLease(client, ref, holder, report, shardLease(shard));
    const saver = createCheckpointSaver(target, report, { key, everyMs: everyMs(count), firstMs: 1_000 });
    let latest: (() => Checkpoint) | undefined;
    try {
        requireCut(work, shards, from);
        // From now on a later worker looks for what this one may have sent.
        if (!own.checkpoint) await saveCheckpoint(client, ref, from, undefined, key);
        await loadSource(work);
        const sent = own.checkpoint || !shards.isFresh ? await sentKeys(work, from) : undefined;
        report.measure?.begin({ source, target, resumedRows: from.rows });
        const copied = await during(report, "copy", () =>
            copyRanges({
                ...work,
                maxRowsPerSecond: maxRowsPerSecond && maxRowsPerSecond / count,
                from,
                ...(sent && { sent }),
                confirm: lease.confirm,
                save: (checkpoint) => {
                    latest = checkpoint;
                    return saver.save(checkpoint);
                },
            }),
        );
        report.measure?.cutover("copied");
        await saver.flushed();
        await lease.release();
        await finish(work, { plan: shards.cut, rows: copied.rows, ranges: copied.ranges }, own);
        return copied.rows;
    } catch (error) {
        await saver.flushed();
        await leaveShard(work, lease.release, latest?.());
        if (isMilvusError(error, "not-found") && !(await describeCollection(client, ref)))
            throw dropped(ref.name);
        throw error;
    }
}

/** The time between two checkpoints: all workers together set a property about once a second. */
function everyMs(count: number): number {
    return Math.max(3_000, count * 1_000);
}

/** Errors: `MV383`. */
function requireCut({ target, shard }: ShardWork, { cut }: SeenShards, { plan }: Checkpoint): void {
    if (plan === cut) return;
    throw otherCut(target.ref.name, `shard ${shard}`);
}

/**
 * The keys of rows that an interrupted worker sent after its last checkpoint, within the ranges of this shard. The copy stays
 * loaded, because other workers may read it, too; it is released when the shards are combined.
 */
async function sentKeys({ target, mapping, report }: ShardWork, { ranges }: Checkpoint): Promise<SentKeys> {
    await loadTemporarily(target.client, target.ref, report, "to find rows that an interrupted worker sent");
    return keysBeyondCheckpoint({ target, mapping }, ranges);
}

/** Records that the shard is copied, and releases its lease. */
async function finish({ target, shard }: ShardWork, checkpoint: Checkpoint, own: SeenShard): Promise<void> {
    const key = shardCheckpoint(shard);
    const exact = checkpointProperty(checkpoint, undefined, key);
    // The ranges that were cut are fewer, and cover the same keys.
    const ranges = copiedWhole(own.ranges);
    const written =
        Object.keys(exact).length > 0 ? exact : checkpointProperty({ ...checkpoint, ranges }, undefined, key);
    await setProperties(target.client, target.ref, { ...written, [shardLease(shard)]: "" });
}

/** Leaves a shard to the next worker, which may take it at once; without an error, so that the one that ended it is told. */
async function leaveShard(
    { target, shard }: ShardWork,
    release: () => Promise<void>,
    latest: Checkpoint | undefined,
): Promise<void> {
    const written = latest ? checkpointProperty(latest, undefined, shardCheckpoint(shard)) : {};
    await release()
        .then(() => setProperties(target.client, target.ref, { ...written, [shardLease(shard)]: "" }))
        .catch(() => undefined);
}
