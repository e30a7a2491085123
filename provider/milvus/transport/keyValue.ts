/** `common.KeyValuePair`: Milvus sends parameters and properties as pairs of text. */
export interface KeyValue {
    key: string;
    value: string;
}

/** Omits undefined values; encodes objects and arrays as JSON. */
export function keyValues(values: Record<string, unknown>): KeyValue[] {
    return Object.entries(values)
        .filter(([, value]) => value !== undefined)
        .map(([key, value]) => ({ key, value: text(value) }));
}

export function record(pairs: readonly KeyValue[] | null | undefined): Record<string, string> {
    return Object.fromEntries((pairs ?? []).map(({ key, value }) => [key, value]));
}

/** A parameter's value as text; strings stay unchanged. */
export function text(value: unknown): string {
    return typeof value === "string" ? value : JSON.stringify(value);
}
