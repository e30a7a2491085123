import { setTimeout as delay } from "node:timers/promises";

/** A call of a program's module without an answer for this long counts as failed. */
export const CALL_MS = 10 * 60_000;

/** Fails where a call of a program's module does not answer in time, so that a migration never waits forever. */
export async function inTime<T>(call: T | Promise<T>, ms: number): Promise<T> {
    const over = new AbortController();
    const late = delay(ms, undefined, { signal: over.signal }).then(() => {
        throw new Error(
            ms < 60_000 ? `no answer within ${ms / 1000} s` : `no answer within ${ms / 60_000} minutes`,
        );
    });
    late.catch(() => undefined);
    try {
        return await Promise.race([call, late]);
    } finally {
        over.abort();
    }
}
