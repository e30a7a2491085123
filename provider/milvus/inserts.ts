import { setTimeout as delay } from "node:timers/promises";

import type { MilvusClient } from "./client";
import { checkStatus, isMilvusError, MilvusError } from "./errors";
import { rpc } from "./protocol";
import { ROWS_SECONDS } from "./rows";

const insert = rpc("Insert");

/** A server under its rate limit gets so much time, in all, to take a batch. */
const PATIENCE_MS = 5 * 60_000;

/** Sends a batch of rows. A server that asks for a slower pace is asked again, ever later; all else is a failure. */
export async function sendInsert(
    client: MilvusClient,
    collection: string,
    request: Buffer,
    rows: number,
): Promise<void> {
    const what = `Insert ${collection}`;
    const end = Date.now() + PATIENCE_MS;
    for (let pause = 250; ; pause = Math.min(pause * 2, 10_000)) {
        try {
            return check(
                what,
                insert.decode(await client.send(insert.path, request, what, { seconds: ROWS_SECONDS })),
                rows,
            );
        } catch (error) {
            if (!isMilvusError(error, "rate-limited") || Date.now() + pause > end) throw error;
            // A random part, so that several writers do not come back all at once.
            await delay(pause * (0.5 + Math.random()));
        }
    }
}

function check(what: string, answer: Record<string, unknown>, rows: number): void {
    checkStatus(what, (answer.status as Record<string, unknown> | null) ?? { error_code: "no status" });
    const taken = Number(answer.insert_cnt);
    if (taken !== rows)
        throw new MilvusError("bad-answer", `${what}: ${rows} rows were sent, the server took ${taken}`);
}
