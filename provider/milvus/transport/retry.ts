import { setTimeout as delay } from "node:timers/promises";

import { isMilvusError } from "./errors";

/** A server under its rate limit gets so much time, in all, to take a call. */
const THROTTLED_MS = 5 * 60_000;
/** One that is away gets as long as a proxy needs to start again; who waits longer is better off told. */
const UNREACHABLE_MS = 10_000;

/** A server that asks for a slower pace is asked again, ever later; all else is a failure. */
export function retryWhenThrottled<T>(call: () => Promise<T>): Promise<T> {
    return retry(call, (error) => (isMilvusError(error, "rate-limited") ? THROTTLED_MS : 0));
}

/** The same for a call that reads: one whose answer was lost on its way can be made again as well. */
export function retryRead<T>(call: () => Promise<T>): Promise<T> {
    return retry(call, (error) => {
        if (isMilvusError(error, "rate-limited")) return THROTTLED_MS;
        return isMilvusError(error, "lost", "unreachable") ? UNREACHABLE_MS : 0;
    });
}

async function retry<T>(call: () => Promise<T>, timeoutOf: (error: unknown) => number): Promise<T> {
    const begin = Date.now();
    for (let pause = 250; ; pause = Math.min(pause * 2, 10_000)) {
        try {
            return await call();
        } catch (error) {
            if (Date.now() + pause > begin + timeoutOf(error)) throw error;
            // A random part, so that several callers do not come back all at once.
            await delay(pause * (0.5 + Math.random()));
        }
    }
}
