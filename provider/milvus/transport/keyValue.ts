/** `common.KeyValuePair`: Milvus' way to send parameters and properties, all of it text. */
export interface KeyValue {
    key: string;
    value: string;
}

/** Leaves out what is undefined; objects and arrays go as JSON. */
export function keyValues(values: Record<string, unknown>): KeyValue[] {
    return Object.entries(values)
        .filter(([, value]) => value !== undefined)
        .map(([key, value]) => ({ key, value: text(value) }));
}

export function record(pairs: readonly KeyValue[] | null | undefined): Record<string, string> {
    return Object.fromEntries((pairs ?? []).map(({ key, value }) => [key, value]));
}

/** A parameter's value as text; strings as they are. */
export function text(value: unknown): string {
    return typeof value === "string" ? value : JSON.stringify(value);
}
