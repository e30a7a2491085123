import { isMilvusError } from "./errors";
import { pause } from "./stopPoint";
import { trafficOf } from "./traffic";

/** Total time to wait for a server that limits the rate. */
const THROTTLED_MS = 5 * 60_000;
/** Total time to wait for an unreachable server: the restart of a proxy. After a longer wait an error is more useful. */
const UNREACHABLE_MS = 10_000;
/** Total time to wait for a server that balances or restarts its nodes: a query node takes up to a minute. */
const NOT_READY_MS = 60_000;

/** Retries with growing intervals while the server limits the rate; any other error is final. */
export function retryWhenThrottled<T>(call: () => Promise<T>): Promise<T> {
    return retry(call, (error) => (isMilvusError(error, "rate-limited") ? THROTTLED_MS : 0));
}

/** Also retries after a lost answer, which is safe for a call that only reads. */
export function retryRead<T>(call: () => Promise<T>): Promise<T> {
    return retry(call, (error) => {
        if (isMilvusError(error, "rate-limited")) return THROTTLED_MS;
        if (isMilvusError(error, "not-ready")) return NOT_READY_MS;
        return isMilvusError(error, "lost", "unreachable") ? UNREACHABLE_MS : 0;
    });
}

/** Also retries a write that a server without ready nodes rejects, which is safe where a part of it may be stored. */
export function retryRepeatable<T>(call: () => Promise<T>): Promise<T> {
    return retry(call, (error) => {
        if (isMilvusError(error, "rate-limited")) return THROTTLED_MS;
        return isMilvusError(error, "not-ready") ? NOT_READY_MS : 0;
    });
}

async function retry<T>(call: () => Promise<T>, timeoutOf: (error: unknown) => number): Promise<T> {
    const begin = Date.now();
    for (let interval = 250; ; interval = Math.min(interval * 2, 10_000)) {
        try {
            return await call();
        } catch (error) {
            if (Date.now() + interval > begin + timeoutOf(error)) throw error;
            if (isMilvusError(error)) trafficOf()?.retried(error.kind);
            // The random factor keeps several callers from retrying at the same moment.
            await pause(interval * (0.5 + Math.random()));
        }
    }
}
