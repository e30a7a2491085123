import type { CollectionRef } from "../milvus/collection/collections";
import type { BegunPlan, WorkPhase } from "../observe/generation";
import type { ObservedCollection, OwnershipMarker } from "../observe/state";
import type { PartitionMapping, RowMapping } from "../plan/mapping/mapping";
import type { LeaseHolder } from "../observe/lease";
import type { Collection } from "../inputs/schema/collection";
import type { Checkpoint } from "./properties/checkpoint";
import type { Report } from "./report";
import type { Endpoint } from "./read/endpoint";

export interface Migration {
    source: Omit<Endpoint, "ref"> & { observed: ObservedCollection; generation: string };
    target: Endpoint & { spec: Collection };
    mapping: RowMapping;
    partitions: PartitionMapping;
    /** True if the target takes over the source's own name. */
    takesName: boolean;
    marker: OwnershipMarker;
    /** The process that holds the lease of the copy. */
    holder: LeaseHolder;
    /** The checkpoint of an interrupted run's copy with the same plan hash; undefined for a new copy. */
    resumed?: Checkpoint | undefined;
    /** Recorded on the copy, where the stack approves plans. */
    approved?: BegunPlan | undefined;
    /** For the copy of a work order, which is kept after any error: its worker says why it failed. Default: none. */
    detached?: Detached | undefined;
    report: Report;
}

/** A copy that a worker makes, or has made. */
export interface Detached {
    /** Told of each phase as it begins. Default: nobody is. */
    entering?: ((phase: WorkPhase) => Promise<void>) | undefined;
}

/** The old collection as the migration found it. */
export function sourceOf({
    source: { client, capabilities, observed },
}: Pick<Migration, "source">): Endpoint {
    return { client, capabilities, ref: { database: observed.database, name: observed.name } };
}

/** The copy's name until the cutover. */
export function shadowRef({
    takesName,
    target,
    marker,
}: Pick<Migration, "takesName" | "target" | "marker">): CollectionRef {
    return takesName ? { ...target.ref, name: `${target.ref.name}_${marker.generation}` } : target.ref;
}
