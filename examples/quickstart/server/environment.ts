import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const installMinutes = 10;

/** Newer names first: `python3` can be the oldest of a host. */
const candidates = ["python3.13", "python3.12", "python3.11", "python3", "python3.10", "python"];

/** A server that cannot be had here, and why. */
export class ServerUnavailable extends Error {}

/** A Python virtual environment with the packages of a file of requirements. */
export interface Environment {
    folder: string;
    isInstalled: boolean;
}

/**
 * Where the environment of a file of requirements belongs: a folder that carries the name of the file and its hash, under
 * `.cache/` of the checkout or under `PULUMI_MILVUS_CACHE`.
 */
export async function environmentOf(requirements: string): Promise<Environment> {
    const hash = createHash("sha256")
        .update(await readFile(requirements))
        .digest("hex");
    const cache = process.env["PULUMI_MILVUS_CACHE"] ?? resolve(__dirname, "../../../.cache");
    const name = basename(requirements, ".txt").replace(/^requirements-/, "");
    const folder = join(cache, "servers", `${name}-${hash.slice(0, 8)}`);
    return { folder, isInstalled: existsSync(join(folder, ".complete")) };
}

/**
 * Installs the packages where they are not installed yet; returns the folder.
 *
 * @throws ServerUnavailable without a fit Python, or when the packages cannot be installed.
 */
export async function install(requirements: string): Promise<string> {
    const { folder, isInstalled } = await environmentOf(requirements);
    if (isInstalled) return folder;
    const python = await findPython();
    try {
        const args = [join(__dirname, "install.py"), requirements, folder];
        await run(python, args, { timeout: installMinutes * 60_000 });
        return folder;
    } catch (error) {
        const { stderr, message } = error as Error & { stderr?: string };
        const reason = (stderr || message).trim().slice(-600);
        throw new ServerUnavailable(
            `cannot install the packages of ${basename(requirements)} from PyPI: ${reason}`,
        );
    }
}

/** A Python from 3.10 on that can make virtual environments. */
async function findPython(): Promise<string> {
    const test = "import sys, venv, ensurepip, fcntl; sys.exit(sys.version_info < (3, 10))";
    for (const candidate of candidates)
        try {
            await run(candidate, ["-c", test], { timeout: 20_000 });
            return candidate;
        } catch {
            // Not this one.
        }
    throw new ServerUnavailable(
        "milvus-lite needs Python 3.10 or later with venv, and none was found. Install it (Debian and Ubuntu: apt-get install python3-venv; macOS: brew install python), or set MILVUS_ADDRESS to the address of a Milvus server",
    );
}
