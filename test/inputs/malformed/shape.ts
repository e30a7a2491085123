import { smallProgram } from "../program";
import type { Malformed } from "./case";

const deep = (levels: number): unknown => (levels === 0 ? 1 : { inner: deep(levels - 1) });

export const shape: Malformed[] = [
    {
        it: "refuses text for a number",
        args: smallProgram({ name: "b", dataType: "FloatVector", dim: "8" }),
        expected: [["fields[2].dim", "MV001", "a number, not text"]],
    },
    {
        it: "refuses a fraction for a whole number",
        args: smallProgram({ name: "b", dataType: "FloatVector", dim: 8.5 }),
        expected: [["fields[2].dim", "MV001", "a whole number, not 8.5"]],
    },
    {
        it: "refuses text for a boolean",
        args: { ...smallProgram(), enableDynamicField: "yes" },
        expected: [["enableDynamicField", "MV001", "true or false"]],
    },
    {
        it: "refuses null for an omitted argument",
        args: { ...smallProgram(), description: null },
        expected: [["description", "MV001", "text, not null"]],
    },
    {
        it: "refuses a list for an object",
        args: { ...smallProgram(), migration: [] },
        expected: [["migration", "MV001", "an object, not a list"]],
    },
    {
        it: "refuses fields that are not a list",
        args: { fields: "id" },
        expected: [["fields", "MV001", "a list, not text"]],
    },
    {
        it: "refuses a field that is not an object",
        args: { fields: [...(smallProgram().fields as unknown[]), "title"] },
        expected: [["fields[2]", "MV001", "an object"]],
    },
    {
        it: "refuses a list as a property",
        args: { ...smallProgram(), properties: { "collection.ttl.seconds": [1] } },
        expected: [['properties["collection.ttl.seconds"]', "MV001", "text, or a number, or true or false"]],
    },
    {
        it: "refuses a load that is neither a boolean nor an object",
        args: { ...smallProgram(), load: "never" },
        expected: [["load", "MV001", "true or false, or an object"]],
    },
    {
        it: "checks the arguments of a load object",
        args: { ...smallProgram(), load: { replica: 2 } },
        expected: [["load.replica", "MV002", 'Did you mean "replicas"?']],
    },
    {
        it: "suggests the name of a misspelt argument",
        args: { ...smallProgram(), shardNum: 2 },
        expected: [["shardNum", "MV002", 'Did you mean "shardsNum"?']],
    },
    {
        it: "suggests the name of an argument in snake case",
        args: smallProgram({ name: "a", dataType: "VarChar", max_length: 8 }),
        expected: [["fields[2].max_length", "MV002", 'Did you mean "maxLength"?']],
    },
    {
        it: "lists the known arguments when none is similar",
        args: { ...smallProgram(), migration: { zzzzzz: 1 } },
        expected: [["migration.zzzzzz", "MV002", "Known arguments: writes, verify, primaryKeys"]],
    },
    {
        it: "does not report a misspelt argument as missing",
        args: smallProgram({ name: "a", datatype: "Int64" }),
        expected: [["fields[2].datatype", "MV002", "dataType"]],
    },
    {
        it: "counts a misspelt isPrimaryKey as set",
        args: {
            fields: [
                { name: "id", dataType: "Int64", isPrimary: true },
                { name: "v", dataType: "FloatVector", dim: 4 },
            ],
        },
        expected: [["fields[0].isPrimary", "MV002", "isPrimaryKey"]],
    },
    {
        it: "refuses an argument of another object",
        args: { ...smallProgram(), migration: { concurrency: 4 } },
        expected: [["migration.concurrency", "MV002", "Unknown argument"]],
    },
    {
        it: "requires the fields",
        args: {},
        expected: [["fields", "MV003", "fields is missing. It must be a list"]],
    },
    {
        it: "requires the name and the type of a field",
        args: { fields: [...(smallProgram().fields as unknown[]), {}] },
        expected: [
            ["fields[2].name", "MV003", "must be text"],
            ["fields[2].dataType", "MV003", "must be one of Bool"],
        ],
    },
    {
        it: "requires the field of an index",
        args: { ...smallProgram(), indexes: [{ indexType: "HNSW" }] },
        expected: [["indexes[0].field", "MV003", "field is missing"]],
    },
    {
        it: "suggests a type that is written as in the Python client",
        args: smallProgram({ name: "b", dataType: "FLOAT_VECTOR", dim: 8 }),
        expected: [["fields[2].dataType", "MV004", 'Did you mean "FloatVector"?']],
    },
    {
        it: "lists the types when none is similar",
        args: smallProgram({ name: "b", dataType: "Blob" }),
        expected: [["fields[2].dataType", "MV004", "Write one of Bool"]],
    },
    {
        it: "refuses an unknown consistency level",
        args: { ...smallProgram(), consistencyLevel: "bounded" },
        expected: [["consistencyLevel", "MV004", 'Did you mean "Bounded"?']],
    },
    {
        it: "refuses an unknown value of verify",
        args: { ...smallProgram(), migration: { verify: "none" } },
        expected: [["migration.verify", "MV004", "full, count"]],
    },
    {
        it: "refuses too many shards",
        args: { ...smallProgram(), shardsNum: 17 },
        expected: [["shardsNum", "MV005", "shardsNum is 17. It must be at most 16."]],
    },
    {
        it: "refuses 0 replicas",
        args: { ...smallProgram(), load: { replicas: 0 } },
        expected: [["load.replicas", "MV005", "at least 1"]],
    },
    {
        it: "refuses a batch larger than a server accepts",
        args: { ...smallProgram(), migration: { batchBytes: 1e9 } },
        expected: [["migration.batchBytes", "MV005", "at most 62914560"]],
    },
    {
        it: "refuses a maxLength above the limit",
        args: smallProgram({ name: "a", dataType: "VarChar", maxLength: 65_536 }),
        expected: [["fields[2].maxLength", "MV005", "at most 65535"]],
    },
    {
        it: "refuses a maxCapacity of 0",
        args: smallProgram({ name: "a", dataType: "Array", elementType: "Int8", maxCapacity: 0 }),
        expected: [["fields[2].maxCapacity", "MV005", "at least 1"]],
    },
    {
        it: "refuses a value that is nested too deeply",
        args: smallProgram({ name: "a", dataType: "JSON", backfill: deep(100) }),
        expected: [[`fields[2].backfill${".inner".repeat(61)}`, "MV006", "64 levels"]],
    },
    {
        it: "refuses the key __proto__",
        args: JSON.parse(
            '{"__logicalName":"x","fields":[{"name":"id","dataType":"Int64","isPrimaryKey":true,"__proto__":{"dim":4}}]}',
        ) as Record<string, unknown>,
        expected: [
            ["fields[0].__proto__", "MV002", "__proto__"],
            ["fields", "MV050", "vector"],
        ],
    },
    {
        it: "reports all errors at once",
        args: {
            nam: "docs",
            fields: [
                { name: "id", dataType: "Float", isPrimaryKey: true, nullable: "no" },
                { name: "vector", dataType: "FloatVector" },
                { name: "a-b", dataType: "VarChar", maxLength: -1 },
            ],
            indexes: [{ field: "vektor" }],
            shardsNum: 99,
        },
        expected: [
            ["nam", "MV002", "name"],
            ["fields[0].nullable", "MV001", "true or false"],
            ["fields[2].maxLength", "MV005", "at least 1"],
            ["shardsNum", "MV005", "at most 16"],
            ["fields[2].name", "MV007", "letters, digits"],
            ["fields[0].dataType", "MV011", "not Float"],
            ["fields[1].dim", "MV020", "dim"],
            ["indexes[0].field", "MV060", 'Did you mean "vector"?'],
        ],
    },
];
