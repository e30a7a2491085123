import { createHash } from "node:crypto";
import { lstat, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";

import type { PartitionMapping, RowMapping } from "../../plan/mapping/mapping";
import { BaseReader, BaseWriter, keeping } from "./baselineFile";
import { RunError } from "../errors";
import { Journal } from "./writeJournal";
import { keepKey, type KeptKey, keptKey } from "../keys/keyJson";
import type { Range } from "../keys/keyRanges";

/** What a later process needs to go on with the passes after a cut-over. */
export interface Manifest {
    owner: string;
    /** The generations of the old collection and of the new one. */
    from: string;
    to: string;
    /** What the new collection calls the hashes; undefined where the server keeps no properties. */
    hashes: string | undefined;
    mapping: RowMapping;
    partitions: PartitionMapping;
    ranges: readonly Range[];
}

/**
 * The hashes of the rows of one migration: a file for each range of keys, under the system's temporary folder, readable
 * by this user alone. 24 bytes a row for Int64 keys. It is removed when the old collection is dropped.
 */
export class BaseFolder {
    private constructor(
        readonly path: string,
        private readonly dataType: "Int64" | "VarChar",
        private manifest?: Manifest,
    ) {}

    static async create(manifest: Pick<Manifest, "owner" | "from" | "mapping">): Promise<BaseFolder> {
        const path = folderOf(manifest);
        await keeping(path, async () => {
            await mkdir(dirname(path), { recursive: true, mode: 0o700 });
            await requireOwn(dirname(path));
            await rm(path, { recursive: true, force: true });
            await mkdir(path, { mode: 0o700 });
        });
        return new BaseFolder(path, manifest.mapping.key.dataType);
    }

    /**
     * What an earlier process on this machine left; undefined where there is nothing whole, or another one has brought the
     * new collection up to date since: those hashes are of rows that neither side held at the switch.
     */
    static async find(
        migration: Pick<Manifest, "owner" | "from" | "to" | "hashes">,
    ): Promise<{ folder: BaseFolder; manifest: Manifest } | undefined> {
        const path = folderOf(migration);
        const text = await requireOwn(dirname(path))
            .then(() => readFile(join(path, MANIFEST), "utf8"))
            .catch(() => undefined);
        const manifest = text === undefined ? undefined : readManifest(text);
        const isOf = (["owner", "to", "hashes"] as const).every((one) => manifest?.[one] === migration[one]);
        if (!manifest || !isOf) return undefined;
        const folder = new BaseFolder(path, manifest.mapping.key.dataType, manifest);
        return (await folder.holds(manifest.ranges.length)) ? { folder, manifest } : undefined;
    }

    /** Says that all ranges are there, and what they belong to. */
    async complete(manifest: Manifest): Promise<void> {
        const file = join(this.path, MANIFEST);
        await keeping(this.path, async () => {
            await writeFile(`${file}.part`, manifestText(manifest), { mode: 0o600 });
            await rename(`${file}.part`, file);
        });
        this.manifest = manifest;
    }

    /** Once it is complete: the same for ranges that came later, before any of their rows is brought over. */
    async extend(later: Pick<Manifest, "partitions" | "ranges">): Promise<void> {
        if (this.manifest) await this.complete({ ...this.manifest, ...later });
    }

    write(range: number): Promise<BaseWriter> {
        return BaseWriter.open(this.file(range));
    }

    /** Of a range whose rows nobody knows yet. */
    async writeEmpty(range: number): Promise<void> {
        const base = await this.write(range);
        await base.close();
    }

    read(range: number): Promise<BaseReader> {
        return BaseReader.open(this.file(range), this.dataType);
    }

    /** What passes over a range have sent since its hashes were written. */
    journal(range: number): Promise<Journal> {
        return Journal.open(join(this.path, `${range}.sent`));
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
type KeptRange = Omit<Range, Bound> & Record<Bound, KeptKey>;
type Bound = "begin" | "after" | "upTo" | "copied";

function manifestText(manifest: Manifest): string {
    const ranges = manifest.ranges.map((range): KeptRange => ({
        ...range,
        begin: keepKey(range.begin),
        after: keepKey(range.after),
        upTo: keepKey(range.upTo),
        copied: keepKey(range.copied),
    }));
    return JSON.stringify({ ...manifest, ranges });
}

/** Undefined for one in whose middle a process was cut. */
function readManifest(text: string): Manifest | undefined {
    try {
        const manifest = JSON.parse(text) as Omit<Manifest, "ranges"> & { ranges: KeptRange[] };
        const ranges = manifest.ranges.map((range) => ({
            ...range,
            begin: keptKey(range.begin),
            after: keptKey(range.after),
            upTo: keptKey(range.upTo),
            copied: keptKey(range.copied),
        }));
        return { ...manifest, ranges };
    } catch {
        return undefined;
    }
}
