import { type Catalog, type Cell, type Collection, leaves, type Row } from "./catalog";
import { checkCell } from "./cellRules";
import { valuesOf } from "./cells";
import { defaultCell, isVector } from "./dataTypes";
import type { FieldData, FieldSchema } from "./messages";
import { type Former, keptCell, mergedKeys, mergedRows } from "./partialUpsert";
import { cellOf } from "./reading";
import { demand } from "./refusal";
import { partitionsOf } from "./routing";
import { rules } from "./rules";
import { instantOf, zoneOf } from "./timestamps";
import type { Version } from "./version";

export interface InsertRequest {
    collection_name: string;
    partition_name: string;
    fields_data: FieldData[];
    num_rows: number;
    /** The schema that the client knows; 0 if it does not say. */
    schema_timestamp?: string;
    /** Of an upsert: rows keep the values of the columns that are not sent. */
    partial_update?: boolean;
}

/** Reads the rows of an insert with the proxy's checks. Source: internal/proxy/validate_util.go and task_insert.go. */
export function rowsOf(
    collection: Collection,
    request: InsertRequest,
    catalog: Catalog,
    version: Version,
    former?: Former,
): Row[] {
    const rows = request.num_rows;
    demand(rows > 0, "invalid", "num_rows should be greater than 0");
    const sent = columnsByName(request.fields_data);
    const fields = leaves(collection);
    for (const name of sent.keys())
        demand(
            fields.some((field) => field.name === name),
            "invalid",
            `field ${name} does not exist in collection ${collection.name}`,
        );
    const place = { collection, catalog, version };
    const merged = former && mergedRows(collection, sent, rows, former);
    const columns = fields.map((field) => {
        const column = sent.get(field.name);
        const isKept = merged !== undefined && column === undefined && !field.is_function_output;
        const cells = isKept
            ? merged.map((row) => keptCell(field, row))
            : cellsOf(field, column, rows, place).map((cell, row) =>
                  merged && field.is_dynamic && merged[row]
                      ? mergedKeys(cellOf(field, merged[row]), cell)
                      : cell,
              );
        return { id: field.fieldID, cells };
    });
    if (rules.refusesDynamicKeyCollisions(version)) refuseDynamicKeyCollisions(fields, sent);
    const partitions = partitionsOf(collection, request.partition_name, rows, columns);
    const written = catalog.now();
    return Array.from({ length: rows }, (_, row) => ({
        cells: new Map(columns.map(({ id, cells }) => [id, cells[row]])),
        partition: partitions[row]!,
        written,
        schemaVersion: collection.schemaVersion,
        flushed: false,
        deleted: undefined,
    }));
}

/** Source: verifyDynamicFieldData in internal/proxy/util.go. */
function refuseDynamicKeyCollisions(fields: FieldSchema[], sent: Map<string, FieldData>): void {
    const rows = sent.get("$meta")?.scalars?.json_data?.data ?? [];
    for (const row of rows) {
        const keys = Object.keys(JSON.parse(String(row)) as object);
        const collidingKey = fields.find(({ name }) => keys.includes(name));
        demand(
            collidingKey === undefined,
            "unexpected",
            `dynamic field name cannot include the static field name: ${collidingKey?.name ?? ""}`,
        );
    }
}

/** The columns of Structs are inside that of their field. */
function columnsByName(columns: FieldData[]): Map<string, FieldData> {
    return new Map(
        columns.flatMap((column): [string, FieldData][] =>
            column.struct_arrays
                ? column.struct_arrays.fields.map((child) => [
                      `${column.field_name}[${bare(child.field_name)}]`,
                      child,
                  ])
                : [[column.is_dynamic ? "$meta" : column.field_name, column]],
        ),
    );
}

const bare = (name: string) => /\[(.+)\]$/.exec(name)?.[1] ?? name;

interface Place {
    collection: Collection;
    catalog: Catalog;
    version: Version;
}

function cellsOf(field: FieldSchema, sent: FieldData | undefined, rows: number, place: Place): Cell[] {
    if (field.is_function_output) {
        demand(
            sent === undefined,
            "invalid",
            `not allowed to provide data for function output field ${field.name}`,
        );
        return Array.from({ length: rows }, () => Buffer.alloc(8));
    }
    if (field.autoID) return keysOf(field, sent, rows, place);
    if (sent === undefined) return missing(field, rows);
    const cells = checked(field, sent, rows);
    const zone = zoneOf(place.collection);
    if (field.data_type === "Geometry") return cells.map(storedShape);
    return field.data_type === "Timestamptz" ? cells.map((cell) => instantOf(cell, zone)) : cells;
}

/** A shape is stored as such, and written by go-geom: `POINT (1 2)`. Source: milvus docs, "Geometry Field" (2.6.6). */
function storedShape(cell: Cell): Cell {
    if (typeof cell !== "string") return cell;
    const name = /^\s*([a-z]+)/i.exec(cell)?.[1] ?? "";
    const rest = cell.slice(cell.indexOf(name) + name.length).trim();
    return `${name.toUpperCase()} ${rest.replace(/\s*,\s*/g, ", ")}`;
}

/** Explicit keys need `allow_insert_auto_id`. Source: checkPrimaryFieldData in internal/proxy/util.go. */
function keysOf(field: FieldSchema, sent: FieldData | undefined, rows: number, place: Place): Cell[] {
    if (sent === undefined) return Array.from({ length: rows }, () => place.catalog.nextId());
    demand(
        rules.insertAutoId(place.version) &&
            place.collection.properties.get("allow_insert_auto_id") === "true",
        "invalid",
        `can not assign primary field data when auto id enabled and allow_insert_auto_id is false ${field.name}`,
    );
    return checked(field, sent, rows);
}

/** The values of an omitted column. Source: milvus docs, "Nullable & Default". */
function missing(field: FieldSchema, rows: number): Cell[] {
    const filler = field.is_dynamic
        ? Buffer.from("{}")
        : (defaultCell(field) ?? (field.nullable ? null : undefined));
    demand(
        filler !== undefined,
        "invalid",
        `fieldSchema(${field.name}) has no corresponding fieldData pass in`,
    );
    return Array.from({ length: rows }, () => filler);
}

/** One value per row, with NULLs in their places, or the default instead of each. */
function checked(field: FieldSchema, sent: FieldData, rows: number): Cell[] {
    const values = valuesOf(sent, field);
    const flags = sent.valid_data ?? [];
    const standard = defaultCell(field);
    // Clients send no flags for the dynamic field, whether or not it is nullable.
    const flagged = !field.is_dynamic && (field.nullable || standard !== undefined);
    demand(
        flags.length === (flagged ? rows : 0),
        "invalid",
        `the length of valid_data of field(${field.name}) is wrong: expected=${flagged ? rows : 0}, actual=${flags.length}`,
    );
    const valid = flagged ? flags.filter(Boolean).length : rows;
    demand(
        values.length === valid,
        "invalid",
        flagged && !isVector(field)
            ? `the length of field is wrong: expected=${valid}, actual=${values.length}`
            : `the num_rows (${values.length}) of field (${field.name}) is not equal to passed num_rows (${valid})`,
    );
    values.forEach((value, row) => {
        checkCell(field, value, row);
    });
    if (!flagged) return values;
    let next = 0;
    // A NULL in a nullable field with a default becomes the default: fillWithDefaultValue in validate_util.go.
    return flags.map((there) => (there ? values[next++] : (standard ?? null)));
}
