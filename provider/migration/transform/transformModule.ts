import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

import { programFile } from "../../inputs/values/programFile";
import type { RowObject } from "../../wire";
import { RunError } from "../errors";

/** The default export of a module: takes rows and returns as many rows, each with the fields to compute. */
export type MakeRows = (rows: RowObject[]) => RowObject[] | Promise<RowObject[]>;

/** Errors: `MV338` if the module does not exist or exports no function. */
export async function loadModule(module: string): Promise<MakeRows> {
    let loaded: unknown;
    try {
        loaded = await import(pathToFileURL(programFile(module)).href);
    } catch (error) {
        throw notLoaded(module, error);
    }
    // A CommonJS module is in `default`; one compiled to CommonJS is in `default.default`.
    const { default: first } = loaded as { default?: unknown };
    const found = typeof first === "function" ? first : (first as { default?: unknown } | undefined)?.default;
    if (typeof found !== "function")
        throw new RunError(
            "MV338",
            `migration.transform: ${module} has no function as its default export. Export one that takes rows and returns rows`,
        );
    return found as MakeRows;
}

/**
 * The hash of a module's text, so that no copy mixes rows of two versions. Imported modules are not part of it. Errors:
 * `MV338` if the module cannot be read; a copy is kept in that case, because the module may be the same one.
 */
export function moduleVersion(module: string): string {
    try {
        return createHash("sha256")
            .update(readFileSync(programFile(module)))
            .digest("hex");
    } catch (error) {
        throw notLoaded(module, error);
    }
}

function notLoaded(module: string, error: unknown): RunError {
    return new RunError(
        "MV338",
        `migration.transform: ${module} cannot be loaded (${(error as Error).message}). Give the path of a JavaScript module, relative to the program's folder or to that of Pulumi.yaml`,
    );
}
