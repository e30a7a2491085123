import { type Args, smallProgram } from "../program";
import type { Malformed } from "./case";

const indexed = (...indexes: Args[]): Args => ({
    ...smallProgram(
        { name: "bits", dataType: "BinaryVector", dim: 8 },
        { name: "words", dataType: "SparseFloatVector" },
        { name: "title", dataType: "VarChar" },
        { name: "data", dataType: "JSON" },
    ),
    indexes,
});

export const indexes: Malformed[] = [
    {
        it: "suggests the field of an index",
        args: indexed({ field: "titel" }),
        expected: [["indexes[0].field", "MV060", 'Did you mean "title"?']],
    },
    {
        it: "refuses an index on an unknown field",
        args: indexed({ field: "zzz" }),
        expected: [["indexes[0].field", "MV060", "Declare it"]],
    },
    {
        it: "refuses COSINE for a BinaryVector",
        args: indexed({ field: "bits", metricType: "COSINE" }),
        expected: [["indexes[0].metricType", "MV061", "HAMMING"]],
    },
    {
        it: "refuses HAMMING for a FloatVector",
        args: indexed({ field: "vector", metricType: "HAMMING" }),
        expected: [["indexes[0].metricType", "MV061", "COSINE, L2, IP"]],
    },
    {
        it: "suggests the metric",
        args: indexed({ field: "vector", metricType: "cosine" }),
        expected: [["indexes[0].metricType", "MV061", 'Did you mean "COSINE"?']],
    },
    {
        it: "refuses L2 for a sparse vector",
        args: indexed({ field: "words", metricType: "L2" }),
        expected: [["indexes[0].metricType", "MV061", "SparseFloatVector"]],
    },
    {
        it: "refuses the metric BM25 without a BM25 function",
        args: indexed({ field: "words", metricType: "BM25" }),
        expected: [["indexes[0].metricType", "MV061", "Declare a function"]],
    },
    {
        it: "refuses a metric for a VarChar",
        args: indexed({ field: "title", metricType: "IP" }),
        expected: [["indexes[0].metricType", "MV061", "Omit metricType"]],
    },
    {
        it: "refuses HNSW for a VarChar",
        args: indexed({ field: "title", indexType: "HNSW" }),
        expected: [["indexes[0].indexType", "MV062", "not for VarChar"]],
    },
    {
        it: "refuses INVERTED for a vector",
        args: indexed({ field: "vector", indexType: "INVERTED" }),
        expected: [["indexes[0].indexType", "MV062", "for scalars"]],
    },
    {
        it: "refuses FLAT for a BinaryVector",
        args: indexed({ field: "bits", indexType: "FLAT" }),
        expected: [["indexes[0].indexType", "MV062", "not for BinaryVector"]],
    },
    {
        it: "refuses a second index of a vector",
        args: indexed({ field: "vector" }, { field: "vector", name: "x" }),
        expected: [["indexes[1].field", "MV064", "already"]],
    },
    {
        it: "refuses a second index of JSON without a name",
        args: indexed({ field: "data" }, { field: "data" }),
        expected: [["indexes[1].field", "MV064", "a name"]],
    },
];

const search = (change: Args, text: Args = {}, sparse: Args = {}): Args => ({
    ...smallProgram(
        { name: "text", dataType: "VarChar", enableAnalyzer: true, ...text },
        { name: "sparse", dataType: "SparseFloatVector", ...sparse },
    ),
    functions: [
        { name: "bm25", type: "BM25", inputFieldNames: ["text"], outputFieldNames: ["sparse"], ...change },
    ],
});
const input = "functions[0].inputFieldNames[0]";
const output = "functions[0].outputFieldNames[0]";

export const functions: Malformed[] = [
    {
        it: "suggests the input of a function",
        args: search({ inputFieldNames: ["txt"] }),
        expected: [[input, "MV070", 'Did you mean "text"?']],
    },
    {
        it: "refuses an output that is not declared",
        args: search({ outputFieldNames: ["zzzzz"] }),
        expected: [[output, "MV070", "Declare it"]],
    },
    {
        it: "refuses BM25 on a field without an analyzer",
        args: search({}, { enableAnalyzer: false }),
        expected: [[input, "MV071", "enableAnalyzer on text"]],
    },
    {
        it: "refuses BM25 on a number",
        args: search({ inputFieldNames: ["id"] }),
        expected: [[input, "MV071", "id is Int64"]],
    },
    {
        it: "refuses BM25 with a FloatVector as output",
        args: search({ outputFieldNames: ["vector"] }),
        expected: [[output, "MV071", "vector is FloatVector"]],
    },
    {
        it: "refuses BM25 on two fields",
        args: search({ inputFieldNames: ["text", "id"] }),
        expected: [["functions[0].inputFieldNames", "MV071", "one field, not 2"]],
    },
    {
        it: "refuses BM25 without an output",
        args: search({ outputFieldNames: [] }),
        expected: [["functions[0].outputFieldNames", "MV071", "one field, not 0"]],
    },
    {
        it: "refuses a nullable input",
        args: search({}, { nullable: true }),
        expected: [[input, "MV071", "cannot be NULL"]],
    },
    {
        it: "refuses a backfill on the output of a function",
        args: search({}, {}, { backfill: { 1: 0.5 } }),
        expected: [[output, "MV036", "Omit its backfill"]],
    },
    {
        it: "refuses the input as output",
        args: search({ type: "MinHash", inputFieldNames: ["sparse"] }),
        expected: [[output, "MV072", "read by this function"]],
    },
    {
        it: "refuses a key as output",
        args: search({ type: "MinHash", outputFieldNames: ["id"] }),
        expected: [[output, "MV072", "is a key"]],
    },
    {
        it: "refuses two functions with the same output",
        args: {
            ...search({}),
            functions: ["a", "b"].map((name) => ({
                name,
                type: "BM25",
                inputFieldNames: ["text"],
                outputFieldNames: ["sparse"],
            })),
        },
        expected: [["functions[1].outputFieldNames[0]", "MV072", "already filled by a function"]],
    },
    {
        it: "refuses two functions with the same name",
        args: {
            ...smallProgram(
                { name: "text", dataType: "VarChar" },
                { name: "a", dataType: "FloatVector", dim: 2 },
                { name: "b", dataType: "FloatVector", dim: 2 },
            ),
            functions: ["a", "b"].map((field) => ({
                name: "f",
                type: "TextEmbedding",
                inputFieldNames: ["text"],
                outputFieldNames: [field],
            })),
        },
        expected: [["functions[1].name", "MV009", "function"]],
    },
    {
        it: "refuses another metric than BM25 for the output of BM25",
        args: { ...search({}), indexes: [{ field: "sparse", metricType: "IP" }] },
        expected: [["indexes[0].metricType", "MV061", "needs the metric BM25"]],
    },
];

const connected = (connection: Args): Args => ({
    ...smallProgram(),
    connection: { address: "localhost:19530", ...connection },
});

export const surroundings: Malformed[] = [
    {
        it: "refuses the reserved properties of the provider",
        args: { ...smallProgram(), properties: { "pulumi.owner": "me" } },
        expected: [['properties["pulumi.owner"]', "MV080", "Choose another name"]],
    },
    {
        it: "requires the address of another server",
        args: { ...smallProgram(), connection: {} },
        expected: [["connection.address", "MV003", "missing"]],
    },
    {
        it: "refuses an address with another protocol",
        args: connected({ address: "tcp://db:19530" }),
        expected: [["connection.address", "MV090", "host:port"]],
    },
    {
        it: "refuses an address with a path",
        args: connected({ address: "http://db:19530/milvus" }),
        expected: [["connection.address", "MV090", "host:port"]],
    },
    {
        it: "refuses a port above 65535",
        args: connected({ address: "db:99999" }),
        expected: [["connection.address", "MV090", "host:port"]],
    },
    {
        it: "refuses an address with a user",
        args: connected({ address: "http://me:hush@db:19530" }),
        expected: [["connection.address", "MV090", "username and password"]],
    },
    {
        it: "refuses a token together with a user name",
        args: connected({ token: "t", username: "u", password: "p" }),
        expected: [["connection.token", "MV091", "one or the other"]],
    },
    {
        it: "requires the password of a user name",
        args: connected({ username: "u" }),
        expected: [["connection.password", "MV092", "without its password"]],
    },
    {
        it: "requires the user name of a password",
        args: connected({ password: "p" }),
        expected: [["connection.username", "MV092", "without its username"]],
    },
    {
        it: "requires the key of a client certificate",
        args: connected({ ssl: true, clientCertFile: "c.pem" }),
        expected: [["connection.clientKeyFile", "MV093", "clientCertFile"]],
    },
    {
        it: "requires the certificate of a client key",
        args: connected({ ssl: true, clientKeyFile: "k.pem" }),
        expected: [["connection.clientCertFile", "MV093", "clientKeyFile"]],
    },
    {
        it: "refuses a timeout above one hour",
        args: connected({ timeout: 1e9 }),
        expected: [["connection.timeout", "MV005", "at most 3600"]],
    },
    {
        it: "refuses a timeout of 0",
        args: connected({ timeout: 0 }),
        expected: [["connection.timeout", "MV005", "more than 0"]],
    },
];

export const aliases: Malformed[] = [
    { it: "requires a collection", args: { name: "live" }, expected: [["collection", "MV003", "missing"]] },
    {
        it: "requires a name where there is no logical name",
        args: { collection: "docs" },
        expected: [["name", "MV003", "missing"]],
    },
    {
        it: "refuses a logical name that is not a valid alias",
        args: { __logicalName: "my-live", collection: "docs" },
        expected: [["name", "MV007", "alias"]],
    },
    {
        it: "refuses the name of its collection",
        args: { name: "docs", collection: "docs" },
        expected: [["name", "MV095", "another name"]],
    },
    {
        it: "refuses an argument that an alias does not have",
        args: { name: "live", collection: "docs", fields: [] },
        expected: [["fields", "MV002", "Known arguments: name, collection"]],
    },
    {
        it: "checks its connection",
        args: { name: "live", collection: "docs", connection: { address: "" } },
        expected: [["connection.address", "MV090", "host:port"]],
    },
];
