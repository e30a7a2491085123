import { rowsOfKeys } from "../../milvus/rows/pages";
import { strong } from "../../milvus/rows/readPoint";
import { columnOf, hashRows, type Key, keyAt, keysOf } from "../../wire";
import { hashText, type HashText } from "../read/rowHash";
import type { BaselineReader, BaselineWriter } from "./baselineFile";
import { type Block, BlockReader, hashesOf } from "../read/blockReader";
import { notConverging } from "./syncRange";
import { LivelockGuard } from "../read/livelockGuard";
import type { ComparePair } from "../verify/mergeJoin";
import type { WriteJournal, Sent } from "./writeJournal";
import { PendingWrites } from "./pendingWrites";
import type { Range } from "../keys/keyRanges";
import type { RowWriter } from "./rowWriter";

/** A write to the old collection that the new one has not got. */
interface LateWrite {
    key: Key;
    /** The row's hash when both sides were alike; undefined where there was none. */
    baseline: HashText | undefined;
    /** The row now; undefined where it was deleted. */
    now: { block: Block; row: number } | undefined;
}

export interface MergeResult {
    /** Brought over to the new collection; rows that may be gone by themselves do not count. */
    applied: number;
    /** The new collection's own write is newer, and stays. */
    superseded: number;
    /** False where a writer was ahead of the pass until it gave up. */
    ended: boolean;
}

export interface MergePass {
    comparePair: ComparePair;
    writer: RowWriter;
    /** What the old collection held when both were alike, or at the last pass. */
    baseline: BaselineReader;
    /** Takes what it holds now, for the next pass. */
    next: BaselineWriter;
    /**
     * True before the cut-over: nobody else writes to the new collection, which holds what the base says. What is
     * brought over is read again then, for no later step looks at it.
     */
    exclusive: boolean;
    /**
     * True where the old collection has a TTL: after the cut-over nobody can tell a row that a client deleted from one
     * that is over its time, which the new collection counts anew.
     */
    expires: boolean;
    /** Of what this pass and those that were cut before it have sent. */
    journal: WriteJournal;
    /** Keys that are settled at once: where others write, few, for one of them may be written to meanwhile. */
    atOnce: number;
}

/**
 * A pass by three-way merge: what differs in the old collection from the base was written there late. It is brought over
 * where the new one still holds what the base says, or what a pass that was cut has sent; else the new one's own write
 * wins. Errors: `MV337` where the new one does not keep what it is given; `MV319`.
 */
export async function mergeRange(pass: MergePass, range: Range): Promise<MergeResult> {
    const { comparePair, baseline, next, journal } = pass;
    const mayExpire = pass.expires && !pass.exclusive;
    const result: MergeResult = { applied: 0, superseded: 0, ended: true };
    const livelock = new LivelockGuard();
    let late: LateWrite[] = [];
    const reader = new BlockReader(
        comparePair.source,
        comparePair.key,
        range,
        comparePair.batchBytes,
        comparePair.map,
    );
    const flush = async (least: number) => {
        while (late.length >= least && late.length > 0) {
            await applyWrites(pass, range, late.slice(0, pass.atOnce), result);
            late = late.slice(pass.atOnce);
        }
    };
    const gone = async () => {
        const key = baseline.key();
        journal.meets(key);
        if (!mayExpire) late.push({ key, baseline: baseline.hash(), now: undefined });
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
            const known = baseline.ready && baseline.compare(block.keys, row) === 0;
            const isMet = journal.left.size > 0 && journal.meets(keyAt(block.keys, row));
            if (isMet || !known || !baseline.hasSameHash(hashes, row))
                late.push({
                    key: keyAt(block.keys, row),
                    baseline: known ? baseline.hash() : undefined,
                    now: { block, row },
                });
            if (known) baseline.next();
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
    // New when a pass that was cut has put them, and gone since.
    if (result.ended && !mayExpire)
        for (const key of journal.left) late.push({ key, baseline: undefined, now: undefined });
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
        // A pass that was cut has got so far.
        if (there && there.get(key) === wanted) continue;
        if (now) pendingWrites.put(now.block, now.row);
        else pendingWrites.remove(key);
        sent.push({ key, held: [...held, ...(writer.deletesFirst ? [undefined] : []), wanted] });
        // A row whose time is over tells of no writer.
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

/** What the new collection holds under these keys at this moment. */
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
