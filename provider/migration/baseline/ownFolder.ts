import { createHash } from "node:crypto";
import { lstat, mkdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { RunError } from "../errors";
import { withDiskErrors } from "./diskErrors";

/** The path of a folder in the system's temporary folder that only this user may read; `name` may be any text. */
export function ownFolder(name: string): string {
    const hash = createHash("sha256").update(name).digest("hex").slice(0, 16);
    return join(tmpdir(), `pulumi-milvus-${process.getuid?.() ?? 0}`, hash);
}

/** The folder of the record of a copy: see `CopyRecord`. `from` and `to` are the generations of both collections. */
export function recordFolder({ owner, from, to }: { owner: string; from: string; to: string }): string {
    return ownFolder(`${owner} ${from} ${to} copy`);
}

/** Creates such a folder, without what was there. Errors: `MV319`, `MV340`. */
export async function createOwnFolder(path: string): Promise<void> {
    await withDiskErrors(path, async () => {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 });
        await requireOwn(dirname(path));
        await rm(path, { recursive: true, force: true });
        await mkdir(path, { mode: 0o700 });
    });
}

/** Whether such a folder is there, and belongs to this user. */
export async function hasOwnFolder(path: string): Promise<boolean> {
    return requireOwn(dirname(path))
        .then(() => lstat(path))
        .then((found) => found.isDirectory())
        .catch(() => false);
}

/** The text of a file in such a folder; undefined if it is not there, or belongs to another user. */
export async function readOwn(path: string, file: string): Promise<string | undefined> {
    return requireOwn(dirname(path))
        .then(() => readFile(join(path, file), "utf8"))
        .catch(() => undefined);
}

/** The temporary folder is shared: a folder that another user created is not used. Errors: `MV340`. */
async function requireOwn(path: string): Promise<void> {
    const uid = process.getuid?.();
    const found = await lstat(path);
    if (uid === undefined || (found.isDirectory() && found.uid === uid && (found.mode & 0o077) === 0)) return;
    throw new RunError(
        "MV340",
        `${path}: belongs to another user, or others may read it, so the row hashes are not stored there. Nothing was dropped. ` +
            "Remove it, or set TMPDIR to a folder of your own, and run `pulumi up` again",
    );
}
