import { appendFile, type FileHandle, open, rm } from "node:fs/promises";

import type { Key } from "../../wire";
import type { HashText } from "../read/rowHash";
import { withDiskErrors } from "./baselineFile";
import { keyToJson, keyFromJson } from "../keys/keyJson";

/** What the new collection may hold under a key, as hashes; undefined is no row. */
export type Held = readonly (HashText | undefined)[];

/** What is sent together, one JSON line; a key and what may be there from now on, last what is there when it has arrived. */
export type Sent = readonly { key: Key; held: Held }[];

/** The line after that of what has arrived. */
const ACKED = "null";

/**
 * What a pass over a range has sent to the new collection, beside the hashes of the range: these are renewed when the
 * pass is done, and one that is cut would take its own writes for those of clients the next time. It is there for as long
 * as a pass is under way. Errors: `MV319` where the disk refuses.
 */
export class WriteJournal {
    /** Of earlier passes: each key comes once in a pass, and its own would only take memory. */
    private readonly entries = new Map<Key, Held>();
    /** Noted last, and not known to have arrived. */
    private last: Sent = [];
    /** Keys of earlier passes that this one has not come to. */
    private readonly unmet = new Set<Key>();

    private constructor(private readonly path: string) {}

    /** With what passes that were cut have left. */
    static async open(path: string): Promise<WriteJournal> {
        const journal = new WriteJournal(path);
        await withDiskErrors(path, () => journal.readAll());
        journal.last = [];
        for (const key of journal.entries.keys()) journal.unmet.add(key);
        return journal;
    }

    /** True where an earlier pass has sent something under the key; it is one of the keys left no more. */
    meets(key: Key): boolean {
        return this.unmet.delete(key);
    }

    /** Keys of earlier passes that were not met. */
    get left(): ReadonlySet<Key> {
        return this.unmet;
    }

    /**
     * Undefined where no earlier pass has sent anything: the new collection holds what the hashes of the range say, or a
     * client's write.
     */
    held(key: Key): Held | undefined {
        return this.entries.get(key);
    }

    /** Before it is sent. */
    async append(sent: Sent): Promise<void> {
        if (sent.length === 0) return;
        this.last = sent;
        await this.appendLine(JSON.stringify(sent.map(({ key, held }) => [keyToJson(key), held])));
    }

    /** When the server has acknowledged what was noted last. */
    async ack(): Promise<void> {
        if (this.last.length === 0) return;
        this.last = [];
        await this.appendLine(ACKED);
    }

    /** When the hashes of the range are as new. */
    async remove(): Promise<void> {
        await withDiskErrors(this.path, () => rm(this.path, { force: true }));
    }

    private async readAll(): Promise<void> {
        const file = await open(this.path).catch(unlessMissing);
        if (!file) return;
        // Not by `readLines`, to which some letters of a key are an end, too.
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

    /** A line that a process was cut in says nothing: its rows were not sent yet. */
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
        // Not synced: it outlives the process as it is, and between the look at a row and its write no time is to be lost.
        // Each begins a line, for the one before may have been cut.
        await withDiskErrors(this.path, () => appendFile(this.path, `\n${line}`, { mode: 0o600 }));
    }
}

function unlessMissing(error: NodeJS.ErrnoException): FileHandle | undefined {
    if (error.code === "ENOENT") return undefined;
    throw error;
}
