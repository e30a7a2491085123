import type { CollectionArguments } from "../../../provider/inputs/schema/collection";

/** A field as a program declares it: the test data follow the schema of the test. */
export type FieldArguments = CollectionArguments["fields"][number];

/** The primary key of the rows. */
export function keyOf(fields: readonly FieldArguments[]): FieldArguments {
    return fields.find(({ isPrimaryKey }) => isPrimaryKey)!;
}

/** The dynamic field: JSON under a name that a program cannot declare. */
export const dynamicField: FieldArguments = { name: "$meta", dataType: "JSON" };
