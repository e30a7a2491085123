import { resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";

import {
    type Column,
    columnOfValues,
    type Page,
    rowObjects,
    type RowObject,
    type WireColumn,
} from "../milvus/wire";
import { RunError } from "./error";

/** What a module exports by default: some rows in, as many rows out, each with the fields that are to be made. */
type Transform = (rows: RowObject[]) => RowObject[] | Promise<RowObject[]>;

/** Rows a call, and calls of one page at once: an embedding service takes about so many texts in a request. */
const BATCH_ROWS = 256;
const AT_ONCE = 4;
const TRIES = 3;

export interface Making {
    /** Path of a JavaScript module, relative to the program. */
    module: string;
    /** The fields that it makes. */
    columns: readonly Omit<WireColumn, "source">[];
}

/**
 * Makes columns of a page by the program's own module. A call that throws is made again, twice, after a pause; then the
 * migration fails, and the old collection serves as before. Errors: `MV318` with what the module did wrong.
 */
export async function loadTransform({ module, columns }: Making): Promise<(page: Page) => Promise<Column[]>> {
    const transform = await load(module);
    return async (page) => {
        const rows = rowObjects(page);
        const made = new Array<RowObject>(rows.length);
        const waiting = Array.from(
            { length: Math.ceil(rows.length / BATCH_ROWS) },
            (_, batch) => batch * BATCH_ROWS,
        );
        const worker = async (): Promise<void> => {
            for (let from = waiting.shift(); from !== undefined; from = waiting.shift()) {
                const batch = await run(module, transform, rows.slice(from, from + BATCH_ROWS));
                batch.forEach((row, place) => (made[from + place] = row));
            }
        };
        await Promise.all(Array.from({ length: AT_ONCE }, worker));
        return columns.map((column) => columnFrom(module, column, made));
    };
}

async function load(module: string): Promise<Transform> {
    const path = resolve(process.cwd(), module);
    let loaded: unknown;
    try {
        loaded = await import(pathToFileURL(path).href);
    } catch (error) {
        throw new RunError(
            "MV318",
            `migration.transform: ${module} cannot be loaded (${(error as Error).message}). Give the path of a JavaScript module, from the program's folder`,
        );
    }
    // A CommonJS module stands whole in `default`, one that was compiled to it once more.
    const { default: first } = loaded as { default?: unknown };
    const found = typeof first === "function" ? first : (first as { default?: unknown } | undefined)?.default;
    if (typeof found !== "function")
        throw new RunError(
            "MV318",
            `migration.transform: ${module} exports no function by default. Export one that takes rows and returns rows`,
        );
    return found as Transform;
}

async function run(module: string, transform: Transform, rows: RowObject[]): Promise<RowObject[]> {
    for (let tried = 1; ; tried++) {
        try {
            const made: unknown = await transform(rows);
            if (Array.isArray(made) && made.length === rows.length) return made as RowObject[];
            const got = Array.isArray(made) ? `${made.length} rows` : typeof made;
            throw new RunError(
                "MV318",
                `migration.transform: ${module} got ${rows.length} rows and returned ${got}. Return one row for each, in their order`,
            );
        } catch (error) {
            if (error instanceof RunError) throw error;
            if (tried === TRIES)
                throw new RunError(
                    "MV318",
                    `migration.transform: ${module} failed ${TRIES} times: ${error instanceof Error ? error.message : String(error)}`,
                );
            await delay(500 * tried);
        }
    }
}

function columnFrom(module: string, column: Omit<WireColumn, "source">, rows: readonly RowObject[]): Column {
    try {
        return columnOfValues(
            column,
            rows.map((row) => row[column.name]),
        );
    } catch (error) {
        throw new RunError(
            "MV318",
            `migration.transform: ${module} returned no ${column.dataType} for ${column.name}: ${(error as Error).message}`,
        );
    }
}
