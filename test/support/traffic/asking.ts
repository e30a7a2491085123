import { setTimeout as delay } from "node:timers/promises";

import { countRows } from "../../../provider/milvus/rows/rows";
import type { MilvusClient } from "../../../provider/milvus/transport/client";

export interface Asked {
    answers: number;
    /** The messages of what failed. */
    failures: string[];
    /** Each run of equal answers as one: `["rows", "refused", "rows"]`. */
    runs: ("rows" | "refused")[];
}

/**
 * Queries a name repeatedly during an action. It ends with the action, also where that fails, and pauses after a
 * failure: a client that is closed refuses at once, and a loop of such answers would keep this process from all else.
 */
export async function askDuring(
    client: MilvusClient,
    name: string,
    during: () => Promise<unknown>,
): Promise<Asked> {
    const asked: Asked = { answers: 0, failures: [], runs: [] };
    let ended = false;
    const ask = async () => {
        while (!ended) {
            const failure = await countRows(client, { database: undefined, name }, "page_num >= 0").then(
                () => undefined,
                (error: unknown) => (error as Error).message,
            );
            if (failure === undefined) asked.answers++;
            else asked.failures.push(failure);
            const run = failure === undefined ? "rows" : "refused";
            if (asked.runs.at(-1) !== run) asked.runs.push(run);
            if (failure !== undefined) await delay(5);
        }
    };
    const asking = ask();
    try {
        await during();
    } finally {
        ended = true;
        await asking;
    }
    return asked;
}
