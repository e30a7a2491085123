import { type Call, collectionOf } from "../call";
import type { Collection } from "../catalog";
import type { Named } from "../messages";
import { demand } from "../refusal";

interface Partition extends Named {
    partition_name: string;
}

export function showPartitions(request: Named, call: Call): object {
    return { partition_names: [...collectionOf(request, call).partitions.keys()] };
}

export function hasPartition(request: Partition, call: Call): object {
    return { value: collectionOf(request, call).partitions.has(request.partition_name) };
}

/**
 * Creating an existing partition is a success. A loaded collection loads a new partition too. Source:
 * createPartitionTask in internal/proxy/task.go.
 */
export function createPartition(request: Partition, call: Call): object {
    const collection = collectionOf(request, call);
    demand(!isRouted(collection), "unexpected", "disable create partition if partition key mode is used");
    if (!collection.partitions.has(request.partition_name))
        collection.partitions.set(request.partition_name, true);
    return {};
}

/** Source: dropPartitionTask in internal/proxy/task.go. */
export function dropPartition(request: Partition, call: Call): object {
    const collection = collectionOf(request, call);
    const { partition_name: name } = request;
    demand(!isRouted(collection), "unexpected", "disable drop partition if partition key mode is used");
    demand(name !== "_default", "unexpected", "default partition cannot be deleted");
    const inMemory = collection.load !== "released" && collection.partitions.get(name) === true;
    demand(
        !inMemory,
        "unexpected",
        "partition cannot be dropped, partition is loaded, please release it first",
    );
    collection.partitions.delete(name);
    collection.rows = collection.rows.filter(({ partition }) => partition !== name);
    return {};
}

export function releasePartitions(request: Named & { partition_names: string[] }, call: Call): object {
    const collection = collectionOf(request, call);
    for (const name of request.partition_names) collection.partitions.set(name, false);
    if ([...collection.partitions.values()].every((loaded) => !loaded)) collection.load = "released";
    return {};
}

function isRouted({ schema }: Collection): boolean {
    return schema.fields.some((field) => field.is_partition_key);
}
