import { setTimeout as delay } from "node:timers/promises";

import { toldSoFar } from "../../../scripts/engine/result";
import type { Result } from "../../../scripts/engine/stack";

/**
 * The result of an operation that a test waits for so long, and no longer: one that runs after its writers for ever says
 * nothing of it, and what it told until then does.
 */
export async function within(minutes: number, operation: Promise<Result>): Promise<Result> {
    const result = await Promise.race([operation, delay(minutes * 60_000, undefined, { ref: false })]);
    if (result === undefined)
        throw new Error(`no end after ${minutes} minutes; so far it told:\n${toldSoFar()}`);
    return result;
}
