import { dynamicField, type FieldArguments } from "../support/data/field";
import type { Declared } from "../support/data/source";

/** The two schemas of a collection that goes back and forth: each change moves every row, and loses none of the values. */
const common = [
    { name: "id", dataType: "Int64", isPrimaryKey: true },
    { name: "vector", dataType: "FloatVector", dim: 8 },
    { name: "text", dataType: "VarChar", maxLength: 256 },
    { name: "metadata", dataType: "JSON" },
] satisfies FieldArguments[];
const schemas = {
    one: [...common, { name: "page_num", dataType: "Int32", previousName: "page" }],
    two: [
        ...common,
        { name: "page", dataType: "Int32", previousName: "page_num" },
        { name: "lang", dataType: "VarChar", maxLength: 8, backfill: "en" },
    ],
} satisfies Record<string, FieldArguments[]>;
export type Schema = keyof typeof schemas;

/** Name in the first schema → name now, of what every change carries along. */
export const kept = (schema: Schema): Record<string, string> => ({
    ...Object.fromEntries(
        ["id", "vector", "text", "metadata", dynamicField.name].map((name) => [name, name]),
    ),
    page_num: schema === "one" ? "page_num" : "page",
});
export const filled = (schema: Schema): Record<string, string> => (schema === "one" ? {} : { lang: "en" });
export const columns = (schema: Schema): FieldArguments[] => [...schemas[schema], dynamicField];

/** Partitions that rows are in; `_default` is there without being declared. */
export const partitions = ["_default", "y2023", "y2024"];

/** Whether the collection has a name of its own: then the copy is swapped in by rename, else the alias moves. */
export type Cutover = "alias" | "rename";

/** The program with one of the schemas, in small batches: a few for each partition. */
export function program(prefix: string, cutover: Cutover, schema: Schema): Declared {
    const name = `${prefix}docs`;
    return {
        collections: {
            [name]: {
                ...(cutover === "rename" && { name }),
                fields: schemas[schema],
                enableDynamicField: true,
                partitions: partitions.slice(1),
                migration: { batchBytes: 16_384 },
            },
        },
        aliases: { live: { name: `${prefix}live`, of: name } },
    };
}
