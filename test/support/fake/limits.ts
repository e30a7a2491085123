/**
 * The rates and the disk quota of a collection. Source: rootcoord/quota_center.go, rootcoord/util.go (getRateLimitConfig),
 * pkg/util/ratelimitutil/limiter.go, internal/proxy/rate_limit_interceptor.go.
 */
import { type Call, collectionOf } from "./call";
import type { Collection } from "./catalog";
import type { Named } from "./messages";
import { demand } from "./refusal";
import { rules } from "./rules";

type Write = "Insert" | "Upsert" | "Delete";

export interface Limits {
    /** Number of writes that still see the limits from before the last change: the server reads them every 3 s. */
    pending: number;
    /** The properties as the server has read them. */
    read: Map<string, string>;
    /** By kind of write: the bytes that may still be written, and when that was. */
    tokens: Map<Write, { left: number; at: bigint }>;
}

export const noLimits = (): Limits => ({ pending: 0, read: new Map(), tokens: new Map() });

const rateOf: Record<Write, string> = {
    Insert: "collection.insertRate.max.mb",
    Upsert: "collection.upsertRate.max.mb",
    Delete: "collection.deleteRate.max.mb",
};
const QUOTA = "collection.diskProtection.diskQuota.mb";
const MB = 2 ** 20;

export function isWrite(name: string): name is Write {
    return name in rateOf;
}

/** Rejects a write beyond the limits, before its request is read. */
export function limitWrite(write: Write, request: Named, bytes: number, call: Call): void {
    if (call.limits === "off") return;
    const collection = collectionOf(request, call);
    const { limits } = collection;
    if (limits.pending-- <= 0) limits.read = new Map(collection.properties);
    checkQuota(write, collection, call);
    if (call.limits === "quota") return;
    const rate = Number.parseFloat(limits.read.get(rateOf[write]) ?? "");
    // No number, or a negative one, stands for the server's own setting, which is unlimited here.
    if (!(rate >= 0)) return void limits.tokens.delete(write);
    demand(rate > 0, "quotaExceeded", "quota exceeded[reason=access has been disabled by the administrator]");
    const now = call.catalog.now();
    const { left, at } = limits.tokens.get(write) ?? { left: 1, at: now };
    // A timestamp has 18 bits below the millisecond.
    const refilled = Math.min(rate * MB, left + (Number((now - at) >> 18n) / 1000) * rate * MB);
    const allowed = refilled > 0;
    // A request is let through while anything is left, and then counts with its whole size.
    limits.tokens.set(write, { left: allowed ? refilled - bytes : refilled, at: now });
    demand(
        allowed,
        "rateLimit",
        `rate limit exceeded[rate=${rate}]: request is rejected by grpc RateLimiter middleware, please retry later`,
    );
}

/** The quota compares the size of what is flushed: a collection without flushed rows takes writes. */
function checkQuota(write: Write, { limits, rows }: Collection, { version }: Call): void {
    const quota = Number.parseFloat(limits.read.get(QUOTA) ?? "");
    const flushed = rows.filter((row) => row.flushed).length;
    const isExceeded = quota >= 0 && flushed > quota * MB;
    const stops = write !== "Delete" || rules.quotaStopsDeletes(version);
    demand(
        !isExceeded || !stops,
        "quotaExceeded",
        "quota exceeded[reason=disk quota exceeded, please allocate more resources]",
    );
}
