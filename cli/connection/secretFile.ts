import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";

import { CommandError } from "../errors";
import type { Io } from "../io";

/**
 * Reads a token or a password from a file, or from the standard input (`-`); the line's end is not part of it. Errors:
 * `MV503`.
 */
export async function readSecret({ stdin, folder }: Io, path: string, flag: string): Promise<string> {
    const content = path === "-" ? await text(stdin) : read(resolve(folder, path), flag);
    const secret = content.replace(/\r?\n$/, "");
    if (secret === "")
        throw new CommandError("MV503", `${flag}: ${path} is empty. Give a file that holds the secret`);
    return secret;
}

function read(path: string, flag: string): string {
    try {
        return readFileSync(path, "utf8");
    } catch (error) {
        const { code = "unknown" } = error as NodeJS.ErrnoException;
        throw new CommandError(
            "MV503",
            `${flag}: ${path} cannot be read (${code}). Give a file that this user can read, or - for the standard input`,
        );
    }
}
