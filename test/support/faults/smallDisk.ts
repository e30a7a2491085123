import { execFile } from "node:child_process";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A separate disk that is small enough to fill quickly. */
export interface SmallDisk {
    path: string;
    /** For a process that keeps its temporary files there. */
    env: { TMPDIR: string };
    /** Uses up the remaining space. */
    fill(): Promise<void>;
    /** Frees the space. */
    free(): Promise<void>;
    close(): Promise<void>;
}

/** Mounts a disk of this size in memory; undefined if this user cannot mount one. */
export async function mountSmallDisk(bytes: number): Promise<SmallDisk | undefined> {
    const path = await mkdtemp(join(tmpdir(), "small-disk-"));
    const remove = () => rm(path, { recursive: true, force: true });
    try {
        await run("mount", ["-t", "tmpfs", "-o", `size=${bytes}`, "tmpfs", path]);
    } catch {
        await remove();
        return undefined;
    }
    const ballast = join(path, "ballast");
    return {
        path,
        env: { TMPDIR: path },
        fill: () => writeUntilFull(ballast),
        free: () => rm(ballast, { force: true }),
        close: async () => {
            // Lazily: a killed process may not have released its files yet.
            await run("umount", ["--lazy", path]);
            await remove();
        },
    };
}

async function writeUntilFull(path: string): Promise<void> {
    const file = await open(path, "a");
    try {
        for (let block = Buffer.alloc(64 * 1024); block.length > 0;) {
            const full = await file.write(block).then(
                ({ bytesWritten }) => bytesWritten < block.length,
                (error: unknown) => {
                    if ((error as NodeJS.ErrnoException).code === "ENOSPC") return true;
                    throw error;
                },
            );
            // The last page may still have a little space.
            if (full) block = block.subarray(0, block.length >> 1);
        }
    } finally {
        await file.close();
    }
}

/**
 * If no disk can be mounted: files that the process writes from now on are limited to this size (EFBIG, not ENOSPC;
 * Node ignores the signal that comes with it). Linux only.
 */
export async function limitFileSize(pid: number, bytes: number): Promise<void> {
    await run("prlimit", [`--pid=${pid}`, `--fsize=${bytes}`]);
}
