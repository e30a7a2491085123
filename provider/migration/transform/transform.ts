import { rowsText } from "../../inputs/report/figures";
import {
    type Column,
    columnOfValues,
    keyAt,
    type Keys,
    type Page,
    rowObjects,
    type RowObject,
    WireError,
} from "../../wire";
import { pause } from "../../milvus/transport/stopPoint";
import type { Transform } from "../../inputs/schema/collection";
import { RunError } from "../errors";
import type { ComputedColumn } from "../read/wireColumns";
import { keyText } from "../keys/keyText";
import { CALL_MS, inTime } from "./inTime";
import { loadModule, type MakeRows } from "./transformModule";

/** The pause before the first retry. It doubles with each further one. */
const PAUSE_MS = 500;

export interface Making extends Transform {
    /** The fields that it computes. */
    columns: readonly ComputedColumn[];
}

/** Computes the columns of a page; `keys` are those of its rows, for messages. */
export type ComputeColumns = (page: Page, keys: Keys) => Promise<Column[]>;

/**
 * Computes columns of a page with the program's own module, with at most `concurrency` calls at once over all pages. A
 * call that throws, or does not answer within ten minutes, is repeated up to `retries` times. Then the migration stops,
 * the old collection keeps serving, and the next run resumes the copy. Errors: `MV318` if a call fails, `MV338` if the
 * module cannot be loaded, `MV339` if the returned rows do not fit.
 */
export async function loadTransform(making: Making): Promise<ComputeColumns> {
    const { module, columns, batchRows, concurrency } = making;
    const make = await loadModule(module);
    const inTurn = limited(concurrency);
    return async (page, keys) => {
        const rows = rowObjects(page);
        const starts = Array.from({ length: Math.ceil(rows.length / batchRows) }, (_, at) => at * batchRows);
        const made = await Promise.all(
            starts.map((from) => inTurn(() => run(making, make, rows.slice(from, from + batchRows)))),
        );
        const computed = made.flat();
        requireObjects(module, computed, keys);
        return columns.map((column) => columnFrom(module, column, computed, keys));
    };
}

/** Runs at most `concurrency` jobs at once, the others in order of arrival. After a failure no further job starts. */
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

async function run({ module, retries }: Transform, make: MakeRows, rows: RowObject[]): Promise<RowObject[]> {
    for (let tried = 1; ; tried++) {
        try {
            const made: unknown = await inTime(make(rows), CALL_MS);
            if (Array.isArray(made) && made.length === rows.length) return made as RowObject[];
            const got = Array.isArray(made) ? rowsText(made.length) : typeof made;
            throw new RunError(
                "MV339",
                `migration.transform: ${module} got ${rowsText(rows.length)} and returned ${got}. Return one row for each input row, in the same order`,
            );
        } catch (error) {
            if (error instanceof RunError) throw error;
            const reason = error instanceof Error ? error.message : String(error);
            if (tried > retries)
                throw new RunError(
                    "MV318",
                    `migration.transform: ${module} failed${tried === 1 ? "" : ` ${tried} times`}: ${reason}`,
                );
            await pause(PAUSE_MS * 2 ** (tried - 1));
        }
    }
}

/** Errors: `MV339` with the field and the key of the first row whose value does not fit. */
function columnFrom(module: string, column: ComputedColumn, rows: readonly RowObject[], keys: Keys): Column {
    const { name, dataType } = column;
    try {
        return columnOfValues(
            column,
            rows.map((row) => row[name]),
            column.backfill,
        );
    } catch (error) {
        if (!(error instanceof WireError)) throw error;
        const { problem } = error;
        const rowAt = (row: number) => `the row with the key ${keyText(keyAt(keys, row))}`;
        const returned = (what: string) =>
            new RunError("MV339", `migration.transform: ${module} returned ${what}`);
        if (problem.kind === "null-refused")
            throw returned(
                `no value for ${name} in ${rowAt(problem.row)}, and the field is not nullable. Return a value in every row, or declare the field nullable`,
            );
        if (problem.kind === "does-not-fit")
            throw returned(
                `no ${dataType} for ${name} in ${rowAt(problem.row)}: it returned ${problem.value}, and the field needs ${problem.wanted}`,
            );
        throw returned(`no ${dataType} for ${name}: ${error.message}`);
    }
}

/** Errors: `MV339` if a row is no object. */
function requireObjects(module: string, rows: readonly unknown[], keys: Keys): void {
    const row = rows.findIndex((one) => typeof one !== "object" || one === null);
    if (row >= 0)
        throw new RunError(
            "MV339",
            `migration.transform: ${module} returned ${String(rows[row])} in place of the row with the key ${keyText(keyAt(keys, row))}. Return an object with the computed fields`,
        );
}
