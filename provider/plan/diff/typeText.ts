import type { Field } from "../../inputs/schema/collection";
import type { ObservedField } from "../../observe/state";

type Typed = Pick<Field | ObservedField, "dataType" | "elementType" | "dim" | "maxLength" | "fields">;

/**
 * What makes two columns' bytes alike: the data type and, for an array, that of its elements. Structs count whole, with
 * the sizes of their fields, in whatever order these are declared: `Array<Struct(page Int64, vector FloatVector(8))>`.
 */
export function typeName({ dataType, elementType, fields }: Omit<Typed, "dim" | "maxLength">): string {
    if (dataType !== "Array") return dataType;
    const parts = fields?.map((part) => `${part.name} ${typeText(part)}`).sort();
    return `Array<${elementType ?? "?"}${parts === undefined ? "" : `(${parts.join(", ")})`}>`;
}

/** A type as a person writes it, with its size: `VarChar(64)`, `FloatVector(768)`. */
export function typeText(field: Typed): string {
    const size = field.dim ?? field.maxLength;
    return size === undefined ? typeName(field) : `${typeName(field)}(${size})`;
}
