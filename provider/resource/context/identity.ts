import { randomBytes } from "node:crypto";

import type { CollectionRef } from "../../milvus/collections";
import type { MilvusClient } from "../../milvus/client";
import { findGeneration, observeMarker } from "../../observe/collection";
import type { ObservedCollection } from "../../observe/state";
import type { Endpoint } from "../../migration/read/endpoint";
import type { Props } from "./context";

/** Hidden inputs: set by `sdk/` (`__owner`, `__logicalName`) or by `check` (`__generation`), shown in no diff. */
export interface Hidden {
    owner: string;
    name: string;
    generation: string;
}

export function hidden(props: Props): Hidden {
    const { __owner: owner, __logicalName: name, __generation: generation } = props as Record<string, string>;
    return { owner: owner ?? "", name: name ?? "collection", generation: generation ?? "" };
}

export function newGeneration(): string {
    return randomBytes(4).toString("hex").slice(0, 7);
}

/** The logical name plus seven hex digits, in the letters that Milvus takes; Pulumi's way to name what has no name. */
export function autoName(logical: string, generation: string): string {
    const safe = logical.replace(/[^A-Za-z0-9_]/g, "_").replace(/^(?=[0-9])/, "_");
    return `${safe.slice(0, 255 - 8)}_${generation}`;
}

/** The name without its generation, which a copy of it has another one of; a name of the program's own as it is. */
export function stemOf(name: string, generation: string): string {
    const end = `_${generation}`;
    return name.endsWith(end) ? name.slice(0, -end.length) : name;
}

/** Where a collection stands; the server tells no database where it has one alone. */
export function refOf({ database, name }: Pick<ObservedCollection, "database" | "name">): CollectionRef {
    return { database: database || undefined, name };
}

/**
 * Copies of a generation are named after the resource, which may have been renamed, or after the collection itself. No name
 * begins with both.
 */
export function prefixesOf(name: string, recorded: CollectionRef, generation: string): string[] {
    const [own, stem] = [autoName(name, ""), stemOf(recorded.name, generation)];
    if (own.startsWith(stem)) return [stem];
    return stem.startsWith(own) ? [own] : [own, stem];
}

/** A name on its server as a key, however a program writes its database. */
export function keyOn({ client, ref }: Endpoint): string {
    return `${client.target} ${ref.database ?? client.database} ${ref.name}`;
}

/** Where the state says that the collection is. */
export function recordedRef(props: Props): CollectionRef {
    return { database: props.database as string | undefined, name: props.collectionName as string };
}

/**
 * The name under which the recorded generation stands on the server; undefined where it is gone. A collection that
 * took its name but is another generation, or somebody else's, does not count.
 */
export async function locate(client: MilvusClient, props: Props): Promise<CollectionRef | undefined> {
    const ref = recordedRef(props);
    const generation = props.generation as string;
    const there = await observeMarker(client, ref);
    // A server that keeps no stamp on what it adopted leaves the name as the only mark.
    if (
        there.exists &&
        (there.marker?.generation === generation || (!there.marker && props.__stamped === false))
    )
        return ref;
    const [name] = await findGeneration(client, ref, (marker) => marker?.generation === generation);
    return name === undefined ? undefined : { ...ref, name };
}
