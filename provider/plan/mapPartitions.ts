import type { Collection } from "../spec/collection";
import type { ObservedCollection } from "../observe/state";
import type { Finding } from "./finding";
import { finding } from "./finding";
import type { PartitionMapping } from "./mapping";

/** The partition that every collection has; no program declares it. */
const builtIn = "_default";

/**
 * Where the rows of each partition go. A partition that nobody declared was made by an application, for rows of its
 * own: it is kept. One that the program declared and now leaves out goes, as a resource that is left out.
 */
export function mapPartitions(
    source: ObservedCollection,
    deployed: Collection | undefined,
    target: Collection,
): { partitions: PartitionMapping; findings: Finding[] } {
    const keyed = target.fields.some(({ isPartitionKey }) => isPartitionKey);
    if (keyed || source.fields.some(({ isPartitionKey }) => isPartitionKey)) {
        return { partitions: { kind: "together" }, findings: routing(source, keyed) };
    }
    const wanted = new Set([builtIn, ...target.partitions]);
    const declared = new Set(deployed?.partitions);
    const present = [...new Set([builtIn, ...source.partitions])];
    const dropped = present.filter((name) => !wanted.has(name) && declared.has(name));
    const kept = present.filter((name) => !wanted.has(name) && !declared.has(name));
    return {
        partitions: {
            kind: "by-name",
            carried: present.filter((name) => !dropped.includes(name)),
            dropped,
        },
        findings: [...dropped.map(droppedPartition), ...kept.map(keptPartition)],
    };
}

export function droppedPartition(name: string): Finding {
    const message = `The partition ${name} is dropped, its rows are lost.`;
    return finding("MV118", "partitions", message, "Keep it in partitions to keep its rows.", name);
}

function keptPartition(name: string): Finding {
    return finding(
        "MV117",
        "partitions",
        `The partition ${name} is not in the program and is kept with its rows.`,
    );
}

function routing(source: ObservedCollection, keyed: boolean): Finding[] {
    const wasKeyed = source.fields.some(({ isPartitionKey }) => isPartitionKey);
    if (keyed && !wasKeyed && source.partitions.some((name) => name !== builtIn)) {
        const message = "The partition key decides where each row goes; the named partitions are not kept.";
        return [finding("MV119", "partitions", message)];
    }
    return keyed ? [] : [finding("MV119", "partitions", `All rows go to the partition ${builtIn}.`)];
}
