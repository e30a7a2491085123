import { type Key, keyAt } from "../../wire";
import { hashText, type HashText } from "../read/rowHash";
import type { BaselineWriter } from "../baseline/baselineFile";
import { type Block, hashesOf } from "../read/blockReader";
import { RunError } from "../errors";
import { joinRange, type ComparePair } from "../verify/mergeJoin";
import { keyText } from "../keys/keyText";
import { PendingWrites } from "./pendingWrites";
import type { Range } from "../keys/keyRanges";
import type { RowWriter } from "./rowWriter";

/** Writes to the source since it was copied, in rows. */
export interface LateWrites {
    written: number;
    deleted: number;
}

/**
 * The corrections of a pass, by key: the hash of the row that was put, undefined for a deleted one. If a later pass
 * finds the same difference again, the copy does not store rows as sent.
 */
export type Repairs = Map<Key, HashText | undefined>;

/** The maximum number of corrections that are remembered; if the copy is wrong everywhere, the first ones show it. */
const REMEMBERED = 100_000;

export interface RangeSync {
    comparePair: ComparePair;
    writer: RowWriter;
    /** Receives the hashes of the source's rows as the target has them now. */
    baseline: BaselineWriter;
    before: Repairs;
    repairs: Repairs;
    progress: (rows: number) => void;
}

/**
 * Makes a range of the target equal to the source. No client writes to the target yet, so every difference was written
 * to the source. Errors: `MV337` if a corrected row differs again.
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

/** The error of a copy that does not store a row as sent. */
export function notConverging({ source, target }: ComparePair, key: Key): RunError {
    return new RunError(
        "MV337",
        `${target.ref.name} is not a copy of ${source.ref.name}: the row with the key ${keyText(key)} still differs after it was written again. ` +
            `Nothing was switched, and ${source.ref.name} keeps serving. Make sure that nothing else writes to ${target.ref.name}, and run \`pulumi up\` again`,
    );
}
