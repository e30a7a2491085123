import { stoppable } from "../milvus/transport/stopPoint";

/** Why a call ends before its work does. */
export type Ended = { kind: "timeout"; seconds: number } | { kind: "cancelled" };

/** How long an ended call waits for its work to come to a stop point and to put away what it has: its lease, its fence. */
const GRACE_MS = 10_000;

/**
 * Calls at work. The engine passes `customTimeouts` on but does not enforce them, and asks for an end with Cancel: on
 * Ctrl-C, and as it stops. The work of an ended call ends at its next stop point, and the next run resumes it.
 */
export class Calls {
    private readonly cancelled = new AbortController();

    constructor(private readonly graceMs = GRACE_MS) {}

    /** Ends every call at work, and each one that begins later. */
    cancel(): void {
        this.cancelled.abort();
    }

    /**
     * Waits for `work`. One that comes to its end though it was to stop has done all of it.
     *
     * @param seconds how long the call may take; 0: without limit
     * @param error the error of a call that is ended
     */
    run<T>(seconds: number, work: () => Promise<T>, error: (ended: Ended) => Error): Promise<T> {
        const { signal } = this.cancelled;
        if (signal.aborted) return Promise.reject(error({ kind: "cancelled" }));
        return new Promise((resolve, reject) => {
            const stop = new AbortController();
            let timer: NodeJS.Timeout | undefined;
            const end = (ended: Ended) => {
                clearTimeout(timer);
                if (stop.signal.aborted) return;
                const reason = error(ended);
                stop.abort(reason);
                timer = setTimeout(() => reject(reason), this.graceMs);
            };
            const cancel = () => end({ kind: "cancelled" });
            if (seconds > 0) timer = setTimeout(() => end({ kind: "timeout", seconds }), seconds * 1000);
            signal.addEventListener("abort", cancel, { once: true });
            void stoppable(stop.signal, work)
                .then(resolve, reject)
                .finally(() => {
                    clearTimeout(timer);
                    signal.removeEventListener("abort", cancel);
                });
        });
    }
}
