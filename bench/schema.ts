import type { CollectionArgs } from "../sdk/args";

/** A size to measure: `rows` rows with a FloatVector of `dim` dimensions, scalars, JSON and a dynamic key. */
export interface Size {
    rows: number;
    dim: number;
}

/** A key in the dynamic field of each row. */
export const dynamicKey = "tag";

/** The schema before the change. FLAT, so that no graph is built during a measurement. */
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

/**
 * The change that every contender makes: it drops `draft` and adds `lang`. It renames nothing, because only this
 * project can rename.
 */
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
