import { setTimeout as delay } from "node:timers/promises";

import { insertRows, type RowsToInsert } from "../data/rows";

/** Keys that no other rows of a test have. */
const firstKey = 20_000_000;

/**
 * Inserts one row after the other through a name during an action, and returns the keys of those that the server has
 * acknowledged: a row that it refuses, because the name is just gone, is not tried again.
 */
export async function insertDuring(
    rows: RowsToInsert,
    during: () => Promise<unknown>,
): Promise<{ acknowledged: string[] }> {
    const acknowledged: string[] = [];
    let ended = false;
    const insert = async () => {
        for (let key = firstKey; !ended; key++) {
            const one = { ...rows, keys: [String(key)], flushEvery: undefined };
            await insertRows(one).then(
                () => acknowledged.push(String(key)),
                () => delay(5),
            );
        }
    };
    const inserting = insert();
    try {
        await during();
    } finally {
        ended = true;
        await inserting;
    }
    return { acknowledged };
}
