import type { CollectionArgs } from "pulumi-milvus";

type Schema = Pick<CollectionArgs, "fields" | "numPartitions">;

// #region v1
const v1: Schema = {
    fields: [
        { name: "id", dataType: "Int64", isPrimaryKey: true },
        // Milvus puts the rows of a tenant into one partition, and searches that one alone where the filter names the tenant.
        { name: "tenant", dataType: "VarChar", maxLength: 64, isPartitionKey: true },
        { name: "text", dataType: "VarChar", maxLength: 4096 },
        { name: "vector", dataType: "FloatVector", dim: 64 },
    ],
    numPartitions: 16,
};
// #endregion v1

// #region v2
const v2: Schema = {
    fields: [
        { name: "id", dataType: "Int64", isPrimaryKey: true },
        { name: "tenant", dataType: "VarChar", maxLength: 64, isPartitionKey: true },
        { name: "text", dataType: "VarChar", maxLength: 4096 },
        { name: "plan", dataType: "VarChar", maxLength: 16, backfill: "free" },
        { name: "vector", dataType: "FloatVector", dim: 64 },
    ],
    // More tenants have come: the rows are spread again.
    numPartitions: 64,
};
// #endregion v2

export const schemas: Readonly<Record<string, Schema>> = { v1, v2 };
