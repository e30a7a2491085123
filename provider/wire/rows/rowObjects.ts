import type { WireValue } from "../cell/cell";
import type { Column } from "../column/column";
import { decodeColumn } from "../cell/decode";
import { WireError } from "../error";
import { dataTypes } from "../column/members";
import type { Page } from "./page";

/**
 * A row as a program's transform receives it: Int64 as bigint, JSON parsed, FloatVector as numbers, other vectors as
 * bytes.
 */
export type RowObject = Record<string, unknown>;

/** Converts the rows of a page to objects, without fields that have no decoder (sparse and binary vectors, structs). */
export function rowObjects(page: Page): RowObject[] {
    const rows = Array.from({ length: page.rows }, (): RowObject => ({}));
    for (const column of page.columns) {
        const read = reader(column, page.rows);
        if (read) rows.forEach((row, place) => (row[column.name] = read(place)));
    }
    return rows;
}

function reader(column: Column, rows: number): ((row: number) => unknown) | undefined {
    try {
        const read = decodeColumn(column, rows);
        const show = shown[column.type] ?? ((value: WireValue) => value);
        return (row) => {
            const value = read(row);
            return value === null ? null : show(value);
        };
    } catch (error) {
        if (error instanceof WireError && error.problem.kind === "unsupported") return undefined;
        throw error;
    }
}

/** Presentation by data type code, for values whose bytes are not useful to a program. */
const shown: Partial<Record<number, (value: WireValue) => unknown>> = {
    [dataTypes.JSON!.code]: (json) => JSON.parse(Buffer.from(json as Uint8Array).toString("utf8")) as unknown,
    // A copy is aligned as a Float32Array requires.
    [dataTypes.FloatVector!.code]: (vector) =>
        Array.from(new Float32Array(new Uint8Array(vector as Uint8Array).buffer)),
};
