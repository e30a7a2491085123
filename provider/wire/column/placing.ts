import { type Column, nullCount } from "./column";
import { malformed } from "../error";

/**
 * The slot of each row's value, -1 for NULL. An answer has a slot for each NULL, or for none.
 * @throws WireError `malformed` if the column does not have `rows` rows.
 */
export function slotOfRow({ name, valid }: Column, slots: number, rows: number): Int32Array {
    const there = valid?.length ?? slots;
    if (there !== rows) throw malformed(`${name} has ${String(there)} rows, not ${String(rows)}`);
    const dense = slots === rows;
    if (!dense && slots !== rows - nullCount(valid))
        throw malformed(`${name} has ${String(slots)} values for ${String(rows)} rows`);
    const places = new Int32Array(rows);
    for (let row = 0, next = 0; row < rows; row++)
        places[row] = valid?.[row] === 0 ? -1 : dense ? row : next++;
    return places;
}
