import { Table } from "../data/table";
import { NULL, readCell } from "./cells";
import { toJson, Unfit } from "./convert";
import type { Dialect } from "./dialect";
import { decimal, type Json, readJson, writeJson } from "./json";
import { type Column, columnOf, originOf, placeOf } from "./mapping";
import type { Program } from "./program";

/** Rows by partition; under an empty name if there are none, or a partition key chooses them. */
export type Rows = Map<string, Table>;

/** The expected rows, or that the change is rejected; `maybe` if both results are correct. */
export interface Expected {
    verdict: "carried" | "refused" | "maybe";
    rows: Rows;
    columns: Column[];
    /** The server generates new keys. */
    regenerated: boolean;
    why: string;
}

const META = "$meta";

export function partitionsOf({ fields, partitions = [] }: Program, { partitions: able }: Dialect): string[] {
    return !able || fields.some(({ isPartitionKey }) => isPartitionKey) ? [""] : ["_default", ...partitions];
}

/** The documented result for the rows: computed on values, without the provider's code. */
export function expected(before: Program, after: Program, rows: Rows, dialect: Dialect): Expected {
    const key = after.fields.find(({ isPrimaryKey }) => isPrimaryKey)!;
    const regenerated = after.migration?.primaryKeys === "regenerate" && key.autoId === true;
    // An old key represents the new one, which is unknown; it need not fit.
    const columns = after.fields
        .flatMap((to) => columnOf(to, before, after, dialect) ?? [])
        .map((column) =>
            regenerated && column.to === key ? { ...column, make: (cell: string) => cell } : column,
        );
    const meta = metaColumn(before, after, dialect);
    const known = { columns: meta ? [...columns, meta.column] : columns, regenerated };
    const refuse = (why: string): Expected => ({ verdict: "refused", rows: new Map(), why, ...known });
    if (columns.length < after.fields.length) return refuse("a field has no source");

    const allowed = new Set(after.migration?.allow);
    const losses = columns.flatMap(({ loss, reads }) =>
        loss && !allowed.has(loss.allow) ? [{ ...loss, reads }] : [],
    );
    const all = [...rows.values()].filter((table) => table.rows > 0);
    const holdsNull = (name: string) => all.some((table) => table.column(name).includes(NULL));
    for (const { ofNulls, reads, allow } of losses)
        if (!ofNulls || holdsNull(reads!)) return refuse(`without leave: ${allow}`);

    const goes = leaving(before, after, dialect);
    const made: Rows = new Map(goes.to.map((partition) => [partition, new Table(key.name)]));
    let verdict: Expected["verdict"] = losses.length > 0 ? "maybe" : "carried";
    let why = losses.length > 0 ? "NULLs cannot be counted" : "";
    for (const [partition, table] of rows)
        try {
            const mapped = mapTable(table, columns, meta);
            const to = goes.place(partition);
            if (to !== undefined) for (const [name, cells] of mapped) made.get(to)!.add(name, cells);
        } catch (error) {
            if (!(error instanceof Unfit)) throw error;
            if (goes.place(partition) !== undefined) return refuse(`a row does not fit: ${error.message}`);
            // A row dropped with its partition may have been counted among those that do not fit.
            [verdict, why] = ["maybe", "a dropped row does not fit"];
        }
    return { verdict, rows: made, why, ...known };
}

interface Meta {
    column: Column;
    make: (row: (name: string) => string) => string;
}

function mapTable(table: Table, columns: Column[], meta: Meta | undefined): [string, string[]][] {
    const each = Array.from({ length: table.rows }, (_, row) => (name: string) => table.column(name)[row]!);
    return [
        ...columns.map((column): [string, string[]] => [
            column.to.name,
            each.map((row) => column.make(column.reads === undefined ? "" : row(column.reads))),
        ]),
        ...(meta ? [[META, each.map(meta.make)] as [string, string[]]] : []),
    ];
}

/** The dynamic field, without promoted keys and with the fields that became keys. */
function metaColumn(before: Program, after: Program, dialect: Dialect): Meta | undefined {
    if (!after.enableDynamicField) return undefined;
    const promoted = after.fields.flatMap(({ from }) => {
        const { host, keys } = from === undefined ? { host: "", keys: [] } : placeOf(from);
        return host === META && keys.length === 1 ? keys : [];
    });
    const movedToDynamicField = before.fields.filter(
        (field) =>
            after.migration?.moveToDynamicField?.includes(field.name) &&
            !after.fields.some((to) => originOf(to, before, after) === field),
    );
    const untouched = promoted.length === 0 && movedToDynamicField.length === 0 && before.enableDynamicField;
    const counts = untouched && dialect.keepsJson ? "bits" : "json";
    const column: Column = {
        to: { name: META, dataType: "JSON" },
        reads: undefined,
        make: (cell) => cell,
        counts,
    };
    const make: Meta["make"] = (row) => {
        if (untouched) return row(META);
        const members = new Map(before.enableDynamicField ? (readJson(row(META)) as Map<string, Json>) : []);
        for (const key of promoted) members.delete(key);
        for (const field of movedToDynamicField) {
            const value = readCell(row(field.name), field);
            if (row(field.name) === NULL) continue;
            if (members.has(field.name)) throw new Unfit("the key exists already");
            members.set(field.name, value === null ? null : toJson(value, field));
        }
        return writeJson(members);
    };
    return { column, make };
}

/** The target partition of the rows of each partition; undefined if they are dropped with it. */
function leaving(before: Program, after: Program, dialect: Dialect) {
    const [from, to] = [partitionsOf(before, dialect), partitionsOf(after, dialect)];
    const place = (partition: string): string | undefined => {
        if (to.length === 1 && to[0] === "") return "";
        if (from[0] === "") return "_default";
        return to.find((name) => name === partition);
    };
    return { to, place };
}

/** The part of a cell that must be equal. */
export function meaningOf(cell: string, { counts, to }: Column): string {
    if (cell === NULL || counts === "bits") return cell;
    if (counts === "json") return writeJson(readJson(cell));
    const number = (text: string) => (/^-?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(text) ? decimal(text) : text);
    if (to.dataType === "VarChar") return number(cell);
    return to.elementType === "VarChar" ? JSON.stringify((JSON.parse(cell) as string[]).map(number)) : cell;
}
