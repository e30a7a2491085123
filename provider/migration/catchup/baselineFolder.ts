import { link, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

import type { PartitionMapping, RowMapping } from "../../plan/mapping/mapping";
import { withDiskErrors } from "../baseline/diskErrors";
import { createOwnFolder, ownFolder, readOwn, recordFolder } from "../baseline/ownFolder";
import { BaselineReader, BaselineWriter } from "../baseline/baselineFile";
import { type BaselineLayout, layoutOf } from "../baseline/baselineLayout";
import { WriteJournal } from "./writeJournal";
import { keyToJson, type KeyJson, keyFromJson } from "../keys/keyJson";
import type { Range } from "../keys/keyRanges";

/** What another process needs to continue the passes after the cutover. */
export interface Manifest {
    owner: string;
    /** The generations of the old collection and of the new one. */
    from: string;
    to: string;
    /** The ID of the baseline on the new collection; undefined if the server stores no properties. */
    baselineId: string | undefined;
    mapping: RowMapping;
    /** The version of the transform module that computed the rows; undefined without a transform. */
    moduleVersion?: string | undefined;
    partitions: PartitionMapping;
    ranges: readonly Range[];
}

/**
 * The baseline of one migration: the row hashes, one file per range of keys, in the system's temporary folder, readable
 * only by this user. 24 bytes per row for Int64 keys. It is removed when the old collection is dropped.
 */
export class BaselineFolder {
    private constructor(
        readonly path: string,
        readonly layout: BaselineLayout,
        private manifest?: Manifest,
    ) {}

    static async create(manifest: Pick<Manifest, "owner" | "from" | "mapping">): Promise<BaselineFolder> {
        const path = folderOf(manifest);
        await createOwnFolder(path);
        return new BaselineFolder(path, layoutOf(manifest.mapping));
    }

    /**
     * Finds what an earlier process on this machine left. Undefined if it is incomplete, or if another process has
     * changed the new collection since: the hashes then describe rows that neither side held at the switch.
     */
    static async find(
        migration: Pick<Manifest, "owner" | "from" | "to" | "baselineId">,
    ): Promise<{ folder: BaselineFolder; manifest: Manifest } | undefined> {
        const path = folderOf(migration);
        const text = await readOwn(path, MANIFEST);
        const manifest = text === undefined ? undefined : readManifest(text);
        const isOf = (["owner", "to", "baselineId"] as const).every(
            (one) => manifest?.[one] === migration[one],
        );
        if (!manifest || !isOf) return undefined;
        const folder = new BaselineFolder(path, layoutOf(manifest.mapping), manifest);
        return (await folder.holds(manifest.ranges.length)) ? { folder, manifest } : undefined;
    }

    /** The manifest that is on the disk now; undefined before the baseline is complete. */
    async written(): Promise<Manifest | undefined> {
        if (!this.manifest) return undefined;
        const text = await readFile(join(this.path, MANIFEST), "utf8").catch(() => undefined);
        return text === undefined ? undefined : readManifest(text);
    }

    /** Records that all ranges are complete, and what they belong to. */
    async complete(manifest: Manifest): Promise<void> {
        const file = join(this.path, MANIFEST);
        await withDiskErrors(this.path, async () => {
            await writeFile(`${file}.part`, manifestText(manifest), { mode: 0o600 });
            await rename(`${file}.part`, file);
        });
        this.manifest = manifest;
    }

    /** Records ranges that were added after that, before any of their rows is applied. */
    async extend(later: Pick<Manifest, "partitions" | "ranges">): Promise<void> {
        if (this.manifest) await this.complete({ ...this.manifest, ...later });
    }

    write(range: number): Promise<BaselineWriter> {
        return BaselineWriter.open(this.file(range));
    }

    /** Writes the baseline of a range whose rows are not known yet. */
    async writeEmpty(range: number): Promise<void> {
        const baseline = await this.write(range);
        await baseline.close();
    }

    /** Takes over the baseline of a range from a file, which stays; an empty one if there is no file. */
    async adopt(range: number, path: string | undefined): Promise<void> {
        if (path === undefined) return this.writeEmpty(range);
        await withDiskErrors(path, () => link(path, this.file(range)));
    }

    read(range: number): Promise<BaselineReader> {
        return BaselineReader.open(this.file(range), this.layout);
    }

    /** The journal of the rows that passes over a range have sent since its hashes were written. */
    journal(range: number): Promise<WriteJournal> {
        return WriteJournal.open(join(this.path, `${range}.sent`));
    }

    async remove(): Promise<void> {
        await rm(this.path, { recursive: true, force: true });
        // A run that was killed after the copy may have left it.
        if (this.manifest) await rm(recordFolder(this.manifest), { recursive: true, force: true });
    }

    /** False if a cleaner of the temporary folder has deleted files. */
    private async holds(ranges: number): Promise<boolean> {
        const there = new Set(await readdir(this.path));
        return Array.from({ length: ranges }, (_, range) => basename(this.file(range))).every((name) =>
            there.has(name),
        );
    }

    private file(range: number): string {
        return join(this.path, `${range}.base`);
    }
}

const MANIFEST = "manifest.json";

function folderOf({ owner, from }: { owner: string; from: string }): string {
    return ownFolder(`${owner} ${from}`);
}

/** A range in JSON. */
type RangeJson = Omit<Range, Bound> & Record<Bound, KeyJson>;
type Bound = "begin" | "after" | "upTo" | "copied";

function manifestText(manifest: Manifest): string {
    const ranges = manifest.ranges.map((range): RangeJson => ({
        ...range,
        begin: keyToJson(range.begin),
        after: keyToJson(range.after),
        upTo: keyToJson(range.upTo),
        copied: keyToJson(range.copied),
    }));
    return JSON.stringify({ ...manifest, ranges });
}

/** Undefined for a manifest that an interrupted process has truncated. */
function readManifest(text: string): Manifest | undefined {
    try {
        const manifest = JSON.parse(text) as Omit<Manifest, "ranges"> & { ranges: RangeJson[] };
        const ranges = manifest.ranges.map((range) => ({
            ...range,
            begin: keyFromJson(range.begin),
            after: keyFromJson(range.after),
            upTo: keyFromJson(range.upTo),
            copied: keyFromJson(range.copied),
        }));
        return { ...manifest, ranges };
    } catch {
        return undefined;
    }
}
