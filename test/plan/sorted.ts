/** Compares items by a text key. */
export const by =
    <T>(key: (item: T) => string) =>
    (a: T, b: T) =>
        key(a) < key(b) ? -1 : 1;

/** A JSON value with the keys of its objects sorted. */
export function sorted(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(sorted);
    if (typeof value !== "object" || value === null) return value;
    return Object.entries(value)
        .sort(by(([key]) => key))
        .map(([key, item]) => [key, sorted(item)]);
}
