import { MilvusError } from "./errors";
import { pause } from "./stopPoint";

/** No server takes this long for the next step of an index build or a load. */
export const STALLED_MS = 10 * 60_000;
/**
 * The deadline of a call that starts a flush, an index build or a load. Milvus returns immediately, milvus-lite 3 when
 * it is done: for 40,000 rows of 256 dimensions a flush takes 7 s and HNSW takes a minute.
 */
export const BUILD_SECONDS = STALLED_MS / 1000;

/** Of the time waited so far: a wait ends at most a tenth later than what it waits for. */
const INTERVAL = { share: 0.1, leastMs: 50, mostMs: 1000 };

/**
 * Polls until finished, at intervals that grow with the wait (50 ms to 1 s). `mark` is any value that changes while the server makes
 * progress. Errors: `stalled` after `patience()` milliseconds without progress.
 */
export async function poll(
    what: string,
    ask: () => Promise<{ finished: boolean; mark: number }>,
    patience: () => number = () => STALLED_MS,
): Promise<void> {
    const began = Date.now();
    let last = -1;
    let moved = began;
    for (;;) {
        const { finished, mark: progress } = await ask();
        if (finished) return;
        if (progress !== last) {
            last = progress;
            moved = Date.now();
        } else if (Date.now() - moved > patience()) {
            throw new MilvusError(
                "stalled",
                `${what}: no progress for ${waited(patience())}. Check the server's log`,
            );
        }
        const { share, leastMs, mostMs } = INTERVAL;
        await pause(Math.min(Math.max((Date.now() - began) * share, leastMs), mostMs));
    }
}

function waited(ms: number): string {
    return ms % 60_000 === 0 && ms > 60_000 ? `${ms / 60_000} minutes` : `${ms / 1000} s`;
}
