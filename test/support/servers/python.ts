import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

import { ServerUnavailable, type LocalServerName } from "./server";

const run = promisify(execFile);
const cache = resolve(__dirname, "../../../.cache/servers");
const installMinutes = 10;

/** Newer names first: `python3` can be the oldest of a host. */
const candidates = ["python3.13", "python3.12", "python3.11", "python3", "python3.10", "python"];

let python: Promise<string> | undefined;

/** A Python from 3.10 on that can make virtual environments; looked for once a run. */
function findPython(): Promise<string> {
    return (python ??= firstPython());
}

async function firstPython(): Promise<string> {
    const test = "import sys, venv, ensurepip, fcntl; sys.exit(sys.version_info < (3, 10))";
    for (const candidate of candidates) {
        try {
            await run(candidate, ["-c", test], { timeout: 20_000 });
            return candidate;
        } catch {
            // Not this one.
        }
    }
    throw new ServerUnavailable(
        "no Python 3.10 or later with venv found (Debian: apt-get install python3-venv)",
    );
}

/**
 * The folder of a virtual environment with the server's pinned packages, made at the first use.
 * @throws ServerUnavailable without a fit Python, or when the packages cannot be installed.
 */
export async function environment(name: LocalServerName): Promise<string> {
    const requirements = join(__dirname, `requirements-${name}.txt`);
    const hash = createHash("sha256")
        .update(await readFile(requirements))
        .digest("hex");
    const home = join(cache, `${name}-${hash.slice(0, 8)}`);
    const install = [join(__dirname, "install.py"), requirements, home];
    try {
        await run(await findPython(), install, { timeout: installMinutes * 60_000 });
    } catch (error) {
        if (error instanceof ServerUnavailable) throw error;
        const { stderr, message } = error as Error & { stderr?: string };
        throw new ServerUnavailable(`cannot install ${name}: ${(stderr || message).trim().slice(-600)}`);
    }
    return home;
}
