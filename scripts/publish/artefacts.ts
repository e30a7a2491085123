import { execFile, execFileSync } from "node:child_process";
import {
    cpSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    rmSync,
    statSync,
    writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { release } from "../release";
import { versionOf } from "./versions";

const root = join(__dirname, "..", "..");
const run = promisify(execFile);
const goModule = "github.com/pulumi-milvus/pulumi-milvus/sdks/go/milvus";

/** A tool of a language is not on this machine: what it makes is left out, and said. */
export class ToolMissing extends Error {}

/** The SDK of Node as npm publishes it: compiled, with its package.json beside the files. */
export async function nodeSdkPackage(into: string): Promise<string[]> {
    return inFolder(async (folder) => {
        cpSync(join(root, "sdks/nodejs"), folder, { recursive: true });
        const npm = (...args: string[]) => run("npm", [...args, "--no-audit", "--no-fund"], { cwd: folder });
        await npm("install", "--prefer-offline", "--no-package-lock");
        await npm("run", "build");
        for (const file of ["package.json", "README.md"])
            cpSync(join(folder, file), join(folder, "bin", file));
        cpSync(join(root, "LICENSE"), join(folder, "bin/LICENSE"));
        mkdirSync(into, { recursive: true });
        await npm("pack", "./bin", "--pack-destination", into);
        return filesIn(into, ".tgz");
    });
}

/** The SDK of Python, as a wheel and as sources. */
export async function pythonPackages(into: string): Promise<string[]> {
    if (!hasCommand("python3")) throw new ToolMissing("python3 is not on PATH: no package for Python");
    return inFolder(async (folder) => {
        cpSync(join(root, "sdks/python"), join(folder, "sdk"), { recursive: true });
        await run("python3", ["-m", "venv", join(folder, "venv")]);
        await run(join(folder, "venv/bin/pip"), ["install", "--quiet", "build"]);
        await run(join(folder, "venv/bin/python"), ["-m", "build", "--outdir", into, join(folder, "sdk")]);
        return filesIn(into, "");
    });
}

/** A folder that `GOPROXY` takes, with the module of this commit. Source: go.dev/ref/mod, "GOPROXY protocol". */
export function goProxy(into: string): string[] {
    const version = `v${versionOf(root)}`;
    const folder = join(into, goModule, "@v");
    mkdirSync(folder, { recursive: true });
    cpSync(join(root, "sdks/go/milvus/go.mod"), join(folder, `${version}.mod`));
    writeFileSync(join(folder, `${version}.info`), JSON.stringify({ Version: version }));
    const zip = join(folder, `${version}.zip`);
    const prefix = `--prefix=${goModule}@${version}/`;
    execFileSync("git", ["archive", "--format=zip", prefix, `--output=${zip}`, "HEAD:sdks/go/milvus"], {
        cwd: root,
    });
    return [zip];
}

/** The package itself. Packing builds it again. */
async function npmPackage(into: string): Promise<string[]> {
    mkdirSync(into, { recursive: true });
    await run("npm", ["pack", "--pack-destination", into], { cwd: root, maxBuffer: 64 * 2 ** 20 });
    return filesIn(into, ".tgz");
}

const kinds: Readonly<Record<string, (into: string) => Promise<string[]> | string[]>> = {
    ".": release,
    npm: npmPackage,
    "npm-sdk": nodeSdkPackage,
    python: pythonPackages,
    go: goProxy,
};

/** Everything that is published, in a folder: release/ unless another one is given. */
export async function artefacts(into = join(root, "release"), tell = console.log): Promise<void> {
    rmSync(into, { recursive: true, force: true });
    for (const [kind, make] of Object.entries(kinds))
        try {
            for (const file of await make(join(into, kind)))
                tell(`${file.slice(into.length + 1)}  ${(statSync(file).size / 1024).toFixed(0)} KB`);
        } catch (error) {
            if (!(error instanceof ToolMissing)) throw error;
            tell(`LEFT OUT: ${error.message}`);
        }
}

const filesIn = (folder: string, ending: string) =>
    readdirSync(folder)
        .filter((name) => name.endsWith(ending))
        .map((name) => join(folder, name));

const hasCommand = (name: string) =>
    (process.env["PATH"] ?? "").split(":").some((folder) => existsSync(join(folder, name)));

async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
    const folder = mkdtempSync(join(tmpdir(), "pulumi-milvus-release-"));
    try {
        return await use(folder);
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

if (require.main === module) void artefacts(process.argv[2]);
