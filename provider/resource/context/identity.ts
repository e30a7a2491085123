import { randomBytes } from "node:crypto";

import type { CollectionRef } from "../../milvus/collection/collections";
import type { ObservedCollection } from "../../observe/state";

export function newGeneration(): string {
    return randomBytes(4).toString("hex").slice(0, 7);
}

/** The logical name plus seven hex digits, in the letters that Milvus takes; Pulumi's way to name what has no name. */
export function autoName(logical: string, generation: string): string {
    const safe = logical.replace(/[^A-Za-z0-9_]/g, "_").replace(/^(?=[0-9])/, "_");
    return `${safe.slice(0, 255 - 8)}_${generation}`;
}

/** The name without its generation, which a copy of it has another one of; a name of the program's own as it is. */
function stemOf(name: string, generation: string): string {
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
