import { type Key, keyAt } from "../../wire";
import { hashText, type HashText } from "../read/rowHash";
import type { BaseWriter } from "./baselineFile";
import { type Block, hashesOf } from "../read/blockReader";
import { RunError } from "../errors";
import { joinRange, type Sides } from "../verify/mergeJoin";
import { keyText } from "../keys/keyText";
import { Picked } from "./pendingWrites";
import type { Range } from "../keys/keyRanges";
import type { Writer } from "./rowWriter";

/** Rows of the source that were written since they were copied. */
export interface LateWrites {
    written: number;
    deleted: number;
}

/**
 * What a pass has put right, by key: the hash of the row that was put in, undefined for one taken out. A later pass that
 * finds the same again has found a copy that does not keep what it is given.
 */
export type Repairs = Map<Key, HashText | undefined>;

/** So many are remembered; a copy that is wrong as a whole shows among the first. */
const REMEMBERED = 100_000;

export interface CatchUp {
    sides: Sides;
    writer: Writer;
    /** Takes the hashes of the source's rows, as the target has them now. */
    base: BaseWriter;
    before: Repairs;
    repairs: Repairs;
    progress: (rows: number) => void;
}

/**
 * Makes a range of the target what the source is now. Nobody else writes to the target yet, so whatever differs was
 * written to the source since. Errors: `MV337` where a row differs again that was put right before.
 */
export async function catchUpRange(
    { sides, writer, base, before, repairs, progress }: CatchUp,
    range: Range,
): Promise<LateWrites> {
    const late: LateWrites = { written: 0, deleted: 0 };
    const picked = new Picked();
    const put = (block: Block, row: number) => {
        const key = keyAt(block.keys, row);
        settle(key, hashText(hashesOf(block), row));
        picked.put(block, row);
        late.written++;
    };
    const settle = (key: Key, hash: HashText | undefined) => {
        if (before.has(key) && before.get(key) === hash) throw stubborn(sides, key);
        if (repairs.size < REMEMBERED) repairs.set(key, hash);
    };
    await joinRange(sides, range, {
        missing: put,
        different: put,
        extra: (block, row) => {
            const key = keyAt(block.keys, row);
            settle(key, undefined);
            picked.remove(key);
            late.deleted++;
        },
        passed: (block, from, to) => {
            base.append(block.keys, hashesOf(block), from, to);
            progress(to - from);
        },
        pause: async () => {
            await picked.send(writer, range.partition);
            await base.drain();
        },
    });
    return late;
}

/** A copy that does not keep what it is given. */
export function stubborn({ source, target }: Sides, key: Key): RunError {
    return new RunError(
        "MV337",
        `${target.ref.name} is not a copy of ${source.ref.name}: the row with the key ${keyText(key)} differs again after it was written again. ` +
            `Nothing was handed over, ${source.ref.name} serves as before`,
    );
}
