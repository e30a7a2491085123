import { createHash } from "node:crypto";
import {
    lstatSync,
    mkdirSync,
    readdirSync,
    readFileSync,
    renameSync,
    rmSync,
    statSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What one call of a run learns and a later call needs. Calls of one run may come to different processes. */
export interface Ledger {
    get(key: string): string | undefined;
    set(key: string, value: string): void;
    delete(key: string): void;
    /** The values whose keys begin with `prefix`. */
    list(prefix: string): string[];
}

/** For calls that all come to one process. */
export class MemoryLedger implements Ledger {
    private readonly entries = new Map<string, string>();

    get(key: string): string | undefined {
        return this.entries.get(key);
    }

    set(key: string, value: string): void {
        this.entries.set(key, value);
    }

    delete(key: string): void {
        this.entries.delete(key);
    }

    list(prefix: string): string[] {
        return [...this.entries].flatMap(([key, value]) => (key.startsWith(prefix) ? [value] : []));
    }
}

/** A run that takes longer than this loses its entries to a later run on the same machine. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * For all processes of a run on one machine: a file an entry, in a folder that only this user can read. It is made with
 * the first entry, and removed by a later run after a week.
 */
export class FileLedger implements Ledger {
    private readonly folder: string;
    private isOpen = false;

    /** @param run tells runs apart, and is the same in all processes of one run */
    constructor(
        run: string,
        private readonly root = join(tmpdir(), `pulumi-milvus-runs-${process.getuid?.() ?? 0}`),
    ) {
        this.folder = join(root, digest(run));
    }

    get(key: string): string | undefined {
        return readEntry(this.file(key))?.value;
    }

    /** Throws where the temporary folder cannot be written to, or the folder is another user's. */
    set(key: string, value: string): void {
        this.open();
        const file = this.file(key);
        // Another process may read at the same moment: an entry is there as a whole, or not at all.
        const part = `${file}.${process.pid}.part`;
        writeFileSync(part, JSON.stringify({ key, value }), { mode: 0o600 });
        renameSync(part, file);
    }

    delete(key: string): void {
        rmSync(this.file(key), { force: true });
    }

    list(prefix: string): string[] {
        return namesIn(this.folder)
            .filter((name) => name.endsWith(ENDING))
            .flatMap((name) => readEntry(join(this.folder, name)) ?? [])
            .flatMap(({ key, value }) => (key.startsWith(prefix) ? [value] : []));
    }

    private open(): void {
        if (this.isOpen) return;
        mkdirSync(this.root, { recursive: true, mode: 0o700 });
        requireOwn(this.root);
        for (const name of namesIn(this.root)) removeOld(join(this.root, name));
        mkdirSync(this.folder, { recursive: true, mode: 0o700 });
        this.isOpen = true;
    }

    private file(key: string): string {
        return join(this.folder, `${digest(key)}${ENDING}`);
    }
}

const ENDING = ".json";
const digest = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 24);

function namesIn(folder: string): string[] {
    try {
        return readdirSync(folder);
    } catch {
        return [];
    }
}

function readEntry(file: string): { key: string; value: string } | undefined {
    try {
        return JSON.parse(readFileSync(file, "utf8")) as { key: string; value: string };
    } catch {
        return undefined;
    }
}

/** The temporary folder is everybody's: a folder that another user has put there is not written to. */
function requireOwn(path: string): void {
    const uid = process.getuid?.();
    const { uid: owner, mode } = lstatSync(path);
    if (uid !== undefined && (owner !== uid || (mode & 0o077) !== 0))
        throw new Error(`${path} belongs to another user, or others can read it`);
}

function removeOld(folder: string): void {
    try {
        if (Date.now() - statSync(folder).mtimeMs > KEPT_MS) rmSync(folder, { recursive: true, force: true });
    } catch {
        // Another process has removed it at the same moment.
    }
}
