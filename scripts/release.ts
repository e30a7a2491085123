import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { build } from "esbuild";

const root = join(__dirname, "..");
const name = "pulumi-resource-milvus";

/** Both start the same file with the `node` on PATH; Pulumi takes the `.cmd` on Windows. */
const starters = {
    [name]: `#!/bin/sh\nexec node "$(dirname "$0")/plugin.js" "$@"\n`,
    [`${name}.cmd`]: `@echo off\r\nnode "%~dp0plugin.js" %*\r\n`,
};

/**
 * The plugin as one archive, the same for every platform that has Node: what `pulumi plugin install` takes, under the names
 * that it asks a release for.
 */
export async function release(into: string): Promise<string[]> {
    const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
    const folder = mkdtempSync(join(tmpdir(), "pulumi-milvus-release-"));
    try {
        await build({
            entryPoints: [join(root, "provider/native/main.ts")],
            outfile: join(folder, "plugin.js"),
            bundle: true,
            minify: true,
            // An error names what it names in the sources.
            keepNames: true,
            legalComments: "none",
            platform: "node",
            target: "node20",
            logLevel: "error",
        });
        for (const [file, text] of Object.entries(starters)) {
            writeFileSync(join(folder, file), text);
            chmodSync(join(folder, file), 0o755);
        }
        for (const file of ["schema.json", "package.json", "LICENSE"])
            cpSync(join(root, file), join(folder, file));
        mkdirSync(into, { recursive: true });
        const archives = platforms.map((platform) => join(into, `${name}-v${version}-${platform}.tar.gz`));
        execFileSync("tar", ["-czf", archives[0]!, "-C", folder, "."]);
        for (const other of archives.slice(1)) cpSync(archives[0]!, other);
        return archives;
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

const platforms = [
    "linux-amd64",
    "linux-arm64",
    "darwin-amd64",
    "darwin-arm64",
    "windows-amd64",
    "windows-arm64",
];
