import { type Args, smallProgram } from "../program";
import type { Malformed } from "./case";

const key = { name: "id", dataType: "Int64", isPrimaryKey: true };
const vector = { name: "vector", dataType: "FloatVector", dim: 4 };
const fields = (...list: Args[]): Args => ({ fields: list });
const structs = (...members: Args[]): Args =>
    smallProgram({ name: "s", dataType: "Array", elementType: "Struct", maxCapacity: 4, fields: members });

export const names: Malformed[] = [
    {
        it: "refuses a hyphen in the collection's name",
        args: { ...smallProgram(), name: "my-docs" },
        told: [["name", "MV007", '"my-docs"']],
    },
    {
        it: "refuses a digit first",
        args: { ...smallProgram(), name: "2docs" },
        told: [["name", "MV007", "beginning with a letter"]],
    },
    {
        it: "refuses an empty name",
        args: { ...smallProgram(), name: "" },
        told: [["name", "MV007", "no name"]],
    },
    {
        it: "refuses a name of 256 letters",
        args: { ...smallProgram(), name: "a".repeat(256) },
        told: [["name", "MV007", "has 256"]],
    },
    {
        it: "refuses a database with a dot",
        args: { ...smallProgram(), database: "a.b" },
        told: [["database", "MV007", "database"]],
    },
    {
        it: "refuses a field with a space",
        args: smallProgram({ name: "a b", dataType: "Int8" }),
        told: [["fields[2].name", "MV007", "field"]],
    },
    {
        it: "keeps $meta for the server",
        args: smallProgram({ name: "$meta", dataType: "JSON" }),
        told: [["fields[2].name", "MV008", "server's own"]],
    },
    {
        it: "keeps names with $ for the server",
        args: smallProgram({ name: "$x", dataType: "JSON" }),
        told: [["fields[2].name", "MV008", "server's own"]],
    },
    {
        it: "keeps RowID for the server",
        args: smallProgram({ name: "RowID", dataType: "Int64" }),
        told: [["fields[2].name", "MV008", "RowID"]],
    },
    {
        it: "refuses a partition with a dot",
        args: { ...smallProgram(), partitions: ["y.2024"] },
        told: [["partitions[0]", "MV007", "partition"]],
    },
    {
        it: "refuses two fields of one name",
        args: smallProgram({ name: "a", dataType: "Int8" }, { name: "a", dataType: "Int16" }),
        told: [["fields[3].name", "MV009", 'another field "a"']],
    },
    {
        it: "refuses a partition named twice",
        args: { ...smallProgram(), partitions: ["a", "b", "a"] },
        told: [["partitions[2]", "MV009", "partition"]],
    },
    {
        it: "refuses two indexes of one name",
        args: {
            ...smallProgram({ name: "a", dataType: "Int8" }),
            indexes: [
                { field: "a", name: "x" },
                { field: "vector", name: "x" },
            ],
        },
        told: [["indexes[1].name", "MV009", "index"]],
    },
];

export const keys: Malformed[] = [
    {
        it: "misses a primary key",
        args: fields({ name: "id", dataType: "Int64" }, vector),
        told: [["fields", "MV010", "isPrimaryKey"]],
    },
    {
        it: "refuses two primary keys",
        args: smallProgram({ ...key, name: "k" }),
        told: [["fields[2].isPrimaryKey", "MV010", "id is the primary key"]],
    },
    {
        it: "refuses a primary key of Int32",
        args: fields({ ...key, dataType: "Int32" }, vector),
        told: [["fields[0].dataType", "MV011", "Int32"]],
    },
    {
        it: "refuses a nullable primary key",
        args: fields({ ...key, nullable: true }, vector),
        told: [["fields[0].nullable", "MV012", "NULL"]],
    },
    {
        it: "refuses a default of a primary key",
        args: fields({ ...key, defaultValue: 1 }, vector),
        told: [["fields[0].defaultValue", "MV012", "default"]],
    },
    {
        it: "refuses a backfill of a primary key",
        args: fields({ ...key, backfill: 1 }, vector),
        told: [["fields[0].backfill", "MV012", "all rows"]],
    },
    {
        it: "refuses autoId beside the primary key",
        args: smallProgram({ name: "n", dataType: "Int64", autoId: true }),
        told: [["fields[2].autoId", "MV013", "primary key"]],
    },
    {
        it: "refuses two partition keys",
        args: smallProgram(
            { name: "a", dataType: "Int64", isPartitionKey: true },
            { name: "b", dataType: "Int64", isPartitionKey: true },
        ),
        told: [["fields[3].isPartitionKey", "MV014", "a is the partition key"]],
    },
    {
        it: "refuses a partition key of Bool",
        args: smallProgram({ name: "a", dataType: "Bool", isPartitionKey: true }),
        told: [["fields[2].dataType", "MV014", "Bool"]],
    },
    {
        it: "refuses the primary key as partition key",
        args: fields({ ...key, isPartitionKey: true }, vector),
        told: [["fields[0].isPartitionKey", "MV014", "another field"]],
    },
    {
        it: "refuses a nullable partition key",
        args: smallProgram({ name: "a", dataType: "Int64", isPartitionKey: true, nullable: true }),
        told: [["fields[2].nullable", "MV014", "NULL"]],
    },
    {
        it: "refuses two clustering keys",
        args: smallProgram(
            { name: "a", dataType: "Int64", isClusteringKey: true },
            { name: "b", dataType: "Int64", isClusteringKey: true },
        ),
        told: [["fields[3].isClusteringKey", "MV015", "a is the clustering key"]],
    },
    {
        it: "refuses a clustering key of JSON",
        args: smallProgram({ name: "a", dataType: "JSON", isClusteringKey: true }),
        told: [["fields[2].dataType", "MV015", "JSON"]],
    },
    {
        it: "refuses partitions beside a partition key",
        args: { ...smallProgram({ name: "a", dataType: "Int64", isPartitionKey: true }), partitions: ["p"] },
        told: [["partitions", "MV016", "numPartitions"]],
    },
    {
        it: "refuses numPartitions without a partition key",
        args: { ...smallProgram(), numPartitions: 8 },
        told: [["numPartitions", "MV017", "isPartitionKey"]],
    },
    {
        it: "refuses partitions without end",
        args: { ...smallProgram(), partitions: Array.from({ length: 4097 }, (_, index) => `p${index}`) },
        told: [["partitions", "MV018", "4096"]],
    },
];

export const types: Malformed[] = [
    {
        it: "needs the dimension of a vector",
        args: fields(key, { name: "v", dataType: "Float16Vector" }),
        told: [["fields[1].dim", "MV020", "Float16Vector"]],
    },
    {
        it: "refuses the dimension of a scalar",
        args: smallProgram({ name: "a", dataType: "Int64", dim: 4 }),
        told: [["fields[2].dim", "MV021", "Int64"]],
    },
    {
        it: "refuses the dimension of a sparse vector",
        args: smallProgram({ name: "a", dataType: "SparseFloatVector", dim: 4 }),
        told: [["fields[2].dim", "MV021", "Leave it out"]],
    },
    {
        it: "refuses one dimension",
        args: smallProgram({ name: "a", dataType: "FloatVector", dim: 1 }),
        told: [["fields[2].dim", "MV022", "from 2 to 32768"]],
    },
    {
        it: "refuses 32,769 dimensions",
        args: smallProgram({ name: "a", dataType: "BFloat16Vector", dim: 32_769 }),
        told: [["fields[2].dim", "MV022", "from 2 to 32768"]],
    },
    {
        it: "refuses bits that fill no byte",
        args: smallProgram({ name: "a", dataType: "BinaryVector", dim: 12 }),
        told: [["fields[2].dim", "MV022", "multiple of 8"]],
    },
    {
        it: "refuses too many bits",
        args: smallProgram({ name: "a", dataType: "BinaryVector", dim: 262_152 }),
        told: [["fields[2].dim", "MV022", "262144"]],
    },
    {
        it: "refuses the length of a number",
        args: smallProgram({ name: "a", dataType: "Int64", maxLength: 8 }),
        told: [["fields[2].maxLength", "MV023", "Int64"]],
    },
    {
        it: "refuses the length of numbers in an Array",
        args: smallProgram({
            name: "a",
            dataType: "Array",
            elementType: "Int8",
            maxCapacity: 4,
            maxLength: 8,
        }),
        told: [["fields[2].maxLength", "MV023", "Int8"]],
    },
    {
        it: "needs the elements and the capacity of an Array",
        args: smallProgram({ name: "a", dataType: "Array" }),
        told: [
            ["fields[2].elementType", "MV024", "elementType"],
            ["fields[2].maxCapacity", "MV024", "maxCapacity"],
        ],
    },
    {
        it: "refuses the capacity of a VarChar",
        args: smallProgram({ name: "a", dataType: "VarChar", maxCapacity: 4 }),
        told: [["fields[2].maxCapacity", "MV037", "Only an Array"]],
    },
    {
        it: "refuses an Array of JSON",
        args: smallProgram({ name: "a", dataType: "Array", elementType: "JSON", maxCapacity: 4 }),
        told: [["fields[2].elementType", "MV025", "Write one of Bool"]],
    },
    {
        it: "guesses the element type",
        args: smallProgram({ name: "a", dataType: "Array", elementType: "Varchar", maxCapacity: 4 }),
        told: [["fields[2].elementType", "MV025", 'Did you mean "VarChar"?']],
    },
    {
        it: "needs the fields of a Struct",
        args: structs(),
        told: [["fields[2].fields", "MV026", "needs its fields"]],
    },
    {
        it: "refuses fields in what is no Struct",
        args: smallProgram({ name: "a", dataType: "Int8", fields: [{ name: "x", dataType: "Int8" }] }),
        told: [["fields[2].fields", "MV038", "Only an Array of Struct"]],
    },
    {
        it: "refuses JSON in a Struct",
        args: structs({ name: "x", dataType: "JSON" }),
        told: [["fields[2].fields[0].dataType", "MV039", "cannot hold JSON"]],
    },
    {
        it: "needs the dimension in a Struct",
        args: structs({ name: "x", dataType: "FloatVector" }),
        told: [["fields[2].fields[0].dim", "MV020", "dim"]],
    },
    {
        it: "refuses two fields of one name in a Struct",
        args: structs({ name: "x", dataType: "Int8" }, { name: "x", dataType: "Int8" }),
        told: [["fields[2].fields[1].name", "MV009", "of the Struct"]],
    },
    {
        it: "refuses an analyzer of numbers",
        args: smallProgram({ name: "a", dataType: "Int8", enableAnalyzer: true }),
        told: [["fields[2].enableAnalyzer", "MV027", "Only a VarChar"]],
    },
    {
        it: "refuses text match without an analyzer",
        args: smallProgram({ name: "a", dataType: "VarChar", enableMatch: true }),
        told: [["fields[2].enableMatch", "MV053", "enableAnalyzer"]],
    },
    {
        it: "refuses analyzer parameters without an analyzer",
        args: smallProgram({ name: "a", dataType: "VarChar", analyzerParams: { type: "english" } }),
        told: [["fields[2].analyzerParams", "MV053", "enableAnalyzer"]],
    },
    {
        it: "refuses analyzer parameters that are text",
        args: smallProgram({
            name: "a",
            dataType: "VarChar",
            enableAnalyzer: true,
            analyzerParams: "english",
        }),
        told: [["fields[2].analyzerParams", "MV001", "an object"]],
    },
    { it: "needs a vector", args: fields(key), told: [["fields", "MV050", "No field is a vector"]] },
    {
        it: "refuses 65 fields",
        args: smallProgram(
            ...Array.from({ length: 63 }, (_, index) => ({ name: `f${index}`, dataType: "Int8" })),
        ),
        told: [["fields", "MV051", "at most 64 fields, not 65"]],
    },
];

export const renames: Malformed[] = [
    {
        it: "refuses a rename to the same name",
        args: smallProgram({ name: "a", dataType: "Int8", previousName: "a" }),
        told: [["fields[2].previousName", "MV040", "Leave previousName out"]],
    },
    {
        it: "refuses two heirs of one field",
        args: smallProgram(
            { name: "a", dataType: "Int8", previousName: "x" },
            { name: "b", dataType: "Int8", previousName: "x" },
        ),
        told: [["fields[3].previousName", "MV041", "previous name of a, too"]],
    },
    {
        it: "refuses the name of a field that stays",
        args: smallProgram(
            { name: "a", dataType: "Int8", previousName: "b" },
            { name: "b", dataType: "Int8" },
        ),
        told: [["fields[2].previousName", "MV042", 'a field "b" itself']],
    },
    {
        it: "refuses a previous name that is no name",
        args: smallProgram({ name: "a", dataType: "Int8", previousName: "a-b" }),
        told: [["fields[2].previousName", "MV007", "field"]],
    },
];
