import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import { checkout } from "./project";

const run = promisify(execFile);
const cache = join(checkout, ".cache/languages");

/** Python's SDK, or a Python, cannot be had: the test is skipped, as for a missing server. */
export class LanguageUnavailable extends Error {}

let made: Promise<string> | undefined;

/** The folder of a virtual environment with Pulumi's SDK and this package's, made at the first use. */
export function pythonEnvironment(): Promise<string> {
    return (made ??= make());
}

async function make(): Promise<string> {
    const hash = createHash("sha256")
        .update(await readFile(join(checkout, "sdks/schema.sha256")))
        .digest("hex");
    const home = join(cache, `python-${hash.slice(0, 8)}`);
    if (existsSync(join(home, "ready"))) return home;
    await mkdir(cache, { recursive: true });
    await rm(home, { recursive: true, force: true });
    try {
        await run("python3", ["-m", "venv", home]);
        // pip builds in the folder.
        await cp(join(checkout, "sdks/python"), join(home, "sdk"), { recursive: true });
        const pip = join(home, "bin/pip");
        await run(pip, ["install", "--quiet", "--disable-pip-version-check", join(home, "sdk")], {
            timeout: 10 * 60_000,
        });
        await mkdir(join(home, "making"));
        await rename(join(home, "making"), join(home, "ready"));
    } catch (error) {
        const { stderr, message } = error as Error & { stderr?: string };
        throw new LanguageUnavailable(
            `cannot install the Python SDK: ${(stderr || message).trim().slice(-600)}`,
        );
    }
    return home;
}
