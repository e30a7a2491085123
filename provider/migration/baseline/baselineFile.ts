import { type FileHandle, open, rename } from "node:fs/promises";

import { compareHalves, type Key, keyAt, type Keys, type RowHashes, viewOf } from "../../wire";
import { withDiskErrors } from "./diskErrors";
import { HASH_BYTES as HASH, type HashText } from "../read/rowHash";
import { type BaselineLayout, type TargetRows, targetBytes } from "./baselineLayout";

/** Bytes per write and per read. */
const CHUNK = 1 << 20;

/**
 * Writes the keys and row hashes of a range in key order: 24 bytes per row for Int64 keys, 20 bytes and the key for
 * VarChar keys, and what the layout adds. The file gets its name when it is complete. Errors: `MV319` if the disk
 * refuses.
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

    /** Opens a new file, or with `continued` the unfinished one of an interrupted process, whose rows it keeps. */
    static async open(path: string, continued = false): Promise<BaselineWriter> {
        return withDiskErrors(
            path,
            async () => new BaselineWriter(await open(`${path}.part`, continued ? "a" : "w", 0o600), path),
        );
    }

    /**
     * Appends the rows `from` up to `to` (exclusive); `target`: the rows of the target, if the layout has them. The next
     * `drain` writes full chunks to the disk.
     */
    append(keys: Keys, { words }: RowHashes, from: number, to: number, target?: TargetRows): void {
        if (from === to) return;
        this.last = keyAt(keys, to - 1);
        const tail = HASH + (target ? HASH + (target.newKeys ? 8 : 0) : 0);
        for (let row = from; row < to; row++) {
            if (keys.kind === "Int64") {
                this.reserve(8 + tail);
                this.put(keys.halves[row * 2]!);
                this.put(keys.halves[row * 2 + 1]!);
            } else {
                const [start, end] = [keys.starts[row]!, keys.ends[row]!];
                this.reserve(4 + end - start + tail);
                this.put(end - start);
                this.chunk.set(keys.body.subarray(start, end), this.used);
                this.used += end - start;
            }
            this.putHash(words, row);
            if (!target) continue;
            this.putHash(target.hashes.words, row);
            if (target.newKeys) this.used = this.chunk.writeBigInt64LE(target.newKeys[row]!, this.used);
        }
    }

    private putHash(words: Uint32Array, row: number): void {
        for (let word = row * 4; word < row * 4 + 4; word++) this.put(words[word]!);
    }

    private put(word: number): void {
        this.view.setInt32(this.used, word, true);
        this.used += 4;
    }

    async drain(): Promise<void> {
        for (let chunk = this.full.shift(); chunk; chunk = this.full.shift()) await this.write(chunk);
    }

    /** Writes everything that was appended: it then outlives this process. */
    async flush(): Promise<void> {
        await this.drain();
        const rest = this.chunk.subarray(0, this.used);
        this.chunk = Buffer.alloc(0);
        this.used = 0;
        if (rest.length > 0) await this.write(rest);
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
    private read = 0;
    /** Bytes of a row behind its key. */
    private readonly tail: number;

    private constructor(
        private readonly file: FileHandle,
        private readonly path: string,
        private readonly layout: BaselineLayout,
    ) {
        this.tail = HASH + targetBytes(layout);
    }

    static async open(path: string, layout: BaselineLayout): Promise<BaselineReader> {
        return withDiskErrors(path, async () => new BaselineReader(await open(path, "r"), path, layout));
    }

    /** The number of bytes of the rows that were passed. */
    get offset(): number {
        return this.read - this.bytes.length + this.at;
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
            this.read += bytesRead;
            this.bytes = Buffer.concat([this.bytes.subarray(this.at), more.subarray(0, bytesRead)]);
            this.view = viewOf(this.bytes);
            this.at = 0;
        }
        return true;
    }

    key(): Key {
        if (this.layout.dataType === "Int64") return this.bytes.readBigInt64LE(this.at);
        return this.bytes.toString("utf8", this.at + 4, this.end);
    }

    /** The hash of the source's row. */
    hash(): HashText {
        return this.bytes.toString("latin1", this.end, this.end + HASH);
    }

    /** The hash of the target's row. */
    targetHash(): HashText {
        if (!this.layout.ownTarget) return this.hash();
        return this.bytes.toString("latin1", this.end + HASH, this.end + 2 * HASH);
    }

    /** The key of the target's row, where it is a new one. */
    newKey(): bigint | undefined {
        return this.layout.rekeyed ? this.bytes.readBigInt64LE(this.end + 2 * HASH) : undefined;
    }

    /** Copies what the current row tells of the target's row. */
    copyTarget({ hashes, newKeys }: TargetRows, row: number): void {
        const hash = this.end + (this.layout.ownTarget ? HASH : 0);
        for (let word = 0; word < 4; word++)
            hashes.words[row * 4 + word] = this.view.getUint32(hash + word * 4, true);
        if (newKeys) newKeys[row] = this.newKey()!;
    }

    /** True if the source's row has the same hash as a row of a page. */
    hasSameHash({ words }: RowHashes, row: number): boolean {
        const hash = this.end;
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
        const own = this.bytes.subarray(this.at + 4, this.end);
        return Buffer.compare(own, keys.body.subarray(keys.starts[row], keys.ends[row]));
    }

    next(): void {
        this.at += this.size();
    }

    close(): Promise<void> {
        return this.file.close();
    }

    private head(): number {
        return this.layout.dataType === "Int64" ? 8 : 4;
    }

    private size(): number {
        const length = this.layout.dataType === "Int64" ? 0 : this.view.getUint32(this.at, true);
        return this.head() + length + this.tail;
    }

    /** The end of the current row's key. */
    private get end(): number {
        return this.at + this.size() - this.tail;
    }
}
