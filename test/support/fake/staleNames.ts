/**
 * A proxy that has the former collection of a name in its cache, after a rename has given the name to another one. Source: the
 * cache of internal/proxy/meta_cache.go, which a rename invalidates; milvus issues 51313 and 52351 for proxies that miss it.
 */
import type { Collection } from "./catalog";
import type { Call } from "./call";
import type { Named } from "./messages";

export interface StaleName {
    id: string;
    /** Number of queries that the former collection still answers. */
    left: number;
}

/** Notes which collection had a name, when a rename takes it away, and is another one's when a rename gives it. */
export function noteRename(collection: Collection, from: string, { catalog, database, nameLag }: Call): void {
    const names = (catalog.database(database).staleNames ??= new Map<string, StaleName>());
    names.set(from, { id: collection.id, left: 0 });
    const former = names.get(collection.name);
    if (former && former.id !== collection.id) former.left = nameLag;
}

/** The collection that answers a query by a name, where the proxy has not followed a rename. */
export function staleCollection({ collection_name: name }: Named, call: Call): Collection | undefined {
    const { collections, staleNames } = call.catalog.database(call.database);
    const stale = staleNames?.get(name);
    if (!stale || stale.left <= 0) return undefined;
    stale.left--;
    return [...collections.values()].find(({ id }) => id === stale.id);
}
