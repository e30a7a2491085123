import type { Capabilities } from "../../observe/state";
import { LIFTED } from "../../observe/generations";
import { type LimitsBefore, NO_QUOTA, QUOTA, RATES } from "../../observe/fence";
import { property } from "../../observe/properties";

/**
 * About one byte a second: small enough to stop writes, and not 0, which Milvus reports as an exhausted quota (code 9).
 * Clients' SDKs do not retry code 9.
 */
const TINY_RATE = "0.000001";
/** The limits that a fence changes, as they are before it. */
export function limitsOf(properties: Record<string, string>): LimitsBefore {
    return Object.fromEntries([...RATES, QUOTA].map((key) => [key, properties[key] ?? ""]));
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
