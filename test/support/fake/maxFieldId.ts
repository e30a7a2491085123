import type { Collection } from "./catalog";
import { rules } from "./rules";
import type { Version } from "./version";

/** The id of a field is never given twice: where the server keeps books of it, it does so in a property of the collection. */
export function recordMaxFieldId(collection: Collection, version: Version): void {
    if (rules.maxFieldIdProperty(version))
        collection.properties.set("max_field_id", String(collection.maxFieldId));
}
