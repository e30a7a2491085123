import { type Key, keyAt } from "../../wire";
import { BlockReader, hashesOf } from "../read/blockReader";
import { mapNamed } from "../read/mapNamed";
import { LivelockGuard } from "../read/livelockGuard";
import type { ComparePair } from "../verify/mergeJoin";
import type { Range } from "../keys/keyRanges";
import { applyWrites, type LateWrite } from "./applyWrites";
import type { BaselineReader, BaselineWriter } from "../baseline/baselineFile";
import { type BaselineLayout, targetRows } from "../baseline/baselineLayout";
import type { RowMaker } from "./rowMaker";
import type { RowWriter } from "./rowWriter";
import type { WriteJournal } from "./writeJournal";

export interface MergeResult {
    /** Writes applied to the new collection. Rows that may have expired do not count. */
    applied: number;
    /** Rows whose write to the new collection is newer and stays. */
    superseded: number;
    /** False if the pass stopped behind a writer that stayed ahead. */
    ended: boolean;
}

export interface MergePass {
    comparePair: ComparePair;
    writer: RowWriter;
    /** The rows of the old collection when both sides were identical, or at the last pass. */
    baseline: BaselineReader;
    /** Receives its current rows, for the next pass. */
    next: BaselineWriter;
    /**
     * True before the cutover: no client writes to the new collection, which equals the baseline. Applied rows are read
     * again, because no later step checks them.
     */
    exclusive: boolean;
    /**
     * True if the old collection has a TTL. After the cutover a row that a client deleted cannot be told from an
     * expired one, whose TTL starts again in the new collection.
     */
    expires: boolean;
    /** The journal of what this pass and interrupted ones before it have sent. */
    journal: WriteJournal;
    /** Keys that are merged at once: few while clients write, because one may be written to during the merge. */
    atOnce: number;
    /** For a migration whose baseline has the target's rows, too: makes them. */
    own?: { layout: BaselineLayout; maker: RowMaker } | undefined;
    /** Keys whose rows the target does not hold as the baseline says: they are made again. Only if `exclusive`. */
    forgotten?: ReadonlySet<Key> | undefined;
}

/**
 * Runs a pass as a three-way merge: a row of the old collection that differs from the baseline is a late write. It is
 * applied if the new collection still holds the row of the baseline, or one that an interrupted pass has sent;
 * otherwise the new collection's own write wins. Errors: `MV337` if the new collection does not store a row as sent;
 * `MV319`.
 */
export async function mergeRange(pass: MergePass, range: Range): Promise<MergeResult> {
    const { comparePair, baseline, next, journal, own, forgotten } = pass;
    const mayExpire = pass.expires && !pass.exclusive;
    const result: MergeResult = { applied: 0, superseded: 0, ended: true };
    const livelock = new LivelockGuard();
    // New rows go first. The new collection lacks them until then, and keeps no trace of a client that deletes one.
    const queues: [fresh: LateWrite[], known: LateWrite[]] = [[], []];
    const [fresh, known] = queues;
    const reader = new BlockReader(
        comparePair.source,
        own?.layout.rekeyed ? undefined : comparePair.key,
        range,
        comparePair.batchBytes,
        (page, keys) => mapNamed(comparePair.map, page, keys),
    );
    const flush = async (least: number) => {
        for (const late of queues)
            while (late.length >= least && late.length > 0)
                await applyWrites(pass, range, late.splice(0, pass.atOnce), result);
    };
    const whatIs = () => ({ baseline: baseline.targetHash(), newKey: baseline.newKey() });
    const gone = async () => {
        const key = baseline.key();
        journal.meets(key);
        if (!mayExpire) known.push({ key, ...whatIs(), now: undefined });
        baseline.next();
        await flush(pass.atOnce);
    };
    for (let block = await reader.fill(); block; block = await reader.fill()) {
        const hashes = own ? own.maker.sourceHashes(block) : hashesOf(block);
        const target = own && targetRows(own.layout, block.rows);
        let news = 0;
        for (; block.at < block.rows; block.at++) {
            const row = block.at;
            while ((baseline.ready || (await baseline.fill())) && baseline.compare(block.keys, row) < 0)
                await gone();
            const isThere = baseline.ready && baseline.compare(block.keys, row) === 0;
            const isKnown = isThere && !forgotten?.has(baseline.key());
            const isMet = journal.left.size > 0 && journal.meets(keyAt(block.keys, row));
            if (isMet || !isKnown || !baseline.hasSameHash(hashes, row))
                (isKnown ? known : fresh).push({
                    key: keyAt(block.keys, row),
                    ...(isKnown ? whatIs() : { baseline: undefined, newKey: undefined }),
                    now: { block, row, hashes, target },
                });
            else if (target) baseline.copyTarget(target, row);
            if (isThere) baseline.next();
            else news++;
        }
        await flush(1);
        next.append(block.keys, hashes, 0, block.rows, target);
        await next.drain();
        const isBeyond = news === block.rows && !(baseline.ready || (await baseline.fill()));
        if (livelock.isOver(block, isBeyond)) {
            result.ended = false;
            break;
        }
    }
    while (baseline.ready || (await baseline.fill())) await gone();
    // An interrupted pass inserted these rows, and clients have deleted them since.
    if (result.ended && !mayExpire)
        for (const key of journal.left)
            known.push({ key, baseline: undefined, newKey: undefined, now: undefined });
    await flush(1);
    return result;
}
