import { AsyncLocalStorage } from "node:async_hooks";
import { setTimeout as delay } from "node:timers/promises";

/** Belongs to the work that is done within one call of the engine, and to nothing else of the process. */
const current = new AsyncLocalStorage<AbortSignal>();

/** Does work that ends at its next stop point once `signal` is aborted, with the reason of the signal as its error. */
export function stoppable<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    return current.run(signal, work);
}

/**
 * A place where work can end so that a later run resumes it: before a page is read, before rows are sent, while it waits.
 * What repairs after an error passes none: a fence is lifted and a lease released all the same.
 */
export function stopPoint(): void {
    current.getStore()?.throwIfAborted();
}

/** Waits, and is a stop point all the while. */
export async function pause(ms: number): Promise<void> {
    const signal = current.getStore();
    await delay(ms, undefined, { ...(signal && { signal }) }).catch(() => undefined);
    stopPoint();
}
