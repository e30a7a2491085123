import { type Cell, type Collection, primaryKey, type Row } from "./catalog";
import { columnOf } from "./cells";
import { defaultCell } from "./dataTypes";
import type { FieldData, FieldSchema, StructSchema } from "./messages";
import { refuse } from "./refusal";
import { textIn, zoneOf } from "./timestamps";

/**
 * A row older than the field has its default, or NULL. Source: milvus docs v2.6, "Add Fields to an Existing
 * Collection".
 */
export function cellOf(field: FieldSchema, row: Row): Cell {
    const cell = row.cells.get(field.fieldID);
    if (cell !== undefined) return cell;
    // A dynamic field that was enabled in place is NULL in older rows before 2.6.8: see fillsDynamicField.
    return field.is_dynamic ? null : (defaultCell(field) ?? null);
}

/** Rows as a query returns them: the last one of each key, in key order. */
export function inKeyOrder(collection: Collection, rows: Row[]): Row[] {
    const key = primaryKey(collection);
    const byKey = new Map(rows.map((row) => [row.cells.get(key.fieldID) as string, row]));
    const compare =
        key.data_type === "Int64"
            ? (a: string, b: string) => (BigInt(a) < BigInt(b) ? -1 : 1)
            : (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
    return [...byKey].sort(([a], [b]) => compare(a, b)).map(([, row]) => row);
}

/** The columns of an answer. Errors: an unknown field, and the output of a BM25 function, which cannot be read. */
export function columnsOf(
    collection: Collection,
    names: string[],
    rows: Row[],
    zone = zoneOf(collection),
): FieldData[] {
    const { fields, struct_array_fields: structs } = collection.schema;
    return names.map((name) => {
        const struct = structs.find((one) => one.name === name);
        if (struct) return structColumn(struct, rows);
        // An unknown name is a key of the dynamic field, which is returned completely.
        const field = fields.find((one) => one.name === name) ?? fields.find((one) => one.is_dynamic);
        if (!field) return refuse("unexpected", `field ${name} not exist`);
        if (collection.notLoaded.has(field.fieldID)) return refuse("invalid", `field ${name} is not loaded`);
        // Source: milvus docs, "Full Text Search": the sparse output of BM25 cannot be read.
        if (field.is_function_output && field.data_type === "SparseFloatVector")
            return refuse("invalid", `not allowed to retrieve raw data of field ${name}`);
        return columnOf(
            field,
            rows.map((row) => inZone(field, cellOf(field, row), zone)),
        );
    });
}

const inZone = ({ data_type }: FieldSchema, cell: Cell, zone: string): Cell =>
    data_type === "Timestamptz" ? textIn(cell, zone) : cell;

/**
 * It could not be measured here whether a nullable Struct's flags are on the Struct or on each of its fields: both are
 * set.
 */
function structColumn(struct: StructSchema, rows: Row[]): FieldData {
    const fields = struct.fields.map((field) =>
        columnOf(
            { ...field, nullable: struct.nullable },
            rows.map((row) => cellOf(field, row)),
        ),
    );
    return {
        type: "ArrayOfStruct",
        field_name: struct.name,
        field_id: struct.fieldID,
        struct_arrays: { fields },
        ...(struct.nullable && { valid_data: fields[0]?.valid_data ?? [] }),
    };
}
