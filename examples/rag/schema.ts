import type { CollectionArgs } from "pulumi-milvus";

type Fields = CollectionArgs["fields"];

// #region v1
const v1: Fields = [
    { name: "id", dataType: "VarChar", maxLength: 128, isPrimaryKey: true },
    { name: "text", dataType: "VarChar", maxLength: 8192 },
    { name: "metadata", dataType: "JSON" },
    { name: "page_num", dataType: "Int32" },
    { name: "vector", dataType: "FloatVector", dim: 256 },
];
// #endregion v1

// #region v2
const v2: Fields = [
    { name: "id", dataType: "VarChar", maxLength: 128, isPrimaryKey: true },
    { name: "text", dataType: "VarChar", maxLength: 8192 },
    { name: "metadata", dataType: "JSON" },
    // A rename: the values stay.
    { name: "page", dataType: "Int32", previousName: "page_num" },
    // A dynamic key becomes a field; a row without the key gets the backfill.
    { name: "lang", dataType: "VarChar", maxLength: 8, from: "$meta.lang", backfill: "en" },
    // A value within a JSON field becomes a field, too.
    { name: "source", dataType: "VarChar", maxLength: 512, from: "metadata.source", backfill: "unknown" },
    // A new field with a value for the rows that exist.
    { name: "reviewed", dataType: "Bool", backfill: false },
    { name: "vector", dataType: "FloatVector", dim: 256 },
];
// #endregion v2

export const schemas: Readonly<Record<string, Fields>> = { v1, v2 };
