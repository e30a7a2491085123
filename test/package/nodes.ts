import { access, mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

import { npm } from "./npm";

const cache = resolve(__dirname, "../../.cache/node");

/** The folder of a Node binary, installed from npm on first use and kept. */
export async function nodeFolder(version: string): Promise<string> {
    const name = `node-${process.platform}-${process.arch}`;
    const home = join(cache, version);
    const bin = join(home, "node_modules", name, "bin");
    const present = await access(join(bin, "node")).then(
        () => true,
        () => false,
    );
    if (!present) {
        await mkdir(home, { recursive: true });
        // Without its own package.json npm installs into the nearest parent folder that has one.
        await writeFile(join(home, "package.json"), `{ "private": true }`);
        await npm(home, "install", `${name}@${version}`);
    }
    return bin;
}
