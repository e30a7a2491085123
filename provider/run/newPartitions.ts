import { createMissingPartitions, listPartitions } from "../milvus/partitions";
import type { PartitionMapping } from "../plan/mapping";
import { openRanges, type Side } from "../step/sides";
import type { Passes } from "./passes";

/**
 * Partitions that clients have made in the old collection since the plan was made, which no range reads: makes them in
 * the target as well, and returns them with what the mapping carries then; undefined where there are none.
 */
export async function addNewPartitions({
    source,
    target,
    partitions,
}: {
    source: Side;
    target: Side;
    partitions: PartitionMapping;
}): Promise<{ fresh: string[]; partitions: PartitionMapping } | undefined> {
    // Where a partition key routes, each row is read and written without the name of a partition.
    if (partitions.kind === "together") return undefined;
    const known = new Set(["_default", ...partitions.carried, ...partitions.dropped]);
    const fresh = (await listPartitions(source.client, source.ref)).filter((name) => !known.has(name));
    if (fresh.length === 0) return undefined;
    await createMissingPartitions(target.client, target.ref, fresh);
    return { fresh, partitions: { ...partitions, carried: [...partitions.carried, ...fresh] } };
}

/** Such partitions come along: each is a range of which nothing is known yet. True where there were some. */
export async function bringPartitions(passes: Passes): Promise<boolean> {
    const { source, folder, report } = passes;
    const added = await addNewPartitions(passes);
    if (!added) return false;
    const ranges = [...passes.ranges];
    for (const range of openRanges({ kind: "by-name", carried: added.fresh, dropped: [] }, 0)) {
        await folder.writeEmpty(ranges.length);
        ranges.push(range);
        report.say(`${source.ref.name} has a new partition ${range.partition}; its rows come along`);
    }
    // A later run that knew nothing of them would begin with empty ones, and rows that clients deleted would come back.
    await folder.extend({ partitions: added.partitions, ranges });
    passes.ranges = ranges;
    passes.partitions = added.partitions;
    return true;
}
