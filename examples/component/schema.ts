import type { CollectionArgs } from "pulumi-milvus";

type Fields = CollectionArgs["fields"];

const v1: Fields = [
    { name: "id", dataType: "Int64", isPrimaryKey: true },
    { name: "vector", dataType: "FloatVector", dim: 8 },
    { name: "text", dataType: "VarChar", maxLength: 1024 },
    { name: "page_num", dataType: "Int32" },
];

// One field has another name, and one is new: Milvus can do neither in place, so that the rows migrate.
const v2: Fields = [
    { name: "id", dataType: "Int64", isPrimaryKey: true },
    { name: "vector", dataType: "FloatVector", dim: 8 },
    { name: "text", dataType: "VarChar", maxLength: 1024 },
    { name: "page", dataType: "Int32", previousName: "page_num" },
    { name: "lang", dataType: "VarChar", maxLength: 8, backfill: "en" },
];

export const schemas: Readonly<Record<string, Fields>> = { v1, v2 };
