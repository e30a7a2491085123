import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

import type { RowObject } from "../../wire";
import { RunError } from "../errors";

/** What a module exports by default: some rows in, as many rows out, each with the fields that are to be made. */
export type MakeRows = (rows: RowObject[]) => RowObject[] | Promise<RowObject[]>;

const strategyOf = (module: string) => resolve(process.cwd(), module);

/** Errors: `MV338` where there is no such module, or none that exports a function. */
export async function loadModule(module: string): Promise<MakeRows> {
    let loaded: unknown;
    try {
        loaded = await import(pathToFileURL(strategyOf(module)).href);
    } catch (error) {
        throw notLoaded(module, error);
    }
    // A CommonJS module stands whole in `default`, one that was compiled to it once more.
    const { default: first } = loaded as { default?: unknown };
    const found = typeof first === "function" ? first : (first as { default?: unknown } | undefined)?.default;
    if (typeof found !== "function")
        throw new RunError(
            "MV338",
            `migration.transform: ${module} exports no function by default. Export one that takes rows and returns rows`,
        );
    return found as MakeRows;
}

/**
 * Tells one text of a module from another, so that no copy has rows of both; what the module imports is not looked at.
 * Errors: `MV338` where it cannot be read: it is no other module than the one that a copy was made with.
 */
export function moduleVersion(module: string): string {
    try {
        return createHash("sha256")
            .update(readFileSync(strategyOf(module)))
            .digest("hex");
    } catch (error) {
        throw notLoaded(module, error);
    }
}

function notLoaded(module: string, error: unknown): RunError {
    return new RunError(
        "MV338",
        `migration.transform: ${module} cannot be loaded (${(error as Error).message}). Give the path of a JavaScript module, from the program's folder`,
    );
}
