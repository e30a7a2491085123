import { checkSize } from "./answerLimits";
import type { Call } from "./call";
import { type Cell, type Collection, leaves, primaryKey, type Row } from "./catalog";
import { columnOf, valuesOf } from "./cells";
import { defaultCell } from "./dataTypes";
import type { FieldData, FieldSchema } from "./messages";
import { sizeOf } from "./proto";
import { cellOf, inKeyOrder } from "./reading";
import { demand } from "./refusal";

/**
 * The rows that a partial upsert merges with, by key. This and what follows has its source in queryPreExecute of
 * internal/proxy/task_upsert.go.
 */
export type Former = (keys: ReadonlySet<unknown>) => Map<unknown, Row>;

/**
 * The rows of the keys that the proxy finds, by key. It queries the partition of the request, `_default` without one, and all of
 * them only where a partition key routes; the result has the limits of a query.
 */
export function rowsToMerge(
    collection: Collection,
    keys: ReadonlySet<unknown>,
    partition: string,
    call: Call,
): Map<unknown, Row> {
    const key = primaryKey(collection);
    const isRouted = collection.schema.fields.some((field) => field.is_partition_key);
    const there = collection.rows.filter(
        (row) =>
            row.deleted === undefined &&
            keys.has(row.cells.get(key.fieldID)) &&
            (isRouted || row.partition === partition),
    );
    const rows = inKeyOrder(collection, there);
    const columns = leaves(collection).map((field) =>
        columnOf(
            field,
            rows.map((row) => cellOf(field, row)),
        ),
    );
    checkSize(sizeOf(columns), call);
    return new Map(rows.map((row) => [row.cells.get(key.fieldID), row]));
}

/** The row of each key that is sent; undefined where there is none. */
export function mergedRows(
    collection: Collection,
    sent: Map<string, FieldData>,
    rows: number,
    former: Former,
): (Row | undefined)[] {
    const key = primaryKey(collection);
    const column = sent.get(key.name);
    demand(column !== undefined, "invalid", `must assign pk when upsert, primary field: ${key.name}`);
    const keys = valuesOf(column, key);
    demand(keys.length === rows, "invalid", `the num_rows of field ${key.name} is not ${rows}`);
    const there = former(new Set(keys));
    return keys.map((one) => there.get(one));
}

/**
 * The value of a column that was not sent. A field with a default has only valid values after the merge, so that NULL becomes
 * the zero that stands in its place. A key without a row is inserted, and needs every required column.
 */
export function keptCell(field: FieldSchema, row: Row | undefined): Cell {
    const standard = defaultCell(field);
    if (row === undefined) {
        demand(
            standard !== undefined || field.nullable || field.is_dynamic,
            "invalid",
            `fieldSchema(${field.name}) has no corresponding fieldData pass in`,
        );
        return field.is_dynamic ? Buffer.from("{}") : (standard ?? null);
    }
    const cell = cellOf(field, row);
    if (field.is_dynamic) return mergedKeys(cell, undefined);
    return cell === null && field.nullable && standard !== undefined ? zeroLike(standard) : cell;
}

/** The dynamic field is merged key by key, and its numbers go through a float64. */
export function mergedKeys(there: Cell, sent: Cell): Cell {
    const keys = (cell: Cell) => (Buffer.isBuffer(cell) ? (JSON.parse(cell.toString("utf8")) as object) : {});
    return Buffer.from(JSON.stringify({ ...keys(there), ...keys(sent) }));
}

function zeroLike(standard: Cell): Cell {
    if (typeof standard === "boolean") return false;
    if (typeof standard === "number") return 0;
    return Buffer.isBuffer(standard) ? Buffer.alloc(0) : /^-?\d+$/.test(String(standard)) ? "0" : "";
}
