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
import type { Transform } from "../spec/collection";
import { RunError } from "./error";

/** What a module exports by default: some rows in, as many rows out, each with the fields that are to be made. */
type MakeRows = (rows: RowObject[]) => RowObject[] | Promise<RowObject[]>;

/** The first pause before a call is made again; each further one is twice as long. */
const PAUSE_MS = 500;

export interface Making extends Transform {
    /** The fields that it makes. */
    columns: readonly Omit<WireColumn, "source">[];
}

/**
 * Makes columns of a page by the program's own module, `concurrency` calls at once over all pages that are under way. A
 * call that throws is made again, `retries` times; then the migration fails, and the old collection serves as before.
 * Errors: `MV318` with what the module did wrong.
 */
export async function loadTransform(making: Making): Promise<(page: Page) => Promise<Column[]>> {
    const { module, columns, batchRows, concurrency } = making;
    const make = await load(module);
    const inTurn = limited(concurrency);
    return async (page) => {
        const rows = rowObjects(page);
        const starts = Array.from({ length: Math.ceil(rows.length / batchRows) }, (_, at) => at * batchRows);
        const made = await Promise.all(
            starts.map((from) => inTurn(() => run(making, make, rows.slice(from, from + batchRows)))),
        );
        return columns.map((column) => columnFrom(module, column, made.flat()));
    };
}

/** Runs so many jobs at once, the others in the order in which they came; after a failure none is begun any more. */
function limited(concurrency: number): <T>(job: () => Promise<T>) => Promise<T> {
    const waiting: (() => void)[] = [];
    let running = 0;
    let failure: { error: unknown } | undefined;
    return async (job) => {
        if (running === concurrency) await new Promise<void>((begin) => waiting.push(begin));
        else running++;
        try {
            if (failure) throw failure.error;
            return await job();
        } catch (error) {
            failure ??= { error };
            throw error;
        } finally {
            const next = waiting.shift();
            if (next) next();
            else running--;
        }
    };
}

async function load(module: string): Promise<MakeRows> {
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
    return found as MakeRows;
}

async function run({ module, retries }: Transform, make: MakeRows, rows: RowObject[]): Promise<RowObject[]> {
    for (let tried = 1; ; tried++) {
        try {
            const made: unknown = await make(rows);
            if (Array.isArray(made) && made.length === rows.length) return made as RowObject[];
            const got = Array.isArray(made) ? `${made.length} rows` : typeof made;
            throw new RunError(
                "MV318",
                `migration.transform: ${module} got ${rows.length} rows and returned ${got}. Return one row for each, in their order`,
            );
        } catch (error) {
            if (error instanceof RunError) throw error;
            const reason = error instanceof Error ? error.message : String(error);
            if (tried > retries)
                throw new RunError(
                    "MV318",
                    `migration.transform: ${module} failed${tried === 1 ? "" : ` ${tried} times`}: ${reason}`,
                );
            await delay(PAUSE_MS * 2 ** (tried - 1));
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
