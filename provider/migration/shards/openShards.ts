import { describeCollection, setProperties } from "../../milvus/collection/collections";
import { createMissingPartitions } from "../../milvus/collection/partitions";
import { countRows } from "../../milvus/rows/rows";
import { pause } from "../../milvus/transport/stopPoint";
import { property } from "../../observe/properties";
import { countedRanges, splitRange } from "../copy/scheduler";
import { RunError } from "../errors";
import { loadTemporarily } from "../lifecycle/temporaryLoad";
import { type Checkpoint, parseCheckpoint, type Position } from "../properties/checkpoint";
import { isTaken, takeContended } from "../properties/contendedLease";
import { readSource } from "../read/endpoint";
import { cutRanges } from "./cutRanges";
import { indivisible, ONE_PROCESS } from "./indivisible";
import { readShards, type SeenShards, shardsProperty } from "./shardPlan";
import { LOOK_MS, type ShardWork } from "./shardWork";
import { loadSource } from "./sourceLoad";

/**
 * The shards of a copy. The first worker cuts them, under the lease of the whole copy; the others wait for that. Undefined
 * where the copy is complete. Errors: `MV332` where the copy is gone, `MV381`, `MV382`.
 */
export async function openShards(work: ShardWork): Promise<SeenShards | undefined> {
    const { target, holder, report, count } = work;
    const { client, ref } = target;
    requireDivisible(work);
    let hasSaid = false;
    for (;;) {
        const described = await describeCollection(client, ref);
        if (!described) throw dropped(ref.name);
        const { properties } = described;
        const shards = readShards(properties);
        if (shards) return withCount(shards, ref.name, count);
        const checkpoint = checkpointOf(properties, ref.name);
        if (checkpoint.ranges.every(({ done }) => done)) return undefined;
        if (await isTaken(client, properties, property.lease, holder)) {
            if (!hasSaid)
                report.say(`${ref.name}: another process works on the whole copy, or cuts it; waiting`);
            hasSaid = true;
            await pause(LOOK_MS);
        } else if (await takeContended(client, ref, [property.lease], holder, work.settleMs)) {
            try {
                return await cutOnce(work);
            } finally {
                await setProperties(client, ref, { [property.lease]: "" }).catch(() => undefined);
            }
        }
    }
}

/** Errors: `MV382`. */
function requireDivisible({ target, mapping }: ShardWork): void {
    const { ref, capabilities } = target;
    const no = (why: string) => indivisible(ref.name, why, ONE_PROCESS);
    if (!capabilities.alterProperties)
        throw no("this server stores no properties, so that workers cannot agree");
    if (mapping.key.regenerate)
        throw no("every row gets a new primary key, so that a row that was sent twice is not found");
}

function withCount(shards: SeenShards, name: string, count: number): SeenShards {
    if (shards.seen.length === count) return shards;
    const own = shards.seen.length;
    throw new RunError(
        "MV381",
        `${name}: is cut into ${own} shards, not ${count}, and a cut stays. Start the workers with --of ${own}, with as many at once as you like`,
    );
}

/** The error of a worker whose copy is gone. */
export function dropped(name: string): RunError {
    return new RunError(
        "MV332",
        `${name}: is gone: an operator has dropped the copy, or it took another name at the switch`,
    );
}

function checkpointOf(properties: Record<string, string>, name: string): Checkpoint {
    const text = properties[property.checkpoint];
    if (text) return parseCheckpoint(text);
    throw indivisible(
        name,
        "it has no checkpoint, so it is no copy that is under way",
        "`pulumi-milvus status` shows what is",
    );
}

/** Cuts the copy, unless another worker has done so before this one had the lease. */
async function cutOnce(work: ShardWork): Promise<SeenShards | undefined> {
    const { target, count, partitions, report } = work;
    const { client, ref } = target;
    const properties = (await describeCollection(client, ref))?.properties ?? {};
    const there = readShards(properties);
    if (there) return withCount(there, ref.name, count);
    const checkpoint = checkpointOf(properties, ref.name);
    const open = checkpoint.ranges.filter(({ done }) => !done);
    if (open.length === 0) return undefined;
    // The run that created the copy may have been interrupted before it had all partitions.
    if (partitions.kind === "by-name") await createMissingPartitions(client, ref, partitions.carried);
    const begun = Date.now();
    const shards = await cut(work, open);
    const isFresh = await isEmpty(work, checkpoint);
    const written = shardsProperty({ plan: checkpoint.plan, isFresh, shards });
    if (Object.keys(written).length === 0)
        throw new RunError(
            "MV382",
            `${ref.name}: cannot be copied by ${count} workers: the keys between their shards do not fit into a property. Start fewer workers`,
        );
    await setProperties(client, ref, written);
    report.say(`${ref.name}: cut into ${count} shards in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
    return readShards({ ...properties, ...written });
}

async function cut(work: ShardWork, open: readonly Position[]): Promise<Position[][]> {
    const { mapping, partitions, count } = work;
    await loadSource(work);
    const source = await readSource(work.source, mapping);
    const { dataType } = mapping.key;
    const whole = partitions.kind === "together";
    const ranges = await countedRanges(source, open, whole);
    return cutRanges(ranges, count, splitRange(source, dataType, whole));
}

/**
 * Whether the copy holds no row yet. A copy that a process had under lease may hold rows that no checkpoint tells of: of the
 * last seconds of that process.
 */
async function isEmpty(
    { target: { client, ref }, report }: ShardWork,
    { rows, ranges }: Checkpoint,
): Promise<boolean> {
    if (rows > 0 || ranges.some(({ copied, done }) => done || copied !== undefined)) return false;
    const release = await loadTemporarily(client, ref, report, "to see whether it holds rows");
    const counted = await countRows(client, ref);
    await release();
    return counted === 0;
}
