import type { Field } from "../../inputs/schema/collection";
import type { ObservedField } from "../../observe/state";

type Typed = Pick<Field | ObservedField, "dataType" | "elementType" | "dim" | "maxLength" | "fields">;

/**
 * The type as far as it decides the byte format of a column: the data type and, for an Array, the type of its elements.
 * A Struct includes its fields with their sizes, sorted: `Array<Struct(page Int64, vector FloatVector(8))>`.
 */
export function typeName({ dataType, elementType, fields }: Omit<Typed, "dim" | "maxLength">): string {
    if (dataType !== "Array") return dataType;
    const parts = fields?.map((part) => `${part.name} ${typeText(part)}`).sort();
    return `Array<${elementType ?? "?"}${parts === undefined ? "" : `(${parts.join(", ")})`}>`;
}

/** A type with its size: `VarChar(64)`, `FloatVector(768)`. */
export function typeText(field: Typed): string {
    const size = field.dim ?? field.maxLength;
    return size === undefined ? typeName(field) : `${typeName(field)}(${size})`;
}
