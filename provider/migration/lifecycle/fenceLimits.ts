import type { Capabilities } from "../../observe/state";
import { LIFTED } from "../../observe/generations";
import { property } from "../../observe/properties";

/** A collection's own limits for writes, in MB/s. Source: Milvus, pkg/common/common.go (2.3 and later). */
const RATES = [
    "collection.insertRate.max.mb",
    "collection.upsertRate.max.mb",
    "collection.deleteRate.max.mb",
] as const;
/** A collection whose flushed rows exceed this quota refuses inserts and upserts, and deletes before 2.4.14 (issue 37139). */
const QUOTA = "collection.diskProtection.diskQuota.mb";

/**
 * About one byte a second: small enough to stop writes, and not 0, which Milvus reports as an exhausted quota (code 9).
 * Clients' SDKs do not retry code 9.
 */
const TINY_RATE = "0.000001";
/** Milvus before 2.5 cannot delete a property: a value larger than any disk stands for no quota. */
const NO_QUOTA = "1000000000";

/** The limits that a collection had before its fence, by property; an empty text stands for none. */
export type LimitsBefore = Record<string, string>;

/** The limits that a fence changes, as they are before it. */
export function limitsOf(properties: Record<string, string>): LimitsBefore {
    return Object.fromEntries([...RATES, QUOTA].map((key) => [key, properties[key] ?? ""]));
}

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

/** Slows all writes down so far that they wait; stores what the limits were, so that any run can lift the fence. */
export function slowed(before: LimitsBefore): Record<string, string> {
    return {
        ...Object.fromEntries(RATES.map((key) => [key, TINY_RATE])),
        [property.fenced]: JSON.stringify(before),
    };
}

/** Refuses writes by the quota, where the rates have no effect. */
export const exhausted: Record<string, string> = { [QUOTA]: "0" };

/**
 * The properties that lift a fence. A limit that the collection did not have gets a value that means the server's own
 * setting: `getRateLimitConfig` in rootcoord takes it for a negative rate, and for one that is no number. Before 2.4 it
 * reads every number of the upsert rate as 0, so there it has to be none.
 */
export function lifted(before: LimitsBefore, { deleteProperties }: Capabilities): Record<string, string> {
    const noRate = deleteProperties ? "-1" : "";
    const limits = Object.entries(before).map(([key, value]) => [
        key,
        value || (key === QUOTA ? NO_QUOTA : noRate),
    ]);
    return { ...(Object.fromEntries(limits) as Record<string, string>), [property.fenced]: LIFTED };
}

/** The properties that the collection does not have without a fence. */
export function addedBy(before: LimitsBefore): string[] {
    return [...Object.keys(before).filter((key) => before[key] === ""), property.fenced];
}
