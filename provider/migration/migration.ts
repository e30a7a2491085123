import type { MilvusClient } from "../milvus/client";
import type { CollectionRef } from "../milvus/collections";
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
    /** True where the target takes over the source's own name. */
    takesName: boolean;
    marker: OwnershipMarker;
    /** Who works on the copy. */
    holder: LeaseHolder;
    /** A copy of the same plan that a former run has left, and how far it is. */
    resumed?: Checkpoint | undefined;
    report: Report;
}

/** The copy's name until it takes over. */
export function shadowRef({
    takesName,
    target,
    marker,
}: Pick<Migration, "takesName" | "target" | "marker">): CollectionRef {
    return takesName ? { ...target.ref, name: `${target.ref.name}_${marker.generation}` } : target.ref;
}
