import { execFile } from "node:child_process";
import { chmod, cp, mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";

import { checkout, installPackage, LanguageProject, type Ran } from "../../support/languages/project";
import type { Server } from "../../support/servers";
import { environment } from "../../support/servers/python";

/**
 * What a reader has at hand, where a test stands in for the person: `pulumi` does not ask, and `npm install` finds what this
 * checkout has.
 */
const commands: Readonly<Record<string, string>> = {
    pulumi: `case "$1" in
    login) exit 0 ;;
    up | destroy) set -- "$@" --yes --skip-preview ;;
esac
exec "$REAL_PULUMI" "$@" --color never --non-interactive`,
    npm: `[ "$1" = install ] || [ "$1" = ci ] || exec "$REAL_NPM" "$@"`,
};

/** What the pages call the server. */
const address = "localhost:19530";
/** Of a command that fails, its own text stands before its output. */
const mark = "-- output --";

/** An empty folder in which somebody follows a page. */
export interface Folder {
    dir: string;
    write(file: string, text: string): Promise<void>;
    /** Puts the files of a folder of this checkout into it. */
    copy(from: string): Promise<void>;
    /** Runs the lines of a block. */
    run(lines: string): Promise<Ran>;
    dispose(): Promise<void>;
}

export async function openFolder(server: Server): Promise<Folder> {
    const project = await LanguageProject.make("page", "nodejs");
    const bin = join(project.dir, ".commands");
    await installPackage(project);
    await mkdir(join(project.dir, "node_modules/.bin"));
    // As npm makes it of the package's `bin`: the compiler's file is not executable.
    await script(
        join(project.dir, "node_modules/.bin/pulumi-milvus"),
        `exec node "${join(checkout, "dist/cli/main.js")}" "$@"`,
    );
    await mkdir(bin);
    for (const [name, text] of Object.entries(commands)) await script(join(bin, name), text);
    const python = join(await environment("milvus-lite-3.2.2"), "bin");
    const before = [
        `export REAL_PULUMI=$(command -v pulumi) REAL_NPM=$(command -v npm)`,
        // The programs have no plugin: Pulumi would tell that it found one, here or where npm runs this test.
        `PATH=$(tr : '\\n' <<<"$PATH" | while read -r d; do [ -e "$d/pulumi-resource-milvus" ] || printf '%s:' "$d"; done)`,
        `export PATH=${bin}${delimiter}${python}${delimiter}$PATH`,
        `export MILVUS_ADDRESS=${server.address} NO_COLOR=1`,
    ].join("\n");
    return {
        dir: project.dir,
        write: (file, text) => project.write(file, text),
        copy: (from) => cp(join(checkout, from), project.dir, { recursive: true }),
        run: async (lines) => {
            const own = lines.replaceAll(address, server.address);
            const script = [before, `echo '${mark.slice(0, 3)}''${mark.slice(3)}'`, `{\n${own}\n} 2>&1`].join(
                "\n",
            );
            const { ok, text } = await project.run("bash", ["-e", "-o", "pipefail", "-c", script]);
            return { ok, text: text.split(`${mark}\n`).at(-1)!.replaceAll(server.address, address) };
        },
        dispose: () => project.dispose(),
    };
}

async function script(path: string, text: string): Promise<void> {
    await writeFile(path, `#!/usr/bin/env bash\n${text}\n`);
    await chmod(path, 0o755);
}

export const hasPulumi = (): Promise<boolean> =>
    new Promise((resolve) => execFile("pulumi", ["version"], (error) => resolve(error === null)));
