import { type Call, collectionOf } from "../call";
import { leaves } from "../catalog";
import { isVector } from "../dataTypes";
import type { Named } from "../messages";
import { demand, refuse } from "../refusal";

/** Needs an index on every vector. Source: loadCollectionTask in internal/proxy/task.go. */
export function loadCollection(request: Named, call: Call): object {
    const collection = collectionOf(request, call);
    demand(collection.indexes.length > 0, "indexNotFound", `index not found[collection=${collection.name}]`);
    const indexed = new Set(collection.indexes.map(({ field }) => field));
    const bare = leaves(collection).filter((field) => isVector(field) && !indexed.has(field.name));
    demand(
        bare.length === 0,
        "unexpected",
        `there is no vector index on field: [${bare.map(({ name }) => name).join(" ")}], please create index firstly`,
    );
    if (collection.load !== "released") return {};
    collection.load = "loading";
    collection.loadPending = call.pending;
    for (const name of collection.partitions.keys()) collection.partitions.set(name, true);
    return {};
}

export function releaseCollection(request: Named, call: Call): object {
    collectionOf(request, call).load = "released";
    return {};
}

export function getLoadState({ collection_name: name }: Named, { catalog, database }: Call): object {
    const collection = catalog.find(database, name);
    if (!collection) return { state: "LoadStateNotExist" };
    if (collection.load === "loading" && collection.loadPending-- <= 0) collection.load = "loaded";
    return {
        state: { released: "LoadStateNotLoad", loading: "LoadStateLoading", loaded: "LoadStateLoaded" }[
            collection.load
        ],
    };
}

export function getLoadingProgress(request: Named, call: Call): object {
    const { load, name } = collectionOf(request, call);
    if (load === "released") refuse("collectionNotLoaded", `collection not loaded[collection=${name}]`);
    return { progress: load === "loaded" ? "100" : "50" };
}
