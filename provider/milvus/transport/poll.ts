import { MilvusError } from "./errors";
import { pause } from "./stopPoint";

/** No server takes this long for the next step of an index build or a load. */
const STALLED_MS = 10 * 60_000;
/**
 * The deadline of a call that starts a flush, an index build or a load. Milvus returns immediately, milvus-lite 3 when
 * it is done: for 40,000 rows of 256 dimensions a flush takes 7 s and HNSW takes a minute.
 */
export const BUILD_SECONDS = STALLED_MS / 1000;

/**
 * Polls until finished, at growing intervals (50 ms to 1 s). `mark` is any value that changes while the server makes
 * progress.
 */
export async function poll(
    what: string,
    ask: () => Promise<{ finished: boolean; mark: number }>,
): Promise<void> {
    let interval = 50;
    let last = -1;
    let moved = Date.now();
    for (;;) {
        const { finished, mark: progress } = await ask();
        if (finished) return;
        if (progress !== last) {
            last = progress;
            moved = Date.now();
        } else if (Date.now() - moved > STALLED_MS) {
            throw new MilvusError(
                "stalled",
                `${what}: no progress for ${STALLED_MS / 60_000} minutes. Check the server's log`,
            );
        }
        await pause(interval);
        interval = Math.min(interval * 1.5, 1000);
    }
}
