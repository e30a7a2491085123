import type { MilvusClient } from "../milvus/transport/client";
import type { CollectionRef } from "../milvus/collection/collections";
import type { Capabilities, ObservedCollection, OwnershipMarker } from "../observe/state";
import type { PartitionMapping, RowMapping } from "../plan/mapping/mapping";
import type { LeaseHolder } from "../observe/lease";
import type { Collection } from "../inputs/schema/collection";
import type { Checkpoint } from "./properties/checkpoint";
import type { Report } from "./report";

export interface Migration {
    source: { client: MilvusClient; observed: ObservedCollection; generation: string };
    target: { client: MilvusClient; capabilities: Capabilities; ref: CollectionRef; spec: Collection };
    mapping: RowMapping;
    partitions: PartitionMapping;
    /** True if the target takes over the source's own name. */
    takesName: boolean;
    marker: OwnershipMarker;
    /** The process that holds the lease of the copy. */
    holder: LeaseHolder;
    /** The checkpoint of an interrupted run's copy with the same plan hash; undefined for a new copy. */
    resumed?: Checkpoint | undefined;
    report: Report;
}

/** The copy's name until the cutover. */
export function shadowRef({
    takesName,
    target,
    marker,
}: Pick<Migration, "takesName" | "target" | "marker">): CollectionRef {
    return takesName ? { ...target.ref, name: `${target.ref.name}_${marker.generation}` } : target.ref;
}
