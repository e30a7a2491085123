import { createHash } from "node:crypto";
import { lstat, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

import type { PartitionMapping, RowMapping } from "../../plan/mapping/mapping";
import { RunError } from "../errors";
import { BaselineReader, BaselineWriter, withDiskErrors } from "./baselineFile";
import { WriteJournal } from "./writeJournal";
import { keyToJson, type KeyJson, keyFromJson } from "../keys/keyJson";
import type { Range } from "../keys/keyRanges";

/** What a later process needs to go on with the passes after a cut-over. */
export interface Manifest {
    owner: string;
    /** The generations of the old collection and of the new one. */
    from: string;
    to: string;
    /** What the new collection calls the hashes; undefined where the server keeps no properties. */
    baselineId: string | undefined;
    mapping: RowMapping;
    partitions: PartitionMapping;
    ranges: readonly Range[];
}

/**
 * The hashes of the rows of one migration: a file for each range of keys, under the system's temporary folder, readable
 * by this user alone. 24 bytes a row for Int64 keys. It is removed when the old collection is dropped.
 */
export class BaselineFolder {
    private constructor(
        readonly path: string,
        private readonly dataType: "Int64" | "VarChar",
        private manifest?: Manifest,
    ) {}

    static async create(manifest: Pick<Manifest, "owner" | "from" | "mapping">): Promise<BaselineFolder> {
        const path = folderOf(manifest);
        await withDiskErrors(path, async () => {
            await mkdir(dirname(path), { recursive: true, mode: 0o700 });
            await requireOwn(dirname(path));
            await rm(path, { recursive: true, force: true });
            await mkdir(path, { mode: 0o700 });
        });
        return new BaselineFolder(path, manifest.mapping.key.dataType);
    }

    /**
     * What an earlier process on this machine left; undefined where there is nothing whole, or another one has brought the
     * new collection up to date since: those hashes are of rows that neither side held at the switch.
     */
    static async find(
        migration: Pick<Manifest, "owner" | "from" | "to" | "baselineId">,
    ): Promise<{ folder: BaselineFolder; manifest: Manifest } | undefined> {
        const path = folderOf(migration);
        const text = await requireOwn(dirname(path))
            .then(() => readFile(join(path, MANIFEST), "utf8"))
            .catch(() => undefined);
        const manifest = text === undefined ? undefined : readManifest(text);
        const isOf = (["owner", "to", "baselineId"] as const).every(
            (one) => manifest?.[one] === migration[one],
        );
        if (!manifest || !isOf) return undefined;
        const folder = new BaselineFolder(path, manifest.mapping.key.dataType, manifest);
        return (await folder.holds(manifest.ranges.length)) ? { folder, manifest } : undefined;
    }

    /** The manifest as it stands on the disk now; undefined before the baseline is complete. */
    async written(): Promise<Manifest | undefined> {
        if (!this.manifest) return undefined;
        const text = await readFile(join(this.path, MANIFEST), "utf8").catch(() => undefined);
        return text === undefined ? undefined : readManifest(text);
    }

    /** Says that all ranges are there, and what they belong to. */
    async complete(manifest: Manifest): Promise<void> {
        const file = join(this.path, MANIFEST);
        await withDiskErrors(this.path, async () => {
            await writeFile(`${file}.part`, manifestText(manifest), { mode: 0o600 });
            await rename(`${file}.part`, file);
        });
        this.manifest = manifest;
    }

    /** Once it is complete: the same for ranges that came later, before any of their rows is brought over. */
    async extend(later: Pick<Manifest, "partitions" | "ranges">): Promise<void> {
        if (this.manifest) await this.complete({ ...this.manifest, ...later });
    }

    write(range: number): Promise<BaselineWriter> {
        return BaselineWriter.open(this.file(range));
    }

    /** Of a range whose rows nobody knows yet. */
    async writeEmpty(range: number): Promise<void> {
        const baseline = await this.write(range);
        await baseline.close();
    }

    read(range: number): Promise<BaselineReader> {
        return BaselineReader.open(this.file(range), this.dataType);
    }

    /** What passes over a range have sent since its hashes were written. */
    journal(range: number): Promise<WriteJournal> {
        return WriteJournal.open(join(this.path, `${range}.sent`));
    }

    async remove(): Promise<void> {
        await rm(this.path, { recursive: true, force: true });
    }

    /** False where a cleaner of the temporary folder took some. */
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
    const name = createHash("sha256").update(`${owner} ${from}`).digest("hex").slice(0, 16);
    return join(tmpdir(), `pulumi-milvus-${process.getuid?.() ?? 0}`, name);
}

/** The temporary folder is everybody's: a folder that another user has put there is not written to. Errors: `MV340`. */
async function requireOwn(path: string): Promise<void> {
    const uid = process.getuid?.();
    const found = await lstat(path);
    if (uid === undefined || (found.isDirectory() && found.uid === uid && (found.mode & 0o077) === 0)) return;
    throw new RunError(
        "MV340",
        `${path}: belongs to another user, or others may read it, and the hashes of the rows are not kept there. Nothing was dropped. ` +
            "Remove it, or set TMPDIR to a folder of your own, and run `pulumi up` again",
    );
}

/** A range as JSON holds it. */
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

/** Undefined for one in whose middle a process was cut. */
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
