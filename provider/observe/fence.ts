import { LIFTED } from "./generations";
import { property } from "./properties";

/** A collection's own limits for writes, in MB/s. Source: Milvus, pkg/common/common.go (2.3 and later). */
export const RATES = [
    "collection.insertRate.max.mb",
    "collection.upsertRate.max.mb",
    "collection.deleteRate.max.mb",
] as const;
/** A collection whose flushed rows exceed this quota refuses inserts and upserts, and deletes before 2.4.14 (issue 37139). */
export const QUOTA = "collection.diskProtection.diskQuota.mb";

/** Milvus before 2.4.18 cannot delete a property: a value larger than any disk stands for no quota. */
export const NO_QUOTA = "1000000000";

/** The limits that a collection had before its fence, by property; an empty text stands for none. */
export type LimitsBefore = Record<string, string>;

/**
 * The limits from before the current fence; undefined where there is no fence. The first release set the quota alone, and
 * stored its value as plain text.
 */
export function limitsBefore({
    [property.fenced]: stored,
}: Record<string, string>): LimitsBefore | undefined {
    if (stored === undefined || stored === LIFTED) return undefined;
    return stored.startsWith("{") ? (JSON.parse(stored) as LimitsBefore) : { [QUOTA]: stored };
}

/** The properties as they are without a fence: a copy that got the fence of its source would refuse its rows. */
export function withoutFence(properties: Record<string, string>): Record<string, string> {
    if (properties[property.fenced] === undefined) return properties;
    const before = limitsBefore(properties) ?? properties;
    // A lifted fence leaves values behind that stand for none, where the server cannot delete a property.
    const none = new Set(["", "-1", NO_QUOTA]);
    const limits: readonly string[] = [...RATES, QUOTA];
    return Object.fromEntries(
        Object.entries({ ...properties, ...before }).filter(
            ([key, value]) => !limits.includes(key) || !none.has(value),
        ),
    );
}
