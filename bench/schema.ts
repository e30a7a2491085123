import type { CollectionArgs } from "../sdk/args";

/** A size to measure: `rows` rows with a FloatVector of `dim` dimensions, some scalars, JSON and a dynamic key. */
export interface Size {
    rows: number;
    dim: number;
}

/** The dynamic field of each row holds this key. */
export const dynamicKey = "tag";

/** What is there at first. FLAT, so that no graph is built while something else is measured. */
export function before(dim: number): CollectionArgs {
    return {
        fields: [
            { name: "id", dataType: "Int64", isPrimaryKey: true },
            { name: "vector", dataType: "FloatVector", dim },
            { name: "title", dataType: "VarChar", maxLength: 256 },
            { name: "price", dataType: "Double" },
            { name: "page_num", dataType: "Int32" },
            { name: "metadata", dataType: "JSON" },
            { name: "draft", dataType: "VarChar", maxLength: 64 },
        ],
        enableDynamicField: true,
        indexes: [{ field: "vector", indexType: "FLAT", metricType: "L2" }],
    };
}

/** The change that every contender makes: `draft` goes, `lang` comes. A rename none but this project can do. */
export function after(dim: number): CollectionArgs {
    const { fields, ...others } = before(dim);
    return {
        ...others,
        fields: [
            ...(fields as object[]).filter((field) => (field as { name: string }).name !== "draft"),
            { name: "lang", dataType: "VarChar", maxLength: 8, backfill: "en" },
        ] as CollectionArgs["fields"],
    };
}
