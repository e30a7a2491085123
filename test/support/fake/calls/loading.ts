import { type Call, collectionOf } from "../call";
import { type Collection, leaves } from "../catalog";
import { isVector } from "../dataTypes";
import type { Named } from "../messages";
import { demand, refuse } from "../refusal";
import { rules } from "../rules";

interface Load extends Named {
    refresh: boolean;
    replica_number: number;
    resource_groups: string[];
}

const DEFAULT_GROUP = "__default_resource_group";

interface InPartitions {
    partition_names: string[];
}

/** Requires an index on every vector. Source: loadCollectionTask in internal/proxy/task.go. */
export function loadCollection(request: Load, call: Call): object {
    const collection = collectionOf(request, call);
    // Source: LoadCollection in internal/querycoordv2/services.go: a refresh needs a loaded collection, and changes nothing else.
    if (request.refresh) {
        demand(
            collection.load === "loaded",
            "collectionNotFullyLoaded",
            `collection not fully loaded[collection=${collection.name}]`,
        );
        collection.notLoaded.clear();
        collection.loadPending = call.pending;
        return {};
    }
    requireIndexes(collection);
    if (collection.load === "released") collection.notLoaded.clear();
    for (const name of collection.partitions.keys()) collection.partitions.set(name, true);
    return begin(collection, request, call);
}

/**
 * Loads partitions in addition to those already loaded. Source: LoadPartitionJob in
 * internal/querycoordv2/job/job_load.go.
 */
export function loadPartitions(request: Load & InPartitions, call: Call): object {
    const collection = collectionOf(request, call);
    requireIndexes(collection);
    demand(
        collection.load === "released" || collection.replicas === replicasOf(request),
        "invalid",
        "can't change the replica number for loaded partitions",
    );
    if (collection.load === "released")
        for (const name of collection.partitions.keys()) collection.partitions.set(name, false);
    for (const name of request.partition_names) collection.partitions.set(name, true);
    return begin(collection, request, call);
}

function replicasOf({ replica_number: asked }: Load): number {
    return Math.max(1, asked);
}

function begin(collection: Collection, request: Load, { pending, version }: Call): object {
    if (collection.load !== "released") {
        if (rules.changesReplicasLoaded(version)) collection.replicas = replicasOf(request);
        return {};
    }
    // Source: checkResourceGroup in internal/querycoordv2/utils/meta.go.
    const groups = request.resource_groups.length;
    demand(
        groups < 2 || groups === replicasOf(request),
        "invalid",
        "resource group num can only be 0, 1 or same as replica number",
    );
    collection.load = "loading";
    collection.loadPending = pending;
    collection.replicas = replicasOf(request);
    collection.resourceGroups = request.resource_groups;
    return {};
}

function requireIndexes(collection: Collection): void {
    demand(collection.indexes.length > 0, "indexNotFound", `index not found[collection=${collection.name}]`);
    const indexed = new Set(collection.indexes.map(({ field }) => field));
    const bare = leaves(collection).filter((field) => isVector(field) && !indexed.has(field.name));
    demand(
        bare.length === 0,
        "unexpected",
        `there is no vector index on field: [${bare.map(({ name }) => name).join(" ")}], please create index firstly`,
    );
}

export function releaseCollection(request: Named, call: Call): object {
    collectionOf(request, call).load = "released";
    return {};
}

/** A collection counts as loaded once any partition is; given partitions only if all of them are. */
export function getLoadState(
    { collection_name: name, partition_names: partitions }: Named & InPartitions,
    { catalog, database }: Call,
): object {
    const collection = catalog.find(database, name);
    if (!collection) return { state: "LoadStateNotExist" };
    if (collection.load === "loading" && collection.loadPending-- <= 0) collection.load = "loaded";
    if (collection.load === "loaded" && partitions.some((one) => !collection.partitions.get(one)))
        return { state: "LoadStateNotLoad" };
    return {
        state: { released: "LoadStateNotLoad", loading: "LoadStateLoading", loaded: "LoadStateLoaded" }[
            collection.load
        ],
    };
}

export function getLoadingProgress(request: Named, call: Call): object {
    const collection = collectionOf(request, call);
    const { load, name } = collection;
    if (load === "released") refuse("collectionNotLoaded", `collection not loaded[collection=${name}]`);
    const refreshed = load === "loaded" && collection.loadPending-- <= 0;
    return { progress: load === "loaded" ? "100" : "50", refresh_progress: refreshed ? "100" : "50" };
}

/** One answer for each replica, in the groups in turn. Source: GetReplicas in internal/querycoordv2/services.go. */
export function getReplicas(request: Named, call: Call): object {
    const { load, replicas, resourceGroups, name } = collectionOf(request, call);
    if (load === "released") refuse("collectionNotLoaded", `collection not loaded[collection=${name}]`);
    const groups = resourceGroups.length === 0 ? [DEFAULT_GROUP] : resourceGroups;
    return {
        replicas: Array.from({ length: replicas }, (_, at) => ({
            resource_group_name: groups[at % groups.length],
        })),
    };
}
