/** Milliseconds of the searches of one side. */
export interface Latency {
    p50: number;
    p95: number;
    p99: number;
    /** Searches that were measured. */
    count: number;
}

/** A p95 below this many milliseconds passes whatever the other side takes: there the network counts, and not the index. */
const FLOOR_MS = 5;

/** Undefined without a measurement. A percentile is the least value that so many percent of the values do not exceed. */
export function latencyOf(milliseconds: readonly number[]): Latency | undefined {
    if (milliseconds.length === 0) return undefined;
    const sorted = [...milliseconds].sort((a, b) => a - b);
    const percentile = (percent: number) => sorted[Math.ceil((percent / 100) * sorted.length) - 1]!;
    return { p50: percentile(50), p95: percentile(95), p99: percentile(99), count: sorted.length };
}

/** The ratio that a bar judges: p95 to p95. 1 at most where the new one is below the floor. */
export function latencyRatio(now: Latency, old: Latency): number {
    const ratio = now.p95 / Math.max(old.p95, Number.MIN_VALUE);
    return now.p95 < FLOOR_MS ? Math.min(1, ratio) : ratio;
}
