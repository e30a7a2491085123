import { rowsOfKeys } from "../../milvus/pages";
import { strong } from "../../milvus/readPoint";
import { columnOf, hashRows, type Key, keyAt, keysOf } from "../../wire";
import { hashText, type HashText } from "../read/rowHash";
import type { BaseReader, BaseWriter } from "./baselineFile";
import { type Block, BlockReader, hashesOf } from "../read/blockReader";
import { stubborn } from "./syncRange";
import { Chase } from "../read/livelockGuard";
import type { Sides } from "../verify/mergeJoin";
import type { Journal, Sent } from "./writeJournal";
import { Picked } from "./pendingWrites";
import type { Range } from "../keys/keyRanges";
import type { Writer } from "./rowWriter";

/** A write to the old collection that the new one has not got. */
interface LateWrite {
    key: Key;
    /** The row's hash when both sides were alike; undefined where there was none. */
    base: HashText | undefined;
    /** The row now; undefined where it was deleted. */
    now: { block: Block; row: number } | undefined;
}

export interface Settled {
    /** Brought over to the new collection; rows that may be gone by themselves do not count. */
    applied: number;
    /** The new collection's own write is newer, and stays. */
    kept: number;
    /** False where a writer was ahead of the pass until it gave up. */
    ended: boolean;
}

export interface LatePass {
    sides: Sides;
    writer: Writer;
    /** What the old collection held when both were alike, or at the last pass. */
    base: BaseReader;
    /** Takes what it holds now, for the next pass. */
    next: BaseWriter;
    /**
     * True before the cut-over: nobody else writes to the new collection, which holds what the base says. What is
     * brought over is read again then, for no later step looks at it.
     */
    alone: boolean;
    /**
     * True where the old collection has a TTL: after the cut-over nobody can tell a row that a client deleted from one
     * that is over its time, which the new collection counts anew.
     */
    expires: boolean;
    /** Of what this pass and those that were cut before it have sent. */
    journal: Journal;
    /** Keys that are settled at once: where others write, few, for one of them may be written to meanwhile. */
    atOnce: number;
}

/**
 * A pass by three-way merge: what differs in the old collection from the base was written there late. It is brought over
 * where the new one still holds what the base says, or what a pass that was cut has sent; else the new one's own write
 * wins. Errors: `MV337` where the new one does not keep what it is given; `MV319`.
 */
export async function settleRange(pass: LatePass, range: Range): Promise<Settled> {
    const { sides, base, next, journal } = pass;
    const mayExpire = pass.expires && !pass.alone;
    const settled: Settled = { applied: 0, kept: 0, ended: true };
    const chase = new Chase();
    let late: LateWrite[] = [];
    const reader = new BlockReader(sides.source, sides.key, range, sides.batchBytes, sides.map);
    const flush = async (least: number) => {
        while (late.length >= least && late.length > 0) {
            await settle(pass, range, late.slice(0, pass.atOnce), settled);
            late = late.slice(pass.atOnce);
        }
    };
    const gone = async () => {
        const key = base.key();
        journal.meets(key);
        if (!mayExpire) late.push({ key, base: base.hash(), now: undefined });
        base.next();
        await flush(pass.atOnce);
    };
    for (let block = await reader.fill(); block; block = await reader.fill()) {
        const hashes = hashesOf(block);
        let news = 0;
        for (; block.at < block.rows; block.at++) {
            const row = block.at;
            while ((base.ready || (await base.fill())) && base.compare(block.keys, row) < 0) await gone();
            const known = base.ready && base.compare(block.keys, row) === 0;
            const isMet = journal.left.size > 0 && journal.meets(keyAt(block.keys, row));
            if (isMet || !known || !base.isLike(hashes, row))
                late.push({
                    key: keyAt(block.keys, row),
                    base: known ? base.hash() : undefined,
                    now: { block, row },
                });
            if (known) base.next();
            else news++;
        }
        next.append(block.keys, hashes, 0, block.rows);
        await next.drain();
        await flush(1);
        const isBeyond = news === block.rows && !(base.ready || (await base.fill()));
        if (chase.isOver(block, isBeyond)) {
            settled.ended = false;
            break;
        }
    }
    while (base.ready || (await base.fill())) await gone();
    // New when a pass that was cut has put them, and gone since.
    if (settled.ended && !mayExpire)
        for (const key of journal.left) late.push({ key, base: undefined, now: undefined });
    await flush(1);
    return settled;
}

async function settle(
    { sides, writer, alone, expires, journal }: LatePass,
    { partition }: Range,
    late: readonly LateWrite[],
    settled: Settled,
): Promise<void> {
    const keys = late.map(({ key }) => key);
    const there = alone ? undefined : await hashesIn(sides, keys);
    const picked = new Picked();
    const sent: Sent[number][] = [];
    for (const { key, base, now } of late) {
        const wanted = now && hashText(hashesOf(now.block), now.row);
        const held = journal.held(key) ?? [base];
        if (there && !held.includes(there.get(key))) {
            settled.kept++;
            continue;
        }
        // A pass that was cut has got so far.
        if (there && there.get(key) === wanted) continue;
        if (now) picked.put(now.block, now.row);
        else picked.remove(key);
        sent.push({ key, held: [...held, ...(writer.deletesFirst ? [undefined] : []), wanted] });
        // A row whose time is over tells of no writer.
        if (now || !expires) settled.applied++;
    }
    await journal.note(sent);
    await picked.send(writer, partition);
    await journal.arrived();
    if (!alone) return;
    const now = await hashesIn(sides, keys);
    for (const { key, now: row } of late)
        if (now.get(key) !== (row && hashText(hashesOf(row.block), row.row))) throw stubborn(sides, key);
}

/** What the new collection holds under these keys at this moment. */
async function hashesIn({ target, key }: Sides, keys: readonly Key[]): Promise<Map<Key, HashText>> {
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
