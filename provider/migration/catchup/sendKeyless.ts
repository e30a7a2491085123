import { appendTo } from "../../inputs/values/appendTo";
import { type Key, keyAt, selectRows } from "../../wire";
import { hashText } from "../read/rowHash";
import type { Sending } from "./applyWrites";
import type { Rows } from "./pendingWrites";
import { hashesWithKeys } from "../baseline/rowHashes";
import type { RowWriter } from "./rowWriter";
import type { Stored } from "./writeJournal";

/**
 * Sends rows to a collection that generates their keys: deletes the rows that they replace, then inserts them. Returns
 * what the collection holds of each afterwards, with its new key.
 */
export async function sendKeyless(
    writer: Pick<RowWriter, "remove" | "insert">,
    {
        sending,
        key,
        partition,
    }: {
        sending: readonly Sending[];
        /** The key's name. */
        key: string;
        partition: string | undefined;
    },
): Promise<Stored[]> {
    const replaced = sending.flatMap(({ at }): Key[] => (at === undefined ? [] : [at]));
    await writer.remove(replaced, partition);
    const stored: Stored[] = sending.map(() => ({ hash: undefined, newKey: undefined }));
    const places = new Map<Rows, number[]>();
    for (const [place, { made }] of sending.entries()) {
        if (made) appendTo(places, made.rows, place);
    }
    for (const [rows, ofRows] of places) {
        const chosen = ofRows.map((place) => sending[place]!.made!.row);
        const columns = selectRows(rows.columns, chosen);
        const keyOf = (row: number) => keyAt(rows.keys, chosen[row]!);
        const newKeys = await writer.insert(columns, { rows: chosen.length, keyOf }, partition);
        const hashes = hashesWithKeys(columns, key, newKeys);
        for (const [row, place] of ofRows.entries())
            stored[place] = { hash: hashText(hashes, row), newKey: newKeys[row]! };
    }
    return stored;
}
