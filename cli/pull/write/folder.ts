import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { CommandError } from "../../errors";

/** Names of a folder's files that an error shows. */
const shown = 3;

/** Errors: `MV540` for a folder that holds something, and for what is no folder. */
export async function requireEmpty(folder: string): Promise<void> {
    const there = await readdir(folder).catch((error: unknown): string[] => {
        const code = codeOf(error);
        if (code === "ENOENT") return [];
        throw new CommandError(
            "MV540",
            `--out: ${folder} is no folder that this user can read (${code}). Name an empty folder, or one that does not exist`,
        );
    });
    if (there.length === 0) return;
    const more = there.length > shown ? ", ..." : "";
    throw new CommandError(
        "MV540",
        `--out: ${folder} holds files already (${there.sort().slice(0, shown).join(", ")}${more}), and nothing is overwritten. Name an empty folder, or one that does not exist`,
    );
}

/** Writes all of the files, or none. Errors: `MV546`. */
export async function writeFiles(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
    const written: string[] = [];
    let path = folder;
    try {
        await mkdir(folder, { recursive: true });
        for (const [name, text] of files) {
            path = join(folder, name);
            // Not over a file that somebody has written since the folder was looked at.
            await writeFile(path, text, { flag: "wx" });
            written.push(path);
        }
    } catch (error) {
        for (const one of written) await rm(one, { force: true });
        throw new CommandError(
            "MV546",
            `--out: ${path} cannot be written (${codeOf(error)}). Name a folder that this user can write to`,
        );
    }
}

const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code);
