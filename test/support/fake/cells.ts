import type { Cell } from "./catalog";
import { isVector, parameter, scalarOf, vectorOf } from "./dataTypes";
import type { FieldData, FieldSchema } from "./messages";
import { demand, refuse } from "./refusal";

/** The values of an inserted column in order; a correct column has no slot for a NULL. */
export function valuesOf(column: FieldData, field: FieldSchema): Cell[] {
    return isVector(field) ? vectorValues(column, field) : scalarValues(column, field);
}

function scalarValues(column: FieldData, field: FieldSchema): Cell[] {
    const { member } =
        scalarOf(field.data_type) ?? refuse("invalid", `undefined data type:${field.data_type}`);
    // A column that holds only NULLs may have no list.
    const sent = Object.keys(column.scalars ?? {});
    demand(
        sent.length === 0 || sent.includes(member),
        "invalid",
        `the data of field(${field.name}) is of another type: ${sent.join()}, not ${member}`,
    );
    return column.scalars?.[member]?.data ?? [];
}

function vectorValues({ vectors }: FieldData, field: FieldSchema): Cell[] {
    const { member, bits } = vectorOf(field.data_type)!;
    const sent = vectors?.[member];
    if (vectors === undefined || sent === undefined) return [];
    if (field.data_type === "SparseFloatVector") return (sent as { contents: Buffer[] }).contents;
    if (field.data_type === "ArrayOfVector") return (sent as { data: unknown[] }).data;
    const dim = parameter(field, "dim")!;
    demand(
        Number(vectors.dim) === dim,
        "invalid",
        `the dim (${vectors.dim ?? "0"}) of field data(${field.name}) is not equal to schema dim (${dim})`,
    );
    return field.data_type === "FloatVector"
        ? chunks((sent as { data: number[] }).data, dim, field)
        : chunks(sent as Buffer, (dim * bits) / 8, field);
}

function chunks(all: number[] | Buffer, width: number, { name }: FieldSchema): Cell[] {
    demand(
        all.length % width === 0,
        "invalid",
        `the length(${all.length}) of field(${name}) is no multiple of ${width}`,
    );
    return Array.from({ length: all.length / width }, (_, row) => {
        const [from, to] = [row * width, (row + 1) * width];
        return Buffer.isBuffer(all) ? all.subarray(from, to) : all.slice(from, to);
    });
}

/**
 * A column of an answer: a nullable scalar has a slot for every row, a nullable vector only the valid values, with
 * `valid_data`. Source: the design, section 5; milvus 2.5 for scalars, 2.6.18 for vectors.
 */
export function columnOf(field: FieldSchema, cells: Cell[]): FieldData {
    return {
        type: field.data_type,
        field_name: field.name,
        field_id: field.fieldID,
        is_dynamic: field.is_dynamic,
        ...(isVector(field) ? { vectors: toVectors(field, cells) } : { scalars: toScalars(field, cells) }),
        ...(field.nullable && { valid_data: cells.map((cell) => cell !== null) }),
    };
}

function toScalars(field: FieldSchema, cells: Cell[]): FieldData["scalars"] {
    const { member, filler } = scalarOf(field.data_type)!;
    const data = cells.map((cell) => (cell === null ? filler : answered(field, cell)));
    return { [member]: { data, ...(field.data_type === "Array" && { element_type: field.element_type }) } };
}

/** An empty array is returned as a row without its list. Source: seen on 2.3.5, whose engine later versions share. */
function answered(field: FieldSchema, cell: Cell): unknown {
    if (field.data_type !== "Array") return cell;
    const [list] = Object.values(cell as Record<string, { data: unknown[] }>);
    return list?.data.length === 0 ? {} : cell;
}

function toVectors(field: FieldSchema, cells: Cell[]): FieldData["vectors"] {
    const { member } = vectorOf(field.data_type)!;
    const valid = cells.filter((cell) => cell !== null);
    const dim = String(parameter(field, "dim") ?? 0);
    switch (field.data_type) {
        case "SparseFloatVector":
            return { [member]: { contents: valid } };
        case "ArrayOfVector":
            return { dim, [member]: { dim, data: valid, element_type: field.element_type } };
        case "FloatVector":
            return { dim, [member]: { data: valid.flat() } };
        default:
            return { dim, [member]: Buffer.concat(valid as Buffer[]) };
    }
}
