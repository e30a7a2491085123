import { loadPartitions, loadState } from "../../milvus/collection/loading";
import { createMissingPartitions, listPartitions } from "../../milvus/collection/partitions";
import type { PartitionMapping } from "../../plan/mapping/mapping";
import { fullRanges, type Endpoint } from "../read/endpoint";
import type { Passes } from "./passContext";

/**
 * Partitions that clients have made in the old collection since the plan was made, which no range reads, and what the
 * mapping carries with them; undefined where there are none.
 */
export async function newPartitions({
    source,
    partitions,
}: {
    source: Endpoint;
    partitions: PartitionMapping;
}): Promise<{ fresh: string[]; partitions: PartitionMapping } | undefined> {
    // Where a partition key routes, each row is read and written without the name of a partition.
    if (partitions.kind === "together") return undefined;
    const known = new Set(["_default", ...partitions.carried, ...partitions.dropped]);
    const fresh = (await listPartitions(source.client, source.ref)).filter((name) => !known.has(name));
    if (fresh.length === 0) return undefined;
    return { fresh, partitions: { ...partitions, carried: [...partitions.carried, ...fresh] } };
}

/** Such partitions come along: each is a range of which nothing is known yet. True where there were some. */
export async function carryOverPartitions(passes: Passes): Promise<boolean> {
    const { source, target, folder, report } = passes;
    const added = await newPartitions(passes);
    if (!added) return false;
    await createMissingPartitions(target.client, target.ref, added.fresh);
    // A collection that is loaded in part does not load them by itself.
    if ((await loadState(source.client, source.ref, added.fresh)) !== "loaded")
        await loadPartitions(source.client, source.ref, added.fresh);
    const ranges = [...passes.ranges];
    for (const range of fullRanges({ kind: "by-name", carried: added.fresh, dropped: [] }, 0)) {
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
