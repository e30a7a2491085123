import type { Collection } from "../../inputs/schema/collection";
import type { RowStatistics, ObservedCollection } from "../../observe/state";
import { rowsText } from "../../inputs/report/figures";
import type { Finding } from "../finding/finding";
import { finding } from "../finding/finding";
import type { PartitionMapping } from "./mapping";

/** The partition that every collection has; no program declares it. */
const builtIn = "_default";

/**
 * Where the rows of each partition go. A partition that was never declared belongs to an application and is kept. A
 * partition that the program declared and now omits is dropped, like a resource that is omitted.
 */
export function mapPartitions(
    source: ObservedCollection,
    deployed: Collection | undefined,
    target: Collection,
    statistics: RowStatistics,
): { partitions: PartitionMapping; findings: Finding[] } {
    if (areRouted(source, target))
        return { partitions: { kind: "together" }, findings: routing(source, hasPartitionKey(target)) };
    const present = [...new Set([builtIn, ...source.partitions])];
    const dropped = droppedPartitions(source, deployed, target);
    const known = new Set([builtIn, ...target.partitions, ...dropped]);
    const kept = present.filter((name) => !known.has(name));
    return {
        partitions: {
            kind: "by-name",
            carried: present.filter((name) => !dropped.includes(name)),
            dropped,
        },
        findings: [
            ...dropped.flatMap((name) => droppedPartition(name, statistics)),
            ...kept.map(carriedPartition),
        ],
    };
}

/** The partitions whose rows are not carried over: the program declared them and now omits them. */
export function droppedPartitions(
    source: ObservedCollection,
    deployed: Collection | undefined,
    target: Collection,
): string[] {
    if (areRouted(source, target)) return [];
    const declared = new Set(deployed?.partitions);
    return source.partitions.filter(
        (name) => name !== builtIn && declared.has(name) && !target.partitions.includes(name),
    );
}

/** A partition without rows is no loss. */
export function droppedPartition(name: string, { inPartition }: RowStatistics): Finding[] {
    const rows = inPartition?.[name];
    if (rows === 0) return [];
    const lost = rows === undefined ? "Its rows are lost" : `${rowsText(rows)} in it are lost`;
    const message = `The partition ${name} is dropped. ${rows === 1 ? "1 row in it is lost" : lost}.`;
    return [finding("MV118", "partitions", message, "Keep it in partitions to keep its rows.", name)];
}

/** Whether a partition key routes the rows on either side: then the partitions have no names that a program declares. */
function areRouted(source: ObservedCollection, target: Collection): boolean {
    return hasPartitionKey(source) || hasPartitionKey(target);
}

function hasPartitionKey({ fields }: Pick<ObservedCollection, "fields"> | Collection): boolean {
    return fields.some(({ isPartitionKey }) => isPartitionKey);
}

function carriedPartition(name: string): Finding {
    return finding(
        "MV117",
        "partitions",
        `The partition ${name} is not in the program. It is kept with its rows.`,
    );
}

function routing(source: ObservedCollection, keyed: boolean): Finding[] {
    const wasKeyed = source.fields.some(({ isPartitionKey }) => isPartitionKey);
    if (keyed && !wasKeyed && source.partitions.some((name) => name !== builtIn)) {
        const message =
            "The partition key decides the partition of each row. The named partitions are not kept.";
        return [finding("MV119", "partitions", message)];
    }
    return keyed ? [] : [finding("MV119", "partitions", `All rows go to the partition ${builtIn}.`)];
}
