import { dynamicField, type FieldArguments } from "../support/data/field";
import type { Declared } from "../support/data/source";

/** The two schemas that a collection alternates between: each change copies every row, and loses no value. */
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

/** Name in the first schema → name now, of the values that every change carries over. */
export const kept = (schema: Schema): Record<string, string> => ({
    ...Object.fromEntries(
        ["id", "vector", "text", "metadata", dynamicField.name].map((name) => [name, name]),
    ),
    page_num: schema === "one" ? "page_num" : "page",
});
export const filled = (schema: Schema): Record<string, string> => (schema === "one" ? {} : { lang: "en" });
export const columns = (schema: Schema): FieldArguments[] => [...schemas[schema], dynamicField];

/** The partitions with rows; `_default` exists without being declared. */
export const partitions = ["_default", "y2023", "y2024"];

/** How the copy goes into service: `rename` for a collection with a declared name, else the alias moves. */
export type Cutover = "alias" | "rename";

/** The program with one of the schemas, with small batches: a few for each partition. */
export function program(
    prefix: string,
    cutover: Cutover,
    schema: Schema,
    /** `customTimeouts` of each call, in seconds; none by default. */
    seconds?: number,
): Declared {
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
        ...(seconds !== undefined && { options: { [name]: timeouts(seconds), live: timeouts(seconds) } }),
    };
}

const timeouts = (seconds: number): string => {
    const each = `${seconds}s`;
    return JSON.stringify({ customTimeouts: { create: each, update: each, delete: each } });
};
