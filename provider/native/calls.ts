/** Why a call ends before its work does. */
export type Ended = { kind: "timeout"; seconds: number } | { kind: "cancelled" };

/**
 * Calls at work. The engine passes `customTimeouts` on but does not enforce them, and asks for an end with Cancel: on
 * Ctrl-C, and as it stops. The work of an ended call cannot be taken back; it stops at its next question whether it may go
 * on, or with the process, and the next run resumes it.
 */
export class Calls {
    private readonly cancelled = new AbortController();

    /** Ends every call at work, and each one that begins later. */
    cancel(): void {
        this.cancelled.abort();
    }

    /**
     * Waits for `work`.
     *
     * @param seconds how long the call may take; 0: without limit
     * @param error the error of a call that is ended
     */
    run<T>(seconds: number, work: () => Promise<T>, error: (ended: Ended) => Error): Promise<T> {
        const { signal } = this.cancelled;
        if (signal.aborted) return Promise.reject(error({ kind: "cancelled" }));
        return new Promise((resolve, reject) => {
            const cancel = () => reject(error({ kind: "cancelled" }));
            const timer =
                seconds > 0
                    ? setTimeout(() => reject(error({ kind: "timeout", seconds })), seconds * 1000)
                    : undefined;
            signal.addEventListener("abort", cancel, { once: true });
            void work()
                .then(resolve, reject)
                .finally(() => {
                    clearTimeout(timer);
                    signal.removeEventListener("abort", cancel);
                });
        });
    }
}
