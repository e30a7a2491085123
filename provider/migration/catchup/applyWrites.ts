import { appendTo } from "../../inputs/values/appendTo";
import { rowsOfKeys } from "../../milvus/rows/pages";
import { strong } from "../../milvus/rows/readPoint";
import { columnOf, hashRows, type Key, keyAt, keysOf, type RowHashes } from "../../wire";
import { type Block, hashesOf } from "../read/blockReader";
import { hashText, type HashText } from "../read/rowHash";
import type { Range } from "../keys/keyRanges";
import type { ComparePair } from "../verify/mergeJoin";
import type { TargetRows } from "../baseline/baselineLayout";
import type { MergePass, MergeResult } from "./mergeRange";
import { PendingWrites, type Rows } from "./pendingWrites";
import { sendKeyless } from "./sendKeyless";
import { notConverging } from "./syncRange";
import type { SentRow, Stored } from "./writeJournal";

/** A write to the old collection that the new one does not have. */
export interface LateWrite {
    key: Key;
    /** The hash of the new collection's row when it held this one; undefined if there was no row. */
    baseline: HashText | undefined;
    /** The key that the new collection generated for that row. */
    newKey: bigint | undefined;
    /** The current row; undefined if it was deleted. */
    now: SourceRow | undefined;
}

/** A row of the old collection. */
interface SourceRow {
    block: Block;
    row: number;
    hashes: RowHashes;
    /** Receives what the new collection holds of the rows of the block. */
    target: TargetRows | undefined;
}

/** A late write that is sent. */
export interface Sending {
    late: LateWrite;
    /** The row for the new collection, and its place; undefined if the row was deleted. */
    made: { rows: Rows; row: number; hash: HashText } | undefined;
    /** The key of the row that the new collection may hold. */
    at: Key | undefined;
}

/**
 * Applies late writes where the new collection still holds what the baseline says, or what an interrupted pass has
 * sent. Errors: `MV337`, and those of a transform.
 */
export async function applyWrites(
    pass: MergePass,
    { partition }: Range,
    late: readonly LateWrite[],
    result: MergeResult,
): Promise<void> {
    const { comparePair, writer, exclusive, expires, journal, own } = pass;
    // A transform takes its time. The rows of the new collection are read after it, right before they are written.
    const made = await makeRows(pass, late);
    const rekeyed = own?.layout.rekeyed ?? false;
    const places = late.map(({ key, newKey }) => (rekeyed ? (journal.entry(key)?.newKey ?? newKey) : key));
    const there = exclusive ? undefined : await hashesIn(comparePair, places.filter(isKey));
    const sending: Sending[] = [];
    const sent: SentRow[] = [];
    for (const [place, one] of late.entries()) {
        const { key, now } = one;
        const at = places[place];
        const entry = journal.entry(key);
        const held = entry?.held ?? [one.baseline];
        const found = at === undefined ? undefined : there?.get(at);
        if (there && !held.includes(found)) {
            result.superseded++;
            continue;
        }
        const row = made[place];
        const source = now && hashText(now.hashes, now.row);
        // The row that the new collection generates a key for is another one each time it is sent.
        const isThere = rekeyed && row ? false : found === row?.hash;
        const wasSent = source !== undefined && entry?.source === source && held.length === 1;
        // An interrupted pass has already applied this write.
        if (there && (isThere || wasSent)) {
            if (now) setTarget(now, { hash: found, newKey: rekeyed ? (at as bigint) : undefined });
            continue;
        }
        // A row that neither side has.
        if (rekeyed && !row && at === undefined) continue;
        sending.push({ late: one, made: row, at });
        const during = writer.deletesFirst || rekeyed ? [undefined] : [];
        sent.push({
            key,
            held: [...held, ...during, ...(rekeyed && row ? [] : [row?.hash])],
            ...(own && source !== undefined && { source }),
            ...(rekeyed && { newKey: at as bigint | undefined, value: row?.hash }),
        });
        // An expired row is no sign of a writer.
        if (now || !expires) result.applied++;
    }
    await journal.append(sent);
    const stored = rekeyed
        ? await sendKeyless(writer, { sending, key: comparePair.key, partition })
        : await sendKeyed(writer, sending, partition);
    await journal.ack(rekeyed ? stored : undefined);
    for (const [place, { late: one }] of sending.entries()) if (one.now) setTarget(one.now, stored[place]!);
    if (exclusive) await requireStored(comparePair, sending, stored);
}

/** The row of each write for the new collection, made together for each block. */
async function makeRows({ own }: MergePass, late: readonly LateWrite[]): Promise<Sending["made"][]> {
    if (!own)
        return late.map(
            ({ now }) =>
                now && {
                    rows: now.block,
                    row: now.row,
                    hash: hashText(hashesOf(now.block), now.row),
                },
        );
    const made: Sending["made"][] = late.map(() => undefined);
    const places = new Map<Block, number[]>();
    for (const [place, { now }] of late.entries()) {
        if (now) appendTo(places, now.block, place);
    }
    for (const [block, ofBlock] of places) {
        const rows = await own.maker.make(
            block,
            ofBlock.map((place) => late[place]!.now!.row),
        );
        for (const [row, place] of ofBlock.entries())
            made[place] = { rows, row, hash: hashText(rows.hashes, row) };
    }
    return made;
}

async function sendKeyed(
    writer: MergePass["writer"],
    sending: readonly Sending[],
    partition: string | undefined,
): Promise<Stored[]> {
    const pendingWrites = new PendingWrites();
    for (const { late, made } of sending)
        if (made) pendingWrites.put(made.rows, made.row);
        else pendingWrites.remove(late.key);
    await pendingWrites.send(writer, partition);
    return sending.map(({ made }) => ({ hash: made?.hash, newKey: undefined }));
}

function setTarget({ target, row }: SourceRow, { hash, newKey }: Stored): void {
    if (!target || hash === undefined) return;
    const bytes = Buffer.from(hash, "latin1");
    for (let word = 0; word < 4; word++) target.hashes.words[row * 4 + word] = bytes.readUInt32LE(word * 4);
    if (target.newKeys && newKey !== undefined) target.newKeys[row] = newKey;
}

/** Reads the rows again. Errors: `MV337`. */
async function requireStored(
    comparePair: ComparePair,
    sending: readonly Sending[],
    stored: readonly Stored[],
): Promise<void> {
    const keys = sending.map(({ at, late }, place) => stored[place]!.newKey ?? at ?? late.key);
    const now = await hashesIn(comparePair, keys);
    for (const [place, { late }] of sending.entries())
        if (now.get(keys[place]!) !== stored[place]!.hash) throw notConverging(comparePair, late.key);
}

function isKey(key: Key | undefined): key is Key {
    return key !== undefined;
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
