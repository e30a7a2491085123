import { setTimeout as delay } from "node:timers/promises";

import { MilvusError } from "./errors";

/** Nothing moved for so long: no server takes it for the next step of a build or a load. */
const STALLED_MS = 10 * 60_000;
/**
 * The deadline of a call that asks for a flush, a build or a load. Milvus answers at once, milvus-lite 3 when it is done:
 * 40,000 rows of 256 dimensions take it 7 s to flush, and a minute for HNSW.
 */
export const BUILD_SECONDS = STALLED_MS / 1000;

/** Asks until finished, ever more seldom (50 ms to 1 s). `progress` is anything that changes while the server gets on. */
export async function poll(
    what: string,
    ask: () => Promise<{ finished: boolean; mark: number }>,
): Promise<void> {
    let pause = 50;
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
                `${what}: no progress for ${STALLED_MS / 60_000} minutes. Look at the server's log`,
            );
        }
        await delay(pause);
        pause = Math.min(pause * 1.5, 1000);
    }
}
