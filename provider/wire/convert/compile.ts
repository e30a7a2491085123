import { type Target, carryColumn } from "../cell/carry";
import type { ValueType, WireValue } from "../cell/cell";
import type { Column } from "../column/column";
import { constantValues, noValues } from "../cell/constant";
import { columnConverter } from "./convert";
import { type KeyChange, changeKeys } from "./dynamic";
import { columnExtractor } from "./extract";
import { checkLimits } from "./limits";
import { dataTypes } from "../column/members";
import { type Page, columnOf } from "../rows/page";

/** The source of the values of a column; `from` names a column of the answer. */
export type WireSource =
    /** The unchanged column; `backfill`, if given, replaces its NULLs. */
    | { kind: "carry"; from: string; backfill?: WireValue }
    /** The column's values of type `type`, converted to the target's type: see `columnConverter`. */
    | { kind: "convert"; from: string; type: ValueType; lossy: boolean; backfill?: WireValue }
    /** A value inside a JSON column: see `columnExtractor`. */
    | { kind: "extract"; from: string; path: readonly string[]; missing?: WireValue }
    /** The JSON column with changed keys, starting from `{}` in each row without a column: see `changeKeys`. */
    | ({ kind: "keys"; from: string | undefined } & KeyChange)
    | { kind: "constant"; value: WireValue }
    | { kind: "null" };

/** A column of the target, and the source of its values. */
export interface WireColumn extends Target {
    source: WireSource;
}

/** Rows stored by column, from any source. */
type Rows = Pick<Page, "columns" | "rows">;

/** Maps a page of the source to columns of the target, in the form of an insert. */
export type MapPage = (page: Rows) => Column[];

/**
 * Compiles the mapping of pages. Carried columns are views into the page; constants are built once per row count; other
 * values are decoded and encoded one by one.
 * @throws WireError immediately for a constant that does not fit its type, and `unsupported` for types without a
 * conversion; while mapping `missing-column`, `null-refused`, `does-not-fit`, `malformed`.
 */
export function compileColumns(columns: readonly WireColumn[]): MapPage {
    const writers = columns.map((column) => compile(column));
    return (page) => writers.map((write) => write(page));
}

/** The names of the columns that an answer must have. */
export function columnsRead({ source }: WireColumn): string[] {
    switch (source.kind) {
        case "carry":
        case "convert":
        case "extract":
            return [source.from];
        case "keys":
            return [
                ...(source.from === undefined ? [] : [source.from]),
                ...source.add.map(({ from }) => from),
            ];
        case "constant":
        case "null":
            return [];
    }
}

function compile(target: WireColumn): (page: Rows) => Column {
    const { source } = target;
    switch (source.kind) {
        case "carry":
            return (page) => {
                const column = columnOf(page, source.from);
                return checkLimits(
                    carryColumn(column, target, page.rows, source.backfill),
                    target,
                    page.rows,
                );
            };
        case "convert":
        case "extract": {
            const make =
                source.kind === "convert" ? columnConverter(target, source) : columnExtractor(target, source);
            return (page) => checkLimits(make(columnOf(page, source.from), page.rows), target, page.rows);
        }
        case "keys":
            return (page) => {
                const base = source.from === undefined ? undefined : columnOf(page, source.from);
                return changeKeys(target, base, (name) => columnOf(page, name), page.rows, source);
            };
        case "constant":
        case "null":
            return repeated((rows) => made(target, source, rows));
    }
}

/** Caches a column that depends only on the row count, which seldom changes. */
function repeated(make: (rows: number) => Column): (page: Rows) => Column {
    let last = { rows: 1, column: make(1) };
    return ({ rows }) => {
        if (rows !== last.rows) last = { rows, column: make(rows) };
        return last.column;
    };
}

type Made = Extract<WireSource, { kind: "constant" | "null" }>;

function made(target: WireColumn, source: Made, rows: number): Column {
    const isNull = source.kind === "null";
    const values = isNull
        ? noValues(target.name, target)
        : constantValues(target.name, target, source.value, rows);
    const takesFlags = isNull || target.nullable || target.hasDefault;
    return {
        name: target.name,
        type: dataTypes[target.dataType]!.code,
        isDynamic: target.isDynamic ?? false,
        payload: { kind: "values", values },
        valid: takesFlags ? new Uint8Array(rows).fill(isNull ? 0 : 1) : undefined,
        unknown: [],
        bytes: new Uint8Array(),
    };
}
