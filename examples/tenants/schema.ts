import type { CollectionArgs } from "pulumi-milvus";

// #region documents
/** The schema of every tenant's documents: a change here migrates the rows of all tenants in the next `pulumi up`. */
export const documents: Pick<CollectionArgs, "fields" | "indexes"> = {
    fields: [
        { name: "id", dataType: "Int64", isPrimaryKey: true },
        { name: "vector", dataType: "FloatVector", dim: 8 },
        { name: "text", dataType: "VarChar", maxLength: 1024 },
        { name: "page_num", dataType: "Int32" },
    ],
    indexes: [{ field: "vector", indexType: "AUTOINDEX", metricType: "COSINE" }],
};
// #endregion documents
