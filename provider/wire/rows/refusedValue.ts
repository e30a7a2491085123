import { decodeColumn, type ReadRow } from "../cell/decode";
import type { Column } from "../column/column";
import { dataTypes } from "../column/members";
import { components, componentsOf } from "../encoding/component";
import { WireError } from "../error";

/** Milvus accepts no larger JSON, unless it is configured otherwise (`common.JSONMaxLength`). */
const LONGEST_JSON = 65_536;

/** A value of a row, as a message shows it. */
export interface RefusedValue {
    column: string;
    row: number;
    value: string;
}

/**
 * The first value in the rows `[from, to)` that Milvus refuses: NaN or an infinite number, which milvus-lite stores, and
 * large JSON. For the message about a refused insert: a server names no row.
 */
export function refusedValue(
    columns: readonly Column[],
    rows: number,
    from: number,
    to: number,
): RefusedValue | undefined {
    for (const column of columns) {
        const check = checkOf(column, rows);
        for (let row = from; check && row < to; row++) {
            const value = check(row);
            if (value !== undefined) return { column: column.name, row, value };
        }
    }
    return undefined;
}

type CheckRow = (row: number) => string | undefined;

function checkOf(column: Column, rows: number): CheckRow | undefined {
    const dataType = Object.keys(dataTypes).find((name) => dataTypes[name]!.code === column.type);
    const component = components[dataType ?? ""];
    if (!component && dataType !== "JSON") return undefined;
    const read = readerOf(column, rows);
    if (!read) return undefined;
    if (!component)
        return (row) => {
            const { length } = (read(row) ?? "") as Uint8Array | "";
            return length > LONGEST_JSON ? `JSON of ${String(length)} bytes` : undefined;
        };
    return (row) => {
        const value = read(row);
        const numbers = value instanceof Uint8Array ? componentsOf(value, component) : [value];
        return numbers
            .find((one): one is number => typeof one === "number" && !Number.isFinite(one))
            ?.toString();
    };
}

function readerOf(column: Column, rows: number): ReadRow | undefined {
    try {
        return decodeColumn(column, rows);
    } catch (error) {
        // The server's own message stays.
        if (error instanceof WireError) return undefined;
        throw error;
    }
}
