import { describeCollection } from "../../milvus/collection/collections";
import { pause } from "../../milvus/transport/stopPoint";
import { shardLease } from "../../observe/shards";
import { isTaken, takeContended } from "../properties/contendedLease";
import { dropped } from "./openShards";
import { readShards, type SeenShard, type SeenShards } from "./shardPlan";
import { LOOK_MS, type ShardWork } from "./shardWork";

export type Awaited =
    | { kind: "taken"; shards: SeenShards; shard: SeenShard }
    | { kind: "done"; rows: number }
    /** The shards are combined. */
    | { kind: "complete" };

/**
 * Takes the lease of a shard. While another worker has it, it waits: a scheduler may start a second one beside a slow one
 * (speculative execution), and both end well when one of them has copied the shard. Errors: `MV332` where the copy is gone.
 */
export async function awaitShard(work: ShardWork): Promise<Awaited> {
    const { target, holder, report, shard, count } = work;
    const { client, ref } = target;
    const key = shardLease(shard);
    let hasSaid = false;
    for (;;) {
        const described = await describeCollection(client, ref);
        if (!described) throw dropped(ref.name);
        const end = ended(described.properties, shard);
        if (end) return end;
        if (await isTaken(client, described.properties, key, holder)) {
            if (!hasSaid)
                report.say(
                    `shard ${shard} of ${count}: another worker copies it; waiting until it has, or has ended`,
                );
            hasSaid = true;
            await pause(LOOK_MS);
            continue;
        }
        const properties = await takeContended(client, ref, [key], holder, work.settleMs);
        const shards = properties && readShards(properties);
        if (shards) return ended(properties, shard) ?? { kind: "taken", shards, shard: shards.seen[shard]! };
    }
}

function ended(
    properties: Record<string, string>,
    shard: number,
): Exclude<Awaited, { kind: "taken" }> | undefined {
    const shards = readShards(properties);
    if (!shards) return { kind: "complete" };
    const { isDone, checkpoint } = shards.seen[shard]!;
    return isDone ? { kind: "done", rows: checkpoint!.rows } : undefined;
}
