import { createMissingPartitions, listPartitions } from "../milvus/partitions";
import type { PartitionMapping } from "../plan/mapping";
import { openRanges, type Side } from "../step/sides";
import type { Passes } from "./passes";

/** Partitions that clients have made in the old collection since the plan was made: no range reads them. */
async function newPartitions({ client, ref }: Side, partitions: PartitionMapping): Promise<string[]> {
    // Where a partition key routes, each row is read and written without the name of a partition.
    if (partitions.kind === "together") return [];
    const known = new Set(["_default", ...partitions.carried, ...partitions.dropped]);
    return (await listPartitions(client, ref)).filter((name) => !known.has(name));
}

/** What the mapping carries, with them. */
export async function withNewPartitions(
    source: Side,
    partitions: PartitionMapping,
): Promise<PartitionMapping> {
    const fresh = await newPartitions(source, partitions);
    if (partitions.kind === "together") return partitions;
    return { ...partitions, carried: [...partitions.carried, ...fresh] };
}

/**
 * Such partitions come along as well: each is made in the target, and is a range of which nothing is known yet. True where
 * there were some.
 */
export async function bringPartitions(passes: Passes): Promise<boolean> {
    const { source, target, partitions, folder, report } = passes;
    const fresh = await newPartitions(source, partitions);
    if (partitions.kind === "together" || fresh.length === 0) return false;
    await createMissingPartitions(target.client, target.ref, fresh);
    const ranges = [...passes.ranges];
    for (const range of openRanges({ kind: "by-name", carried: fresh, dropped: [] }, 0)) {
        await folder.writeEmpty(ranges.length);
        ranges.push(range);
        report.say(`${source.ref.name} has a new partition ${range.partition}; its rows come along`);
    }
    const carried = { ...partitions, carried: [...partitions.carried, ...fresh] };
    // A later run that knew nothing of them would begin with empty ones, and rows that clients deleted would come back.
    await folder.extend({ partitions: carried, ranges });
    passes.ranges = ranges;
    passes.partitions = carried;
    return true;
}
