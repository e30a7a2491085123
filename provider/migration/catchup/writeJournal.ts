import { appendFile, type FileHandle, open, rm } from "node:fs/promises";

import type { Key } from "../../wire";
import type { HashText } from "../read/rowHash";
import { withDiskErrors } from "./baselineFile";
import { keyToJson, keyFromJson } from "../keys/keyJson";

/** The row hashes that the new collection may hold under a key; undefined stands for no row. */
export type Held = readonly (HashText | undefined)[];

/**
 * The rows that are sent together, one JSON line: each key with the hashes that it may have from then on. The last hash
 * is the one after a successful write.
 */
export type Sent = readonly { key: Key; held: Held }[];

/** The line that acknowledges the line before it. */
const ACKED = "null";

/**
 * The write-ahead journal of the passes over a range. The hashes of the range are only replaced when a pass ends;
 * without the journal the next pass would take the writes of an interrupted one for writes of clients. It exists while
 * a pass runs. Errors: `MV319` if the disk refuses.
 */
export class WriteJournal {
    /** Entries of earlier passes. Each key occurs once in a pass, so its own entries would only take memory. */
    private readonly entries = new Map<Key, Held>();
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
        return this.entries.get(key);
    }

    /** Records rows before they are sent. */
    async append(sent: Sent): Promise<void> {
        if (sent.length === 0) return;
        this.last = sent;
        await this.appendLine(JSON.stringify(sent.map(({ key, held }) => [keyToJson(key), held])));
    }

    /** Records that the server has acknowledged the last rows. */
    async ack(): Promise<void> {
        if (this.last.length === 0) return;
        this.last = [];
        await this.appendLine(ACKED);
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
        for (const { key, held } of sent) this.entries.set(key, held);
        this.last = sent;
    }

    private replayAck(): void {
        for (const { key, held } of this.last) this.entries.set(key, held.slice(-1));
        this.last = [];
    }

    /** A truncated line is skipped: its rows were not sent yet. */
    private read(line: string): void {
        if (line === ACKED) return this.replayAck();
        try {
            const sent = JSON.parse(line) as [unknown, (HashText | null)[]][];
            this.replay(
                sent.map(([key, held]) => ({
                    key: keyFromJson(key)!,
                    held: held.map((hash) => hash ?? undefined),
                })),
            );
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
