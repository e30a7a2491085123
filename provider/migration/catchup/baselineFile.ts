import { type FileHandle, open, rename } from "node:fs/promises";

import { compareHalves, type Key, keyAt, type Keys, type RowHashes, viewOf } from "../../wire";
import { RunError } from "../errors";
import { HASH_BYTES as HASH, type HashText } from "../read/rowHash";

/** Bytes per write and per read. */
const CHUNK = 1 << 20;
const LONG = 8 + HASH;

/**
 * Writes the keys and row hashes of a range in key order: 24 bytes per row for Int64 keys, 20 bytes and the key for
 * VarChar keys. The file gets its name when it is complete. Errors: `MV319` if the disk refuses.
 */
export class BaselineWriter {
    private chunk = Buffer.alloc(0);
    private view = viewOf(this.chunk);
    private used = 0;
    private readonly full: Buffer[] = [];
    /** The last appended key. */
    last: Key | undefined;

    private constructor(
        private readonly file: FileHandle,
        private readonly path: string,
    ) {}

    static async open(path: string): Promise<BaselineWriter> {
        return withDiskErrors(
            path,
            async () => new BaselineWriter(await open(`${path}.part`, "w", 0o600), path),
        );
    }

    /** Appends the rows `from` up to `to` (exclusive). The next `drain` writes them to the disk. */
    append(keys: Keys, { words }: RowHashes, from: number, to: number): void {
        if (from === to) return;
        this.last = keyAt(keys, to - 1);
        for (let row = from; row < to; row++) {
            if (keys.kind === "Int64") {
                this.reserve(LONG);
                this.put(keys.halves[row * 2]!);
                this.put(keys.halves[row * 2 + 1]!);
            } else {
                const [start, end] = [keys.starts[row]!, keys.ends[row]!];
                this.reserve(4 + end - start + HASH);
                this.put(end - start);
                this.chunk.set(keys.body.subarray(start, end), this.used);
                this.used += end - start;
            }
            for (let word = row * 4; word < row * 4 + 4; word++) this.put(words[word]!);
        }
    }

    private put(word: number): void {
        this.view.setInt32(this.used, word, true);
        this.used += 4;
    }

    async drain(): Promise<void> {
        for (let chunk = this.full.shift(); chunk; chunk = this.full.shift()) await this.write(chunk);
    }

    async close(): Promise<void> {
        await this.drain();
        await this.write(this.chunk.subarray(0, this.used));
        await withDiskErrors(this.path, async () => {
            // A crash of the machine could truncate the file, and the missing rows would look like new ones.
            await this.file.datasync();
            await this.file.close();
            await rename(`${this.path}.part`, this.path);
        });
    }

    /** Discards what was written; an earlier file of that name stays. */
    abandon(): Promise<void> {
        return this.file.close().catch(() => undefined);
    }

    private reserve(bytes: number): void {
        if (this.used + bytes <= this.chunk.length) return;
        if (this.used > 0) this.full.push(this.chunk.subarray(0, this.used));
        this.chunk = Buffer.allocUnsafe(Math.max(CHUNK, bytes));
        this.view = viewOf(this.chunk);
        this.used = 0;
    }

    private async write(bytes: Buffer): Promise<void> {
        await withDiskErrors(this.path, () => this.file.writeFile(bytes));
    }
}

/** Reads what `BaselineWriter` wrote, row by row in key order. */
export class BaselineReader {
    private bytes = Buffer.alloc(0);
    private view = viewOf(this.bytes);
    private at = 0;

    private constructor(
        private readonly file: FileHandle,
        private readonly path: string,
        private readonly dataType: "Int64" | "VarChar",
    ) {}

    static async open(path: string, dataType: "Int64" | "VarChar"): Promise<BaselineReader> {
        return withDiskErrors(path, async () => new BaselineReader(await open(path, "r"), path, dataType));
    }

    /** True while the current row is in memory; otherwise call `fill`, which tells whether there is one. */
    get ready(): boolean {
        return this.at + this.head() <= this.bytes.length && this.at + this.size() <= this.bytes.length;
    }

    /** Reads until a complete row is in memory. False at the end. */
    async fill(): Promise<boolean> {
        while (!this.ready) {
            const more = Buffer.allocUnsafe(CHUNK);
            const { bytesRead } = await withDiskErrors(this.path, () => this.file.read(more, 0, CHUNK));
            if (bytesRead === 0) return false;
            this.bytes = Buffer.concat([this.bytes.subarray(this.at), more.subarray(0, bytesRead)]);
            this.view = viewOf(this.bytes);
            this.at = 0;
        }
        return true;
    }

    key(): Key {
        if (this.dataType === "Int64") return this.bytes.readBigInt64LE(this.at);
        return this.bytes.toString("utf8", this.at + 4, this.at + this.size() - HASH);
    }

    hash(): HashText {
        const end = this.at + this.size();
        return this.bytes.toString("latin1", end - HASH, end);
    }

    /** True if the current row has the same hash as a row of a page. */
    hasSameHash({ words }: RowHashes, row: number): boolean {
        const hash = this.at + this.size() - HASH;
        for (let word = 0; word < 4; word++)
            if (this.view.getUint32(hash + word * 4, true) !== words[row * 4 + word]) return false;
        return true;
    }

    /** Negative if the current row comes before a row of a page. */
    compare(keys: Keys, row: number): number {
        if (keys.kind === "Int64") {
            const low = this.view.getInt32(this.at, true);
            const high = this.view.getInt32(this.at + 4, true);
            return compareHalves(low, high, keys.halves[row * 2]!, keys.halves[row * 2 + 1]!);
        }
        const own = this.bytes.subarray(this.at + 4, this.at + this.size() - HASH);
        return Buffer.compare(own, keys.body.subarray(keys.starts[row], keys.ends[row]));
    }

    next(): void {
        this.at += this.size();
    }

    close(): Promise<void> {
        return this.file.close();
    }

    private head(): number {
        return this.dataType === "Int64" ? 8 : 4;
    }

    private size(): number {
        return this.dataType === "Int64" ? LONG : 4 + this.view.getUint32(this.at, true) + HASH;
    }
}

/** Turns an error of the disk into a message. Errors: `MV319`. */
export async function withDiskErrors<T>(path: string, work: () => Promise<T>): Promise<T> {
    try {
        return await work();
    } catch (error) {
        if (error instanceof RunError) throw error;
        const { code, message } = error as NodeJS.ErrnoException;
        const what = code === "ENOSPC" || code === "EDQUOT" ? "no space is left on the disk" : message;
        throw new RunError(
            "MV319",
            `${path}: the row hashes cannot be stored: ${what}. Nothing was dropped. Free some space, or set TMPDIR to a larger folder, and run \`pulumi up\` again`,
        );
    }
}
