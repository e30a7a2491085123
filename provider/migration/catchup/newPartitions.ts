import { loadPartitions, loadState } from "../../milvus/collection/loading";
import { createMissingPartitions, listPartitions } from "../../milvus/collection/partitions";
import type { PartitionMapping } from "../../plan/mapping/mapping";
import { fullRanges, type Endpoint } from "../read/endpoint";
import type { Passes } from "./passContext";

/**
 * Partitions that clients created in the old collection after the plan was made, which no range reads, and the mapping
 * extended by them; undefined if there are none.
 */
export async function newPartitions({
    source,
    partitions,
}: {
    source: Endpoint;
    partitions: PartitionMapping;
}): Promise<{ fresh: string[]; partitions: PartitionMapping } | undefined> {
    // With a partition key, rows are read and written without a partition name.
    if (partitions.kind === "together") return undefined;
    const known = new Set(["_default", ...partitions.carried, ...partitions.dropped]);
    const fresh = (await listPartitions(source.client, source.ref)).filter((name) => !known.has(name));
    if (fresh.length === 0) return undefined;
    return { fresh, partitions: { ...partitions, carried: [...partitions.carried, ...fresh] } };
}

/** Carries over such partitions: each becomes a range with an empty baseline. True if there were any. */
export async function carryOverPartitions(passes: Passes): Promise<boolean> {
    const { source, target, folder, report } = passes;
    const added = await newPartitions(passes);
    if (!added) return false;
    await createMissingPartitions(target.client, target.ref, added.fresh);
    // A partially loaded collection does not load new partitions by itself.
    if ((await loadState(source.client, source.ref, added.fresh)) !== "loaded")
        await loadPartitions(source.client, source.ref, added.fresh);
    const ranges = [...passes.ranges];
    for (const range of fullRanges({ kind: "by-name", carried: added.fresh, dropped: [] }, 0)) {
        await folder.writeEmpty(ranges.length);
        ranges.push(range);
        report.say(`${source.ref.name} has a new partition ${range.partition}; its rows are carried over`);
    }
    // The manifest lists them at once. A later run without them would start with empty ranges, and rows that clients
    // deleted would come back.
    await folder.extend({ partitions: added.partitions, ranges });
    passes.ranges = ranges;
    passes.partitions = added.partitions;
    return true;
}
