import type { CollectionArgs } from "pulumi-milvus";

// #region models
/** The dimension of the vectors of each model. */
export const models: Readonly<Record<string, number>> = { small: 64, large: 128 };

/** @param backfill a vector for rows that nothing computes: a rollback needs one */
export function schemaOf(dim: number, backfill?: number[]): Pick<CollectionArgs, "fields" | "indexes"> {
    return {
        fields: [
            { name: "id", dataType: "Int64", isPrimaryKey: true },
            { name: "text", dataType: "VarChar", maxLength: 8192 },
            { name: "vector", dataType: "FloatVector", dim, ...(backfill && { backfill }) },
        ],
        indexes: [{ field: "vector", indexType: "AUTOINDEX", metricType: "COSINE" }],
    };
}
// #endregion models
