import type { CollectionArgs } from "../../../sdk/args";
import { dynamicField, type FieldArguments } from "./field";

/** The schema of most tests before the change: every test server has these types. */
export const before = {
    fields: [
        { name: "id", dataType: "Int64", isPrimaryKey: true },
        { name: "vector", dataType: "FloatVector", dim: 8 },
        { name: "text", dataType: "VarChar", maxLength: 256 },
        { name: "metadata", dataType: "JSON" },
        { name: "page_num", dataType: "Int32" },
        { name: "score", dataType: "Double" },
        { name: "weight", dataType: "Float" },
        { name: "size", dataType: "Int64" },
        { name: "draft", dataType: "VarChar", maxLength: 64 },
    ],
    enableDynamicField: true,
} satisfies CollectionArgs & { fields: FieldArguments[] };

/**
 * The schema after the change: `draft` is dropped, `page_num` is renamed to `page`, `lang` and `reviewed` are added,
 * the vector gets another index.
 */
export const after = {
    fields: [
        ...before.fields
            .filter(({ name }) => name !== "draft")
            .map((field) =>
                field.name === "page_num" ? { ...field, name: "page", previousName: "page_num" } : field,
            ),
        { name: "lang", dataType: "VarChar", maxLength: 8, backfill: "en" },
        { name: "reviewed", dataType: "Bool" },
    ],
    indexes: [{ field: "vector", indexType: "FLAT", metricType: "L2" }],
    enableDynamicField: true,
} satisfies CollectionArgs & { fields: FieldArguments[] };

/** Name in the old schema → name in the new one, of the values to carry over, including the dynamic field. */
export const kept: Record<string, string> = {
    id: "id",
    vector: "vector",
    text: "text",
    metadata: "metadata",
    page_num: "page",
    score: "score",
    weight: "weight",
    size: "size",
    [dynamicField.name]: dynamicField.name,
};

/** Name → the value of every row in a field that the change adds. */
export const filled: Record<string, string> = { lang: "en", reviewed: "false" };

/** The same schemas with VarChar keys. */
export function keyedBy<Args extends { fields: FieldArguments[] }>(
    args: Args,
    key: Partial<FieldArguments>,
): Args {
    const fields = args.fields.map((field) => (field.isPrimaryKey ? { ...field, ...key } : field));
    return { ...args, fields };
}

/** The fields to insert and to read. */
export function columnsOf(args: {
    fields: FieldArguments[];
    enableDynamicField?: boolean;
}): FieldArguments[] {
    return args.enableDynamicField ? [...args.fields, dynamicField] : args.fields;
}
