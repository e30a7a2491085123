import { smallProgram } from "../program";
import type { Malformed } from "./case";

const deep = (levels: number): unknown => (levels === 0 ? 1 : { inner: deep(levels - 1) });

export const shape: Malformed[] = [
    {
        it: "refuses text for a number",
        args: smallProgram({ name: "b", dataType: "FloatVector", dim: "8" }),
        told: [["fields[2].dim", "MV001", "a number, not text"]],
    },
    {
        it: "refuses a fraction for a whole number",
        args: smallProgram({ name: "b", dataType: "FloatVector", dim: 8.5 }),
        told: [["fields[2].dim", "MV001", "a whole number, not 8.5"]],
    },
    {
        it: "refuses text for yes or no",
        args: { ...smallProgram(), enableDynamicField: "yes" },
        told: [["enableDynamicField", "MV001", "true or false"]],
    },
    {
        it: "refuses null for an argument left out",
        args: { ...smallProgram(), description: null },
        told: [["description", "MV001", "text, not null"]],
    },
    {
        it: "refuses a list for an object",
        args: { ...smallProgram(), migration: [] },
        told: [["migration", "MV001", "an object, not a list"]],
    },
    {
        it: "refuses fields that are no list",
        args: { fields: "id" },
        told: [["fields", "MV001", "a list, not text"]],
    },
    {
        it: "refuses a field that is no object",
        args: { fields: [...(smallProgram().fields as unknown[]), "title"] },
        told: [["fields[2]", "MV001", "an object"]],
    },
    {
        it: "refuses a list as a property",
        args: { ...smallProgram(), properties: { "collection.ttl.seconds": [1] } },
        told: [['properties["collection.ttl.seconds"]', "MV001", "text, or a number, or true or false"]],
    },
    {
        it: "refuses a load that is neither yes, no nor an object",
        args: { ...smallProgram(), load: "never" },
        told: [["load", "MV001", "true or false, or an object"]],
    },
    {
        it: "looks into a load that is an object",
        args: { ...smallProgram(), load: { replica: 2 } },
        told: [["load.replica", "MV002", 'Did you mean "replicas"?']],
    },
    {
        it: "guesses what a misspelt argument means",
        args: { ...smallProgram(), shardNum: 2 },
        told: [["shardNum", "MV002", 'Did you mean "shardsNum"?']],
    },
    {
        it: "guesses through another way of joining words",
        args: smallProgram({ name: "a", dataType: "VarChar", max_length: 8 }),
        told: [["fields[2].max_length", "MV002", 'Did you mean "maxLength"?']],
    },
    {
        it: "names the known arguments when nothing is near",
        args: { ...smallProgram(), migration: { zzzzzz: 1 } },
        told: [["migration.zzzzzz", "MV002", "Known are writes, verify, primaryKeys"]],
    },
    {
        it: "does not call missing what is misspelt",
        args: smallProgram({ name: "a", datatype: "Int64" }),
        told: [["fields[2].datatype", "MV002", "dataType"]],
    },
    {
        it: "takes a misspelt primary key for one",
        args: {
            fields: [
                { name: "id", dataType: "Int64", isPrimary: true },
                { name: "v", dataType: "FloatVector", dim: 4 },
            ],
        },
        told: [["fields[0].isPrimary", "MV002", "isPrimaryKey"]],
    },
    {
        it: "refuses arguments that nothing stands behind yet",
        args: { ...smallProgram(), migration: { concurrency: 4 } },
        told: [["migration.concurrency", "MV002", "There is no argument"]],
    },
    {
        it: "misses the fields",
        args: {},
        told: [["fields", "MV003", "fields is missing. It must be a list"]],
    },
    {
        it: "misses a field's name and type",
        args: { fields: [...(smallProgram().fields as unknown[]), {}] },
        told: [
            ["fields[2].name", "MV003", "must be text"],
            ["fields[2].dataType", "MV003", "must be one of Bool"],
        ],
    },
    {
        it: "misses an index's field",
        args: { ...smallProgram(), indexes: [{ indexType: "HNSW" }] },
        told: [["indexes[0].field", "MV003", "field is missing"]],
    },
    {
        it: "guesses a type written the way of the Python client",
        args: smallProgram({ name: "b", dataType: "FLOAT_VECTOR", dim: 8 }),
        told: [["fields[2].dataType", "MV004", 'Did you mean "FloatVector"?']],
    },
    {
        it: "lists the types when nothing is near",
        args: smallProgram({ name: "b", dataType: "Blob" }),
        told: [["fields[2].dataType", "MV004", "Write one of Bool"]],
    },
    {
        it: "refuses an unknown consistency level",
        args: { ...smallProgram(), consistencyLevel: "bounded" },
        told: [["consistencyLevel", "MV004", 'Did you mean "Bounded"?']],
    },
    {
        it: "refuses an unknown way to verify",
        args: { ...smallProgram(), migration: { verify: "none" } },
        told: [["migration.verify", "MV004", "full, count"]],
    },
    {
        it: "refuses too many shards",
        args: { ...smallProgram(), shardsNum: 17 },
        told: [["shardsNum", "MV005", "shardsNum is 17. It must be at most 16."]],
    },
    {
        it: "refuses no replicas",
        args: { ...smallProgram(), load: { replicas: 0 } },
        told: [["load.replicas", "MV005", "at least 1"]],
    },
    {
        it: "refuses a batch that no server takes",
        args: { ...smallProgram(), migration: { batchBytes: 1e9 } },
        told: [["migration.batchBytes", "MV005", "at most 62914560"]],
    },
    {
        it: "refuses a VarChar longer than any",
        args: smallProgram({ name: "a", dataType: "VarChar", maxLength: 65_536 }),
        told: [["fields[2].maxLength", "MV005", "at most 65535"]],
    },
    {
        it: "refuses an empty Array",
        args: smallProgram({ name: "a", dataType: "Array", elementType: "Int8", maxCapacity: 0 }),
        told: [["fields[2].maxCapacity", "MV005", "at least 1"]],
    },
    {
        it: "refuses a value nested without end",
        args: smallProgram({ name: "a", dataType: "JSON", backfill: deep(100) }),
        told: [[`fields[2].backfill${".inner".repeat(61)}`, "MV006", "64 levels"]],
    },
    {
        it: "refuses a key that would become a prototype",
        args: JSON.parse(
            '{"__logicalName":"x","fields":[{"name":"id","dataType":"Int64","isPrimaryKey":true,"__proto__":{"dim":4}}]}',
        ) as Record<string, unknown>,
        told: [
            ["fields[0].__proto__", "MV002", "__proto__"],
            ["fields", "MV050", "vector"],
        ],
    },
    {
        it: "tells all mistakes at once",
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
        told: [
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
