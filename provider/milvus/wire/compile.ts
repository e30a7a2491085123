import { type Target, carryColumn } from "./carry";
import type { WireValue } from "./cell";
import type { Column } from "./column";
import { constantValues, noValues } from "./constant";
import { dataTypes } from "./members";
import { type Page, columnOf } from "./page";

/** A column of the target, and where its values come from. */
export interface WireColumn extends Target {
    /** The dynamic field; its name is `$meta`. */
    isDynamic?: boolean;
    source:
        /** The column `from` of the answer; `backfill`, if given, stands in for its NULLs. */
        | { kind: "carry"; from: string; backfill?: WireValue }
        | { kind: "constant"; value: WireValue }
        | { kind: "null" };
}

/** Maps a page of the source to columns of the target, in the form of an insert. */
export type MapPage = (page: Page) => Column[];

/**
 * Makes the mapping of pages. Carried columns are views into the page; the others are made once a count of rows.
 * @throws WireError at once for a constant that does not fit its type; while mapping `missing-column`,
 * `null-refused`, `malformed`.
 */
export function compileColumns(columns: readonly WireColumn[]): MapPage {
    const writers = columns.map((column) => compile(column));
    return (page) => writers.map((write) => write(page));
}

function compile(target: WireColumn): (page: Page) => Column {
    const { source } = target;
    if (source.kind === "carry") {
        return (page) => carryColumn(columnOf(page, source.from), target, page.rows, source.backfill);
    }
    const make = (rows: number) => made(target, source, rows);
    let last = { rows: 1, column: make(1) };
    return ({ rows }) => {
        if (rows !== last.rows) last = { rows, column: make(rows) };
        return last.column;
    };
}

type Made = Exclude<WireColumn["source"], { kind: "carry" }>;

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
