import { appendFile, type FileHandle, open, rm } from "node:fs/promises";

import type { Key } from "../../wire";
import type { HashText } from "../read/rowHash";
import { withDiskErrors } from "../baseline/diskErrors";
import { keyToJson, type KeyJson, keyFromJson } from "../keys/keyJson";

/** The row hashes that the new collection may hold under a key; undefined stands for no row. */
export type Held = readonly (HashText | undefined)[];

/** A row that is sent, and what the new collection may hold of it from then on. */
export interface SentRow {
    key: Key;
    /** The last hash is the one after a successful write. */
    held: Held;
    /** The hash of the source's row that was sent, if the target's row has another one. */
    source?: HashText | undefined;
    /** The new key that the hashes belong to, if the server generates keys. */
    newKey?: bigint | undefined;
    /** The hash without the key of a row whose key the server generates: it finds the row if the answer was lost. */
    value?: HashText | undefined;
}

/** The rows that are sent together, one JSON line. */
export type Sent = readonly SentRow[];

/** What the new collection holds of a sent row under the key that the server generated. */
export interface Stored {
    hash: HashText | undefined;
    newKey: bigint | undefined;
}

/** The line that acknowledges the line before it. */
const ACKED = "null";

/**
 * The write-ahead journal of the passes over a range. The hashes of the range are only replaced when a pass ends;
 * without the journal the next pass would take the writes of an interrupted one for writes of clients. It exists while
 * a pass runs. Errors: `MV319` if the disk refuses.
 */
export class WriteJournal {
    /** Entries of earlier passes. Each key occurs once in a pass, so its own entries would only take memory. */
    private readonly entries = new Map<Key, SentRow>();
    /** The last appended rows, which are not acknowledged. */
    private last: Sent = [];
    /** Keys of earlier passes that this pass has not reached. */
    private readonly unmet = new Set<Key>();

    private constructor(private readonly path: string) {}

    /** Reads what interrupted passes have left. */
    static async open(path: string): Promise<WriteJournal> {
        const journal = new WriteJournal(path);
        await withDiskErrors(path, () => journal.readAll());
        journal.last = [];
        for (const key of journal.entries.keys()) journal.unmet.add(key);
        return journal;
    }

    /** True if an earlier pass has sent something under the key. The key is no longer one of those left. */
    meets(key: Key): boolean {
        return this.unmet.delete(key);
    }

    /** Keys of earlier passes that this pass has not reached. */
    get left(): ReadonlySet<Key> {
        return this.unmet;
    }

    /**
     * The hashes that the key may have. Undefined if no earlier pass has sent anything: the new collection holds the
     * row of the baseline, or a write of a client.
     */
    held(key: Key): Held | undefined {
        return this.entries.get(key)?.held;
    }

    /** What an earlier pass has sent under the key. */
    entry(key: Key): SentRow | undefined {
        return this.entries.get(key);
    }

    /** What earlier passes have sent. */
    get all(): Iterable<SentRow> {
        return this.entries.values();
    }

    /** Rows whose insert was not acknowledged, and whose new keys are unknown. */
    get unsettled(): SentRow[] {
        return [...this.entries.values()].filter(({ value }) => value !== undefined);
    }

    /** Records rows before they are sent. */
    async append(sent: Sent): Promise<void> {
        if (sent.length === 0) return;
        this.last = sent;
        await this.appendLine(JSON.stringify(sent.map(lineOf)));
    }

    /**
     * Records that the server has acknowledged the last rows.
     *
     * @param stored what it holds of each of them, if it generates the keys
     */
    async ack(stored?: readonly Stored[]): Promise<void> {
        if (this.last.length === 0) return;
        const found = stored && foundLine(this.last, stored);
        this.last = [];
        await this.appendLine(found ?? ACKED);
    }

    /** Records what the new collection holds of rows whose insert was not acknowledged. */
    async settle(rows: Sent, stored: readonly Stored[]): Promise<void> {
        const line = foundLine(rows, stored);
        this.read(line);
        await this.appendLine(line);
    }

    /** Deletes the journal once the hashes of the range are replaced. */
    async remove(): Promise<void> {
        await withDiskErrors(this.path, () => rm(this.path, { force: true }));
    }

    private async readAll(): Promise<void> {
        const file = await open(this.path).catch(unlessMissing);
        if (!file) return;
        // `readLines` would also split at some letters of a key.
        let rest = "";
        for await (const chunk of file.createReadStream({ encoding: "utf8" })) {
            const lines = (rest + (chunk as string)).split("\n");
            rest = lines.pop()!;
            for (const line of lines) this.read(line);
        }
        this.read(rest);
    }

    private replay(sent: Sent): void {
        for (const row of sent) this.entries.set(row.key, row);
        this.last = sent;
    }

    private replayAck(): void {
        for (const row of this.last) this.entries.set(row.key, { ...row, held: row.held.slice(-1) });
        this.last = [];
    }

    private replayFound(found: FoundJson["found"]): void {
        for (const [keyJson, hash, newKey] of found) {
            const key = keyFromJson(keyJson)!;
            const sent = this.entries.get(key) ?? { key, held: [] };
            // An insert without a new key was not carried out, and the row that it replaces may be deleted.
            const isInsert = sent.value !== undefined;
            const now =
                newKey === null
                    ? { held: isInsert ? sent.held : [undefined] }
                    : { held: [hash ?? undefined], newKey: BigInt(newKey) };
            this.entries.set(key, { ...sent, ...now, value: undefined });
        }
        this.last = [];
    }

    /** A truncated line is skipped: its rows were not sent yet. */
    private read(line: string): void {
        if (line === ACKED) return this.replayAck();
        try {
            const parsed = JSON.parse(line) as RowJson[] | FoundJson;
            if ("found" in parsed) this.replayFound(parsed.found);
            else this.replay(parsed.map(rowOf));
        } catch {
            return;
        }
    }

    private async appendLine(line: string): Promise<void> {
        // The file is not synced: it survives the process anyway, and the time between reading a row and writing it has
        // to be short. Each entry starts a new line, because the one before may be truncated.
        await withDiskErrors(this.path, () => appendFile(this.path, `\n${line}`, { mode: 0o600 }));
    }
}

function unlessMissing(error: NodeJS.ErrnoException): FileHandle | undefined {
    if (error.code === "ENOENT") return undefined;
    throw error;
}

/** A row in JSON: its key, the hashes, and what only some migrations record. */
type RowJson = [KeyJson, (HashText | null)[], { source?: HashText; newKey?: string; value?: HashText }?];
/** The rows of a line in JSON, as the new collection holds them. */
interface FoundJson {
    found: [KeyJson, HashText | null, string | null][];
}

function lineOf({ key, held, source, newKey, value }: SentRow): unknown {
    const known = [keyToJson(key), held];
    if (source === undefined) return known;
    return [...known, { source, newKey: newKey === undefined ? undefined : String(newKey), value }];
}

function rowOf([key, held, { source, newKey, value } = {}]: RowJson): SentRow {
    return {
        key: keyFromJson(key)!,
        held: held.map((hash) => hash ?? undefined),
        source,
        newKey: newKey === undefined ? undefined : BigInt(newKey),
        value,
    };
}

function foundLine(rows: Sent, stored: readonly Stored[]): string {
    const found = rows.map(({ key }, at): FoundJson["found"][number] => {
        const { hash, newKey } = stored[at]!;
        return [keyToJson(key), hash ?? null, newKey === undefined ? null : String(newKey)];
    });
    return JSON.stringify({ found } satisfies FoundJson);
}
