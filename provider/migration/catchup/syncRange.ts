import { type Key, keyAt } from "../../wire";
import { hashText, type HashText } from "../read/rowHash";
import type { BaselineWriter } from "./baselineFile";
import { type Block, hashesOf } from "../read/blockReader";
import { RunError } from "../errors";
import { joinRange, type ComparePair } from "../verify/mergeJoin";
import { keyText } from "../keys/keyText";
import { PendingWrites } from "./pendingWrites";
import type { Range } from "../keys/keyRanges";
import type { RowWriter } from "./rowWriter";

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

export interface RangeSync {
    comparePair: ComparePair;
    writer: RowWriter;
    /** Takes the hashes of the source's rows, as the target has them now. */
    baseline: BaselineWriter;
    before: Repairs;
    repairs: Repairs;
    progress: (rows: number) => void;
}

/**
 * Makes a range of the target what the source is now. Nobody else writes to the target yet, so whatever differs was
 * written to the source since. Errors: `MV337` where a row differs again that was put right before.
 */
export async function syncRange(
    { comparePair, writer, baseline, before, repairs, progress }: RangeSync,
    range: Range,
): Promise<LateWrites> {
    const late: LateWrites = { written: 0, deleted: 0 };
    const pendingWrites = new PendingWrites();
    const put = (block: Block, row: number) => {
        const key = keyAt(block.keys, row);
        recordRepair(key, hashText(hashesOf(block), row));
        pendingWrites.put(block, row);
        late.written++;
    };
    const recordRepair = (key: Key, hash: HashText | undefined) => {
        if (before.has(key) && before.get(key) === hash) throw notConverging(comparePair, key);
        if (repairs.size < REMEMBERED) repairs.set(key, hash);
    };
    await joinRange(comparePair, range, {
        missing: put,
        different: put,
        extra: (block, row) => {
            const key = keyAt(block.keys, row);
            recordRepair(key, undefined);
            pendingWrites.remove(key);
            late.deleted++;
        },
        passed: (block, from, to) => {
            baseline.append(block.keys, hashesOf(block), from, to);
            progress(to - from);
        },
        pause: async () => {
            await pendingWrites.send(writer, range.partition);
            await baseline.drain();
        },
    });
    return late;
}

/** A copy that does not keep what it is given. */
export function notConverging({ source, target }: ComparePair, key: Key): RunError {
    return new RunError(
        "MV337",
        `${target.ref.name} is not a copy of ${source.ref.name}: the row with the key ${keyText(key)} differs again after it was written again. ` +
            `Nothing was handed over, ${source.ref.name} serves as before`,
    );
}
