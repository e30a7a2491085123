import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, stat, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { promisify } from "node:util";

import { npm } from "./npm";

const checkout = resolve(__dirname, "../..");

/** The package as npm would publish it. */
export interface Packed {
    /** Path of the `.tgz`. */
    tarball: string;
    bytes: number;
    /** Paths inside the package, sorted. */
    files: string[];
    /** The `.ts` files that it was built from, without extension, sorted: `sdk/index`. */
    sources: string[];
}

let packing: Promise<Packed> | undefined;

/** Packs with npm and the package's scripts, once per run: the tarball exists until the run ends. */
export function packed(): Promise<Packed> {
    return (packing ??= pack());
}

/** Packs a copy of the checkout: packing needs an empty `dist`, and the checkout's `dist` may be in use. */
async function pack(): Promise<Packed> {
    const folder = await mkdtemp(join(tmpdir(), "pulumi-milvus-"));
    process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
    const copy = join(folder, "checkout");
    const apart = [".git", ".cache", "dist", "node_modules"].map((name) => join(checkout, name));
    await cp(checkout, copy, { recursive: true, filter: (path) => !apart.includes(path) });
    await symlink(join(checkout, "node_modules"), join(copy, "node_modules"), "dir");
    // A file left over from an older build, which must not be packed.
    await mkdir(join(copy, "dist/provider"), { recursive: true });
    await cp(join(copy, "LICENSE"), join(copy, "dist/provider/stale.js"));
    await npm(copy, "pack", "--pack-destination", folder);
    const name = (await readdir(folder)).find((file) => file.endsWith(".tgz"))!;
    const tarball = join(folder, name);
    const { stdout } = await promisify(execFile)("tar", ["-tzf", tarball]);
    return {
        tarball,
        bytes: (await stat(tarball)).size,
        files: stdout
            .trim()
            .split("\n")
            .map((path) => path.replace(/^package\//, ""))
            .sort(),
        sources: (await Promise.all(["cli", "provider", "sdk"].map((room) => sourcesIn(copy, room))))
            .flat()
            .sort(),
    };
}

async function sourcesIn(root: string, room: string): Promise<string[]> {
    const entries = await readdir(join(root, room), { recursive: true, withFileTypes: true });
    return entries
        .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
        .map((entry) => relative(root, join(entry.parentPath, entry.name)).replace(/\.ts$/, ""));
}
