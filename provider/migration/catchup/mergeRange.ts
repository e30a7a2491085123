import { rowsOfKeys } from "../../milvus/rows/pages";
import { strong } from "../../milvus/rows/readPoint";
import { columnOf, hashRows, type Key, keyAt, keysOf } from "../../wire";
import { hashText, type HashText } from "../read/rowHash";
import type { BaselineReader, BaselineWriter } from "./baselineFile";
import { type Block, BlockReader, hashesOf } from "../read/blockReader";
import { mapNamed } from "../read/mapNamed";
import { notConverging } from "./syncRange";
import { LivelockGuard } from "../read/livelockGuard";
import type { ComparePair } from "../verify/mergeJoin";
import type { WriteJournal, Sent } from "./writeJournal";
import { PendingWrites } from "./pendingWrites";
import type { Range } from "../keys/keyRanges";
import type { RowWriter } from "./rowWriter";

/** A write to the old collection that the new one does not have. */
interface LateWrite {
    key: Key;
    /** The row's hash when both sides were identical; undefined if there was no row. */
    baseline: HashText | undefined;
    /** The current row; undefined if it was deleted. */
    now: { block: Block; row: number } | undefined;
}

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
}

/**
 * Runs a pass as a three-way merge: a row of the old collection that differs from the baseline is a late write. It is
 * applied if the new collection still holds the row of the baseline, or one that an interrupted pass has sent;
 * otherwise the new collection's own write wins. Errors: `MV337` if the new collection does not store a row as sent;
 * `MV319`.
 */
export async function mergeRange(pass: MergePass, range: Range): Promise<MergeResult> {
    const { comparePair, baseline, next, journal } = pass;
    const mayExpire = pass.expires && !pass.exclusive;
    const result: MergeResult = { applied: 0, superseded: 0, ended: true };
    const livelock = new LivelockGuard();
    // New rows go first. The new collection lacks them until then, and keeps no trace of a client that deletes one.
    const queues: [fresh: LateWrite[], known: LateWrite[]] = [[], []];
    const [fresh, known] = queues;
    const reader = new BlockReader(
        comparePair.source,
        comparePair.key,
        range,
        comparePair.batchBytes,
        (page, keys) => mapNamed(comparePair.map, page, keys),
    );
    const flush = async (least: number) => {
        for (const late of queues)
            while (late.length >= least && late.length > 0)
                await applyWrites(pass, range, late.splice(0, pass.atOnce), result);
    };
    const gone = async () => {
        const key = baseline.key();
        journal.meets(key);
        if (!mayExpire) known.push({ key, baseline: baseline.hash(), now: undefined });
        baseline.next();
        await flush(pass.atOnce);
    };
    for (let block = await reader.fill(); block; block = await reader.fill()) {
        const hashes = hashesOf(block);
        let news = 0;
        for (; block.at < block.rows; block.at++) {
            const row = block.at;
            while ((baseline.ready || (await baseline.fill())) && baseline.compare(block.keys, row) < 0)
                await gone();
            const isKnown = baseline.ready && baseline.compare(block.keys, row) === 0;
            const isMet = journal.left.size > 0 && journal.meets(keyAt(block.keys, row));
            if (isMet || !isKnown || !baseline.hasSameHash(hashes, row))
                (isKnown ? known : fresh).push({
                    key: keyAt(block.keys, row),
                    baseline: isKnown ? baseline.hash() : undefined,
                    now: { block, row },
                });
            if (isKnown) baseline.next();
            else news++;
        }
        next.append(block.keys, hashes, 0, block.rows);
        await next.drain();
        await flush(1);
        const isBeyond = news === block.rows && !(baseline.ready || (await baseline.fill()));
        if (livelock.isOver(block, isBeyond)) {
            result.ended = false;
            break;
        }
    }
    while (baseline.ready || (await baseline.fill())) await gone();
    // An interrupted pass inserted these rows, and clients have deleted them since.
    if (result.ended && !mayExpire)
        for (const key of journal.left) known.push({ key, baseline: undefined, now: undefined });
    await flush(1);
    return result;
}

async function applyWrites(
    { comparePair, writer, exclusive, expires, journal }: MergePass,
    { partition }: Range,
    late: readonly LateWrite[],
    result: MergeResult,
): Promise<void> {
    const keys = late.map(({ key }) => key);
    const there = exclusive ? undefined : await hashesIn(comparePair, keys);
    const pendingWrites = new PendingWrites();
    const sent: Sent[number][] = [];
    for (const { key, baseline, now } of late) {
        const wanted = now && hashText(hashesOf(now.block), now.row);
        const held = journal.held(key) ?? [baseline];
        if (there && !held.includes(there.get(key))) {
            result.superseded++;
            continue;
        }
        // An interrupted pass has already applied this write.
        if (there && there.get(key) === wanted) continue;
        if (now) pendingWrites.put(now.block, now.row);
        else pendingWrites.remove(key);
        sent.push({ key, held: [...held, ...(writer.deletesFirst ? [undefined] : []), wanted] });
        // An expired row is no sign of a writer.
        if (now || !expires) result.applied++;
    }
    await journal.append(sent);
    await pendingWrites.send(writer, partition);
    await journal.ack();
    if (!exclusive) return;
    const now = await hashesIn(comparePair, keys);
    for (const { key, now: row } of late)
        if (now.get(key) !== (row && hashText(hashesOf(row.block), row.row)))
            throw notConverging(comparePair, key);
}

/** The hashes of the rows that the new collection holds under these keys at this moment. */
async function hashesIn({ target, key }: ComparePair, keys: readonly Key[]): Promise<Map<Key, HashText>> {
    const found = new Map<Key, HashText>();
    for (const page of await rowsOfKeys({ ...target, readPoint: strong }, keys)) {
        if (page.rows === 0) continue;
        const columns = target.fields.map((name) => columnOf(page, name));
        const hashes = hashRows(columns, page.rows);
        const own = keysOf(columnOf(page, key));
        for (let row = 0; row < page.rows; row++) found.set(keyAt(own, row), hashText(hashes, row));
    }
    return found;
}
