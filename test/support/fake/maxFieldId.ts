import type { Collection } from "./catalog";
import { rules } from "./rules";
import type { Version } from "./version";

/** Field ids are never reused: a server that tracks them stores the highest one in a property of the collection. */
export function recordMaxFieldId(collection: Collection, version: Version): void {
    if (rules.maxFieldIdProperty(version))
        collection.properties.set("max_field_id", String(collection.maxFieldId));
}
