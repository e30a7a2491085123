import { AsyncLocalStorage } from "node:async_hooks";

import type { ErrorKind } from "./errors";

/** Is told of the calls of a piece of work: what they send, and what has to be sent again. */
export interface Traffic {
    /** A batch of rows that the server has stored. */
    sent(bytes: number): void;
    /** A call that failed with an error of this kind, and is repeated. */
    retried(kind: ErrorKind): void;
}

/** Belongs to the work of one migration, and to nothing else of the process. */
const current = new AsyncLocalStorage<Traffic>();

/** Does work whose calls `traffic` is told of. */
export function watched<T>(traffic: Traffic, work: () => Promise<T>): Promise<T> {
    return current.run(traffic, work);
}

/** Undefined where nobody watches. */
export function trafficOf(): Traffic | undefined {
    return current.getStore();
}
