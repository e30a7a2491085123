import { pause } from "../../milvus/transport/stopPoint";

/** Limits a copy to `rowsPerSecond` over all its ranges; without a limit nothing waits. */
export function rateLimit(rowsPerSecond: number | undefined): (rows: number) => Promise<void> {
    if (rowsPerSecond === undefined) return () => Promise.resolve();
    let due = Date.now();
    return async (rows) => {
        due = Math.max(due, Date.now()) + (rows / rowsPerSecond) * 1000;
        await pause(Math.max(0, due - Date.now()));
    };
}

/**
 * The most rows of a page, so that all workers together send what is allowed in a second and then wait. A page of 16 MiB
 * would go out at full speed, and the copy would wait for a minute behind it.
 */
export function rowsOfSecond(rowsPerSecond: number | undefined, workers: number): number | undefined {
    return rowsPerSecond === undefined ? undefined : Math.max(1, Math.floor(rowsPerSecond / workers));
}
