/**
 * How a field or an index is kept in memory, as Milvus spells it. Source: MmapEnabledKey and WarmupKey in pkg/common/common.go
 * of milvus-io/milvus.
 */
export const memoryKeys = { mmap: "mmap.enabled", warmup: "warmup" } as const;

export type MemorySetting = keyof typeof memoryKeys;
export const memorySettings = Object.keys(memoryKeys) as MemorySetting[];

/** What is loaded before the first search. Source: Milvus docs, "Warm Up"; ValidateWarmupPolicy in pkg/common/common.go. */
export const warmups = ["sync", "disable"] as const;

/** Keeps where the row of each value stands, for an index that has no raw values (BITMAP). */
export const OFFSET_CACHE = "indexoffsetcache.enabled";

/**
 * Whether a parameter of an index is about memory alone, so that nothing is built again for it. Source: configableIndexParams in
 * pkg/util/indexparams of milvus-io/milvus (2.6).
 */
export const isOfMemory = (key: string): boolean =>
    [...Object.values<string>(memoryKeys), OFFSET_CACHE].includes(key);

/** A flag as Go reads it, such as `True` from pymilvus; undefined for any other text. Source: strconv.ParseBool. */
export function flagOf(value: unknown): boolean | undefined {
    const text = String(value);
    if (/^(1|t|T|TRUE|true|True)$/.test(text)) return true;
    return /^(0|f|F|FALSE|false|False)$/.test(text) ? false : undefined;
}

/** The same parameters, with every flag of memory spelled alike. */
export function withPlainFlags<Value>(
    params: Readonly<Record<string, Value>>,
): Record<string, Value | boolean> {
    const flag = flagOf(params[memoryKeys.mmap]);
    return flag === undefined ? { ...params } : { ...params, [memoryKeys.mmap]: flag };
}

/** Memory as arguments say it, and the parameters that are left: a value that no argument has stays as it is spelled. */
export function fromMemoryParams<Value>(params: Readonly<Record<string, Value>>): {
    memory: { mmap?: boolean; warmup?: (typeof warmups)[number] };
    rest: Record<string, Value>;
} {
    const { [memoryKeys.mmap]: mapped, [memoryKeys.warmup]: policy } = params;
    const mmap = mapped === undefined ? undefined : flagOf(mapped);
    const warmup = warmups.find((one) => one === policy);
    const said: Record<string, unknown> = { [memoryKeys.mmap]: mmap, [memoryKeys.warmup]: warmup };
    return {
        memory: { ...(mmap !== undefined && { mmap }), ...(warmup !== undefined && { warmup }) },
        rest: Object.fromEntries(Object.entries(params).filter(([key]) => said[key] === undefined)),
    };
}
