import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of schema.json and package.json: above the built files, and beside the one file of a release's plugin. */
export function packageFolder(folder: string): string {
    return existsSync(join(folder, "schema.json")) ? folder : packageFolder(dirname(folder));
}

/** The version of this package. */
export function packageVersion(folder: string): string {
    const text = readFileSync(join(packageFolder(folder), "package.json"), "utf8");
    return (JSON.parse(text) as { version: string }).version;
}
