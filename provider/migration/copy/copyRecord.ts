import { createHash } from "node:crypto";
import { rename, rm, truncate } from "node:fs/promises";
import { join } from "node:path";

import {
    type Column,
    compareKeys,
    hashRows,
    type Key,
    keyAt,
    type Keys,
    keysOfValues,
    type RowHashes,
} from "../../wire";
import type { RowMapping } from "../../plan/mapping/mapping";
import { BaselineReader, BaselineWriter } from "../baseline/baselineFile";
import { type BaselineLayout, layoutOf, type TargetRows, targetRows } from "../baseline/baselineLayout";
import { hashesWithKeys } from "../baseline/rowHashes";
import { keyToJson } from "../keys/keyJson";
import type { Range } from "../keys/keyRanges";
import type { Position } from "../properties/checkpoint";
import { withDiskErrors } from "../baseline/diskErrors";
import { createOwnFolder, hasOwnFolder, recordFolder } from "../baseline/ownFolder";
import type { SentKeys } from "./resume";

/** The copy that a record belongs to. */
export interface RecordedCopy {
    owner: string;
    /** The generations of the source and of the copy. */
    from: string;
    to: string;
    mapping: RowMapping;
}

/** A page as it was copied. */
export interface CopiedPage {
    keys: Keys;
    /** The hashes of the source's rows: see `sourceHashesOf`. */
    source: RowHashes | undefined;
    columns: readonly Column[];
    /** The keys that the target generated. */
    newKeys: readonly bigint[] | undefined;
}

/** A range is named by its partition and where it begins: its end moves when a part is split off. */
type RangeName = Pick<Range, "partition" | "begin">;
/** One row. */
interface KeptRow {
    keys: Keys;
    source: RowHashes;
    target: TargetRows;
}
/** What an earlier run recorded of the rows that it sent after its last checkpoint. */
type Kept = Map<Key, KeptRow>;

/**
 * What a copy has made of each source row, in key order and one file per range, for the passes that follow: the source
 * does not tell it where a transform computes rows, or the target generates keys. It is in the system's temporary
 * folder, readable only by this user: 40 bytes per row for Int64 keys, 48 with new keys. Errors: `MV319`, `MV340`.
 */
export class CopyRecord {
    private readonly writers = new Map<string, BaselineWriter>();
    private readonly layout: BaselineLayout;
    private readonly kept = new Map<string | undefined, Kept>();

    private constructor(
        private readonly path: string,
        private readonly mapping: RowMapping,
    ) {
        this.layout = layoutOf(mapping);
    }

    static async create(copy: RecordedCopy): Promise<CopyRecord> {
        const path = recordFolder(copy);
        await createOwnFolder(path);
        return new CopyRecord(path, copy.mapping);
    }

    /**
     * Finds the record of an interrupted run on this machine. It says what was made of a source row, and stays true where
     * another machine has worked on the copy since: the catch-up compares the copy with it.
     */
    static async find(copy: RecordedCopy): Promise<CopyRecord | undefined> {
        const path = recordFolder(copy);
        return (await hasOwnFolder(path)) ? new CopyRecord(path, copy.mapping) : undefined;
    }

    /** Continues the files of an interrupted run behind its checkpoint. `sent`: the rows beyond it that were sent. */
    async resume(positions: readonly Position[], sent: SentKeys): Promise<void> {
        for (const position of positions) {
            const path = this.file(position);
            await rename(path, `${path}.part`).catch(() => undefined);
            const from = sent.get(position.partition) ?? new Set();
            const offset = await this.keep(`${path}.part`, position, from);
            if (offset === undefined) continue;
            await withDiskErrors(path, () => truncate(`${path}.part`, offset));
            this.writers.set(path, await BaselineWriter.open(path, true));
        }
    }

    /** Records a page; rows of `all` that an interrupted run has sent are recorded as it sent them. */
    async append(range: RangeName, all: Keys, page: CopiedPage | undefined): Promise<void> {
        const path = this.file(range);
        const writer = this.writers.get(path) ?? (await BaselineWriter.open(path));
        this.writers.set(path, writer);
        const target = page && this.targetOf(page);
        const kept = this.kept.get(range.partition);
        for (let row = 0, at = 0; row < all.count; row++) {
            const key = keyAt(all, row);
            if (page && at < page.keys.count && keyAt(page.keys, at) === key) {
                writer.append(page.keys, page.source!, at, at + 1, target);
                at++;
                continue;
            }
            const before = kept?.get(key);
            if (before) writer.append(before.keys, before.source, 0, 1, before.target);
        }
        // It has to outlive this process: rows that are sent without it would be made again.
        await writer.flush();
    }

    /** Completes the files. Returns that of each range; undefined where the range has no rows. */
    async complete(ranges: readonly RangeName[]): Promise<(string | undefined)[]> {
        const open = [...this.writers.values()];
        const written = new Set(this.writers.keys());
        this.writers.clear();
        for (const writer of open) await writer.close();
        return ranges.map((range) => (written.has(this.file(range)) ? this.file(range) : undefined));
    }

    /** Closes the files, which stay for the next run. */
    async close(): Promise<void> {
        for (const writer of this.writers.values()) await writer.abandon();
        this.writers.clear();
    }

    async remove(): Promise<void> {
        await this.close();
        await rm(this.path, { recursive: true, force: true });
    }

    private targetOf({ keys, columns, newKeys }: CopiedPage): TargetRows {
        if (!newKeys) return { hashes: hashRows(columns, keys.count), newKeys: undefined };
        return {
            hashes: hashesWithKeys(columns, this.mapping.key.to, newKeys),
            newKeys: BigInt64Array.from(newKeys),
        };
    }

    private async keep(
        path: string,
        { partition, copied }: Position,
        sent: ReadonlySet<Key>,
    ): Promise<number | undefined> {
        const reader = await BaselineReader.open(path, this.layout).catch(() => undefined);
        if (!reader) return undefined;
        let offset: number | undefined;
        const kept: Kept = this.kept.get(partition) ?? new Map<Key, KeptRow>();
        this.kept.set(partition, kept);
        for (; reader.ready || (await reader.fill()); reader.next()) {
            const key = reader.key();
            if (copied !== undefined && compareKeys(key, copied) <= 0) continue;
            offset ??= reader.offset;
            if (!sent.has(key)) continue;
            const target = targetRows(this.layout, 1)!;
            reader.copyTarget(target, 0);
            const source = { rows: 1, words: new Uint32Array(4) };
            Buffer.from(source.words.buffer).write(reader.hash(), "latin1");
            kept.set(key, { keys: keysOfValues([key]), source, target });
        }
        const end = reader.offset;
        await reader.close();
        return offset ?? end;
    }

    private file({ partition, begin }: RangeName): string {
        const text = JSON.stringify([partition ?? null, keyToJson(begin)]);
        return join(this.path, `${createHash("sha256").update(text).digest("hex").slice(0, 32)}.copied`);
    }
}
