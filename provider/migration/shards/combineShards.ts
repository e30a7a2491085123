import { describeCollection, setProperties, type CollectionRef } from "../../milvus/collection/collections";
import { loadState } from "../../milvus/collection/loading";
import type { MilvusClient } from "../../milvus/transport/client";
import type { LeaseHolder } from "../../observe/lease";
import { property } from "../../observe/properties";
import { shardCheckpoint, shardLease } from "../../observe/shards";
import { RunError } from "../errors";
import { type Checkpoint, checkpointProperty, parseCheckpoint } from "../properties/checkpoint";
import { isTaken, takeContended } from "../properties/contendedLease";
import type { Report } from "../report";
import { otherCut } from "./otherCut";
import { copiedWhole, readShards, type SeenShard, type SeenShards } from "./shardPlan";
import { releaseSource, unload } from "./sourceLoad";

/**
 * Makes one checkpoint of those of the shards, for the process that holds the lease of the whole copy: it copies what is left.
 * From then on no worker may go on, and what they have loaded is released. Does nothing where the copy is not cut. Errors: `MV380` while workers are at work, `MV383`.
 */
export async function combineShards(
    client: MilvusClient,
    ref: CollectionRef,
    holder: LeaseHolder,
    report: Report,
): Promise<void> {
    const seen = await rejectWorkers(client, ref, holder);
    // A worker may have ended between loading the source and cutting the copy.
    if (!seen) return releaseSource(client, ref, report);
    const keys = seen.seen.map((_, shard) => shardLease(shard));
    // Also those of shards that are done: a worker that slept must find that its lease is not its own any more.
    const properties = await takeContended(client, ref, keys, holder);
    const shards = properties && readShards(properties);
    if (!shards) throw atWork(ref, seen, "a worker has just begun");
    const whole = parseCheckpoint(properties[property.checkpoint]!);
    requireOneCut(ref, whole, shards);
    const combined = combinedProperty(ref, whole, shards);
    // Workers that looked for rows of interrupted ones have left the copy loaded, with temporary indexes.
    if ((await loadState(client, ref)) !== "not-loaded") await unload(client, ref);
    await releaseSource(client, ref, report);
    const emptied = Object.fromEntries(keys.map((_, shard) => [shardCheckpoint(shard), ""]));
    await setProperties(client, ref, {
        ...combined,
        ...emptied,
        [property.shards]: "",
    });
    const done = shards.seen.filter(({ isDone }) => isDone).length;
    const count = shards.seen.length;
    const rest = done === count ? "all are copied" : `${done} are copied, and this run copies the rest`;
    report.say(`${ref.name}: took over from ${count} shards: ${rest}`);
}

/** Ends a run that would work on a copy, or drop it, while workers copy its shards. Errors: `MV380`. */
export async function rejectWorkers(
    client: MilvusClient,
    ref: CollectionRef,
    holder: LeaseHolder,
): Promise<SeenShards | undefined> {
    const properties = (await describeCollection(client, ref))?.properties ?? {};
    const shards = readShards(properties);
    if (!shards) return undefined;
    const working: number[] = [];
    for (const shard of shards.seen.keys())
        if (await isTaken(client, properties, shardLease(shard), holder)) working.push(shard);
    if (working.length === 0) return shards;
    const which =
        working.length === 1
            ? `a worker copies shard ${working[0]}`
            : `workers copy the shards ${working.join(", ")}`;
    throw atWork(ref, shards, which);
}

function atWork({ name }: CollectionRef, { seen }: SeenShards, which: string): RunError {
    const done = seen.filter(({ isDone }) => isDone).length;
    return new RunError(
        "MV380",
        `${name}: ${which}; ${done} of ${seen.length} shards are copied. Wait until all are, or stop the workers, then run \`pulumi up\` again`,
    );
}

/** Errors: `MV383`. */
function requireOneCut({ name }: CollectionRef, before: Checkpoint, { seen, cut, plan }: SeenShards): void {
    const foreign = seen.findIndex(({ checkpoint }) => checkpoint && checkpoint.plan !== cut);
    if (foreign < 0 && before.plan === plan) return;
    throw otherCut(name, foreign >= 0 ? `shard ${foreign}` : "the shards");
}

/** What was copied before the cut, and the shards: together they cover each key once. */
function combinedOf(
    before: Checkpoint,
    { seen, plan }: SeenShards,
    /** True for the ranges that were cut in the place of those that a worker made of them. */
    isShort: boolean,
): Checkpoint {
    const rangesOf = ({ ranges, checkpoint, isDone }: SeenShard) =>
        isDone && isShort ? copiedWhole(ranges) : (checkpoint?.ranges ?? ranges);
    return {
        plan,
        rows: seen.reduce((rows, { checkpoint }) => rows + (checkpoint?.rows ?? 0), before.rows),
        ranges: [...before.ranges.filter(({ done }) => done), ...seen.flatMap(rangesOf)],
    };
}

/** The combined checkpoint as a property. Errors: `MV382` if not even its shortest form fits into one. */
function combinedProperty(
    ref: CollectionRef,
    before: Checkpoint,
    shards: SeenShards,
): Record<string, string> {
    for (const isShort of [false, true]) {
        const written = checkpointProperty(combinedOf(before, shards, isShort));
        if (Object.keys(written).length > 0) return written;
    }
    throw new RunError(
        "MV382",
        `${ref.name}: its shards do not fit into one property, because their keys are too long. Drop the copy with \`pulumi-milvus abort\`, and begin again with fewer workers`,
    );
}
