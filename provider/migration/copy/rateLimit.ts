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
