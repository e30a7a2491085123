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
        expected: [["name", "MV007", '"my-docs"']],
    },
    {
        it: "refuses a name that begins with a digit",
        args: { ...smallProgram(), name: "2docs" },
        expected: [["name", "MV007", "beginning with a letter"]],
    },
    {
        it: "refuses an empty name",
        args: { ...smallProgram(), name: "" },
        expected: [["name", "MV007", "not a valid name"]],
    },
    {
        it: "refuses a name of 256 letters",
        args: { ...smallProgram(), name: "a".repeat(256) },
        expected: [["name", "MV007", "has 256"]],
    },
    {
        it: "refuses a database with a dot",
        args: { ...smallProgram(), database: "a.b" },
        expected: [["database", "MV007", "database"]],
    },
    {
        it: "refuses a field with a space",
        args: smallProgram({ name: "a b", dataType: "Int8" }),
        expected: [["fields[2].name", "MV007", "field"]],
    },
    {
        it: "refuses the reserved name $meta",
        args: smallProgram({ name: "$meta", dataType: "JSON" }),
        expected: [["fields[2].name", "MV008", "reserved by the server"]],
    },
    {
        it: "refuses a name that begins with $",
        args: smallProgram({ name: "$x", dataType: "JSON" }),
        expected: [["fields[2].name", "MV008", "reserved by the server"]],
    },
    {
        it: "refuses the reserved name RowID",
        args: smallProgram({ name: "RowID", dataType: "Int64" }),
        expected: [["fields[2].name", "MV008", "RowID"]],
    },
    {
        it: "refuses a partition with a dot",
        args: { ...smallProgram(), partitions: ["y.2024"] },
        expected: [["partitions[0]", "MV007", "partition"]],
    },
    {
        it: "refuses two fields with the same name",
        args: smallProgram({ name: "a", dataType: "Int8" }, { name: "a", dataType: "Int16" }),
        expected: [["fields[3].name", "MV009", 'already a field "a"']],
    },
    {
        it: "refuses a partition named twice",
        args: { ...smallProgram(), partitions: ["a", "b", "a"] },
        expected: [["partitions[2]", "MV009", "partition"]],
    },
    {
        it: "refuses two indexes with the same name",
        args: {
            ...smallProgram({ name: "a", dataType: "Int8" }),
            indexes: [
                { field: "a", name: "x" },
                { field: "vector", name: "x" },
            ],
        },
        expected: [["indexes[1].name", "MV009", "index"]],
    },
];

export const keys: Malformed[] = [
    {
        it: "requires a primary key",
        args: fields({ name: "id", dataType: "Int64" }, vector),
        expected: [["fields", "MV010", "isPrimaryKey"]],
    },
    {
        it: "refuses two primary keys",
        args: smallProgram({ ...key, name: "k" }),
        expected: [["fields[2].isPrimaryKey", "MV010", "id is already the primary key"]],
    },
    {
        it: "refuses a primary key of Int32",
        args: fields({ ...key, dataType: "Int32" }, vector),
        expected: [["fields[0].dataType", "MV011", "Int32"]],
    },
    {
        it: "refuses a nullable primary key",
        args: fields({ ...key, nullable: true }, vector),
        expected: [["fields[0].nullable", "MV012", "NULL"]],
    },
    {
        it: "refuses a default of a primary key",
        args: fields({ ...key, defaultValue: 1 }, vector),
        expected: [["fields[0].defaultValue", "MV012", "default"]],
    },
    {
        it: "refuses a backfill of a primary key",
        args: fields({ ...key, backfill: 1 }, vector),
        expected: [["fields[0].backfill", "MV012", "all rows"]],
    },
    {
        it: "refuses autoId on a field that is not the primary key",
        args: smallProgram({ name: "n", dataType: "Int64", autoId: true }),
        expected: [["fields[2].autoId", "MV013", "primary key"]],
    },
    {
        it: "refuses two partition keys",
        args: smallProgram(
            { name: "a", dataType: "Int64", isPartitionKey: true },
            { name: "b", dataType: "Int64", isPartitionKey: true },
        ),
        expected: [["fields[3].isPartitionKey", "MV014", "a is already the partition key"]],
    },
    {
        it: "refuses a partition key of Bool",
        args: smallProgram({ name: "a", dataType: "Bool", isPartitionKey: true }),
        expected: [["fields[2].dataType", "MV014", "Bool"]],
    },
    {
        it: "refuses the primary key as partition key",
        args: fields({ ...key, isPartitionKey: true }, vector),
        expected: [["fields[0].isPartitionKey", "MV014", "another field"]],
    },
    {
        it: "refuses a nullable partition key",
        args: smallProgram({ name: "a", dataType: "Int64", isPartitionKey: true, nullable: true }),
        expected: [["fields[2].nullable", "MV014", "NULL"]],
    },
    {
        it: "refuses two clustering keys",
        args: smallProgram(
            { name: "a", dataType: "Int64", isClusteringKey: true },
            { name: "b", dataType: "Int64", isClusteringKey: true },
        ),
        expected: [["fields[3].isClusteringKey", "MV015", "a is already the clustering key"]],
    },
    {
        it: "refuses a clustering key of JSON",
        args: smallProgram({ name: "a", dataType: "JSON", isClusteringKey: true }),
        expected: [["fields[2].dataType", "MV015", "JSON"]],
    },
    {
        it: "refuses partitions beside a partition key",
        args: { ...smallProgram({ name: "a", dataType: "Int64", isPartitionKey: true }), partitions: ["p"] },
        expected: [["partitions", "MV016", "numPartitions"]],
    },
    {
        it: "refuses numPartitions without a partition key",
        args: { ...smallProgram(), numPartitions: 8 },
        expected: [["numPartitions", "MV017", "isPartitionKey"]],
    },
    {
        it: "refuses more than 4,096 partitions",
        args: { ...smallProgram(), partitions: Array.from({ length: 4097 }, (_, index) => `p${index}`) },
        expected: [["partitions", "MV018", "4,096"]],
    },
];

export const types: Malformed[] = [
    {
        it: "requires the dimension of a vector",
        args: fields(key, { name: "v", dataType: "Float16Vector" }),
        expected: [["fields[1].dim", "MV020", "Float16Vector"]],
    },
    {
        it: "refuses the dimension of a scalar",
        args: smallProgram({ name: "a", dataType: "Int64", dim: 4 }),
        expected: [["fields[2].dim", "MV021", "Int64"]],
    },
    {
        it: "refuses the dimension of a sparse vector",
        args: smallProgram({ name: "a", dataType: "SparseFloatVector", dim: 4 }),
        expected: [["fields[2].dim", "MV021", "Omit it"]],
    },
    {
        it: "refuses a vector of one dimension",
        args: smallProgram({ name: "a", dataType: "FloatVector", dim: 1 }),
        expected: [["fields[2].dim", "MV022", "from 2 to 32768"]],
    },
    {
        it: "refuses 32,769 dimensions",
        args: smallProgram({ name: "a", dataType: "BFloat16Vector", dim: 32_769 }),
        expected: [["fields[2].dim", "MV022", "from 2 to 32768"]],
    },
    {
        it: "refuses a BinaryVector whose bits are no multiple of 8",
        args: smallProgram({ name: "a", dataType: "BinaryVector", dim: 12 }),
        expected: [["fields[2].dim", "MV022", "multiple of 8"]],
    },
    {
        it: "refuses a BinaryVector with too many bits",
        args: smallProgram({ name: "a", dataType: "BinaryVector", dim: 262_152 }),
        expected: [["fields[2].dim", "MV022", "262144"]],
    },
    {
        it: "refuses maxLength on a number",
        args: smallProgram({ name: "a", dataType: "Int64", maxLength: 8 }),
        expected: [["fields[2].maxLength", "MV023", "Int64"]],
    },
    {
        it: "refuses maxLength on an Array of numbers",
        args: smallProgram({
            name: "a",
            dataType: "Array",
            elementType: "Int8",
            maxCapacity: 4,
            maxLength: 8,
        }),
        expected: [["fields[2].maxLength", "MV023", "Int8"]],
    },
    {
        it: "requires the element type and the capacity of an Array",
        args: smallProgram({ name: "a", dataType: "Array" }),
        expected: [
            ["fields[2].elementType", "MV024", "elementType"],
            ["fields[2].maxCapacity", "MV024", "maxCapacity"],
        ],
    },
    {
        it: "refuses maxCapacity on a VarChar",
        args: smallProgram({ name: "a", dataType: "VarChar", maxCapacity: 4 }),
        expected: [["fields[2].maxCapacity", "MV037", "Only an Array"]],
    },
    {
        it: "refuses an Array of JSON",
        args: smallProgram({ name: "a", dataType: "Array", elementType: "JSON", maxCapacity: 4 }),
        expected: [["fields[2].elementType", "MV025", "Write one of Bool"]],
    },
    {
        it: "suggests the element type",
        args: smallProgram({ name: "a", dataType: "Array", elementType: "Varchar", maxCapacity: 4 }),
        expected: [["fields[2].elementType", "MV025", 'Did you mean "VarChar"?']],
    },
    {
        it: "requires the fields of a Struct",
        args: structs(),
        expected: [["fields[2].fields", "MV026", "needs its fields"]],
    },
    {
        it: "refuses fields on a type that is not a Struct",
        args: smallProgram({ name: "a", dataType: "Int8", fields: [{ name: "x", dataType: "Int8" }] }),
        expected: [["fields[2].fields", "MV038", "Only an Array of Struct"]],
    },
    {
        it: "refuses JSON in a Struct",
        args: structs({ name: "x", dataType: "JSON" }),
        expected: [["fields[2].fields[0].dataType", "MV039", "cannot hold JSON"]],
    },
    {
        it: "requires the dimension of a vector in a Struct",
        args: structs({ name: "x", dataType: "FloatVector" }),
        expected: [["fields[2].fields[0].dim", "MV020", "dim"]],
    },
    {
        it: "refuses two fields with the same name in a Struct",
        args: structs({ name: "x", dataType: "Int8" }, { name: "x", dataType: "Int8" }),
        expected: [["fields[2].fields[1].name", "MV009", "of the Struct"]],
    },
    {
        it: "refuses an analyzer on a number",
        args: smallProgram({ name: "a", dataType: "Int8", enableAnalyzer: true }),
        expected: [["fields[2].enableAnalyzer", "MV027", "Only a VarChar"]],
    },
    {
        it: "refuses text match without an analyzer",
        args: smallProgram({ name: "a", dataType: "VarChar", enableMatch: true }),
        expected: [["fields[2].enableMatch", "MV053", "enableAnalyzer"]],
    },
    {
        it: "refuses analyzer parameters without an analyzer",
        args: smallProgram({ name: "a", dataType: "VarChar", analyzerParams: { type: "english" } }),
        expected: [["fields[2].analyzerParams", "MV053", "enableAnalyzer"]],
    },
    {
        it: "refuses analyzer parameters that are text",
        args: smallProgram({
            name: "a",
            dataType: "VarChar",
            enableAnalyzer: true,
            analyzerParams: "english",
        }),
        expected: [["fields[2].analyzerParams", "MV001", "an object"]],
    },
    { it: "requires a vector", args: fields(key), expected: [["fields", "MV050", "No field is a vector"]] },
    {
        it: "refuses 65 fields",
        args: smallProgram(
            ...Array.from({ length: 63 }, (_, index) => ({ name: `f${index}`, dataType: "Int8" })),
        ),
        expected: [["fields", "MV051", "at most 64 fields, not 65"]],
    },
];

export const renames: Malformed[] = [
    {
        it: "refuses a rename to the same name",
        args: smallProgram({ name: "a", dataType: "Int8", previousName: "a" }),
        expected: [["fields[2].previousName", "MV040", "Omit previousName"]],
    },
    {
        it: "refuses two fields with the same previousName",
        args: smallProgram(
            { name: "a", dataType: "Int8", previousName: "x" },
            { name: "b", dataType: "Int8", previousName: "x" },
        ),
        expected: [["fields[3].previousName", "MV041", "also the previousName of a"]],
    },
    {
        it: "refuses a previousName that another field still has",
        args: smallProgram(
            { name: "a", dataType: "Int8", previousName: "b" },
            { name: "b", dataType: "Int8" },
        ),
        expected: [["fields[2].previousName", "MV042", 'still declares a field "b"']],
    },
    {
        it: "refuses a previousName that is not a valid name",
        args: smallProgram({ name: "a", dataType: "Int8", previousName: "a-b" }),
        expected: [["fields[2].previousName", "MV007", "field"]],
    },
];
