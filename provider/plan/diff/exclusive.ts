/**
 * The property that a collection cannot have together with this one: a time to live of all rows, or one of each row. Source:
 * validateTTL in internal/proxy/task.go (3.0).
 */
export function excludedBy(key: string): string | undefined {
    if (key === "ttl_field") return "collection.ttl.seconds";
    return key === "collection.ttl.seconds" ? "ttl_field" : undefined;
}
