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
        it: "guesses the field of an index",
        args: indexed({ field: "titel" }),
        told: [["indexes[0].field", "MV060", 'Did you mean "title"?']],
    },
    {
        it: "refuses an index on nothing",
        args: indexed({ field: "zzz" }),
        told: [["indexes[0].field", "MV060", "Declare it"]],
    },
    {
        it: "refuses a cosine of bits",
        args: indexed({ field: "bits", metricType: "COSINE" }),
        told: [["indexes[0].metricType", "MV061", "HAMMING"]],
    },
    {
        it: "refuses a Hamming distance of floats",
        args: indexed({ field: "vector", metricType: "HAMMING" }),
        told: [["indexes[0].metricType", "MV061", "COSINE, L2, IP"]],
    },
    {
        it: "guesses the metric",
        args: indexed({ field: "vector", metricType: "cosine" }),
        told: [["indexes[0].metricType", "MV061", 'Did you mean "COSINE"?']],
    },
    {
        it: "refuses a Euclidean distance of sparse vectors",
        args: indexed({ field: "words", metricType: "L2" }),
        told: [["indexes[0].metricType", "MV061", "SparseFloatVector"]],
    },
    {
        it: "refuses BM25 where no function makes it",
        args: indexed({ field: "words", metricType: "BM25" }),
        told: [["indexes[0].metricType", "MV061", "Declare one"]],
    },
    {
        it: "refuses a metric of text",
        args: indexed({ field: "title", metricType: "IP" }),
        told: [["indexes[0].metricType", "MV061", "Leave metricType out"]],
    },
    {
        it: "refuses a graph of text",
        args: indexed({ field: "title", indexType: "HNSW" }),
        told: [["indexes[0].indexType", "MV062", "not for VarChar"]],
    },
    {
        it: "refuses an inverted index of a vector",
        args: indexed({ field: "vector", indexType: "INVERTED" }),
        told: [["indexes[0].indexType", "MV062", "for scalars"]],
    },
    {
        it: "refuses a flat index of bits",
        args: indexed({ field: "bits", indexType: "FLAT" }),
        told: [["indexes[0].indexType", "MV062", "not for BinaryVector"]],
    },
    {
        it: "refuses a second index of a vector",
        args: indexed({ field: "vector" }, { field: "vector", name: "x" }),
        told: [["indexes[1].field", "MV064", "already"]],
    },
    {
        it: "refuses a second index of JSON without a name",
        args: indexed({ field: "data" }, { field: "data" }),
        told: [["indexes[1].field", "MV064", "a name"]],
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
        it: "guesses the input",
        args: search({ inputFieldNames: ["txt"] }),
        told: [[input, "MV070", 'Did you mean "text"?']],
    },
    {
        it: "misses the output",
        args: search({ outputFieldNames: ["zzzzz"] }),
        told: [[output, "MV070", "Declare it"]],
    },
    {
        it: "refuses a BM25 without an analyzer",
        args: search({}, { enableAnalyzer: false }),
        told: [[input, "MV071", "enableAnalyzer on text"]],
    },
    {
        it: "refuses a BM25 of numbers",
        args: search({ inputFieldNames: ["id"] }),
        told: [[input, "MV071", "id is Int64"]],
    },
    {
        it: "refuses a BM25 into floats",
        args: search({ outputFieldNames: ["vector"] }),
        told: [[output, "MV071", "vector is FloatVector"]],
    },
    {
        it: "refuses a BM25 of two fields",
        args: search({ inputFieldNames: ["text", "id"] }),
        told: [["functions[0].inputFieldNames", "MV071", "one field, not 2"]],
    },
    {
        it: "refuses a BM25 into nothing",
        args: search({ outputFieldNames: [] }),
        told: [["functions[0].outputFieldNames", "MV071", "one field, not 0"]],
    },
    {
        it: "refuses a nullable input",
        args: search({}, { nullable: true }),
        told: [[input, "MV071", "cannot be NULL"]],
    },
    {
        it: "refuses a backfill of what a function fills",
        args: search({}, {}, { backfill: { 1: 0.5 } }),
        told: [[output, "MV036", "Leave its backfill out"]],
    },
    {
        it: "refuses the input as output",
        args: search({ type: "MinHash", inputFieldNames: ["sparse"] }),
        told: [[output, "MV072", "read by this function"]],
    },
    {
        it: "refuses a key as output",
        args: search({ type: "MinHash", outputFieldNames: ["id"] }),
        told: [[output, "MV072", "is a key"]],
    },
    {
        it: "refuses two functions into one field",
        args: {
            ...search({}),
            functions: ["a", "b"].map((name) => ({
                name,
                type: "BM25",
                inputFieldNames: ["text"],
                outputFieldNames: ["sparse"],
            })),
        },
        told: [["functions[1].outputFieldNames[0]", "MV072", "filled by a function already"]],
    },
    {
        it: "refuses two functions of one name",
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
        told: [["functions[1].name", "MV009", "function"]],
    },
    {
        it: "refuses another metric for a BM25",
        args: { ...search({}), indexes: [{ field: "sparse", metricType: "IP" }] },
        told: [["indexes[0].metricType", "MV061", "compared by BM25"]],
    },
];

const connected = (connection: Args): Args => ({
    ...smallProgram(),
    connection: { address: "localhost:19530", ...connection },
});

export const surroundings: Malformed[] = [
    {
        it: "keeps the stamp's properties",
        args: { ...smallProgram(), properties: { "pulumi.owner": "me" } },
        told: [['properties["pulumi.owner"]', "MV080", "Choose another name"]],
    },
    {
        it: "needs the address of another server",
        args: { ...smallProgram(), connection: {} },
        told: [["connection.address", "MV003", "missing"]],
    },
    {
        it: "refuses another protocol",
        args: connected({ address: "tcp://db:19530" }),
        told: [["connection.address", "MV090", "host:port"]],
    },
    {
        it: "refuses a path",
        args: connected({ address: "http://db:19530/milvus" }),
        told: [["connection.address", "MV090", "host:port"]],
    },
    {
        it: "refuses a port beyond all",
        args: connected({ address: "db:99999" }),
        told: [["connection.address", "MV090", "host:port"]],
    },
    {
        it: "refuses a user in the address",
        args: connected({ address: "http://me:hush@db:19530" }),
        told: [["connection.address", "MV090", "username and password"]],
    },
    {
        it: "refuses two ways to prove who calls",
        args: connected({ token: "t", username: "u", password: "p" }),
        told: [["connection.token", "MV091", "one or the other"]],
    },
    {
        it: "misses the password",
        args: connected({ username: "u" }),
        told: [["connection.password", "MV092", "without its password"]],
    },
    {
        it: "misses the user name",
        args: connected({ password: "p" }),
        told: [["connection.username", "MV092", "without its username"]],
    },
    {
        it: "misses the key of a certificate",
        args: connected({ ssl: true, clientCertFile: "c.pem" }),
        told: [["connection.clientKeyFile", "MV093", "clientCertFile"]],
    },
    {
        it: "misses the certificate of a key",
        args: connected({ ssl: true, clientKeyFile: "k.pem" }),
        told: [["connection.clientCertFile", "MV093", "clientKeyFile"]],
    },
    {
        it: "refuses to wait for ever",
        args: connected({ timeout: 1e9 }),
        told: [["connection.timeout", "MV005", "at most 3600"]],
    },
    {
        it: "refuses not to wait",
        args: connected({ timeout: 0 }),
        told: [["connection.timeout", "MV005", "more than 0"]],
    },
];

export const aliases: Malformed[] = [
    { it: "needs a collection", args: { name: "live" }, told: [["collection", "MV003", "missing"]] },
    {
        it: "needs a name when there is none to take",
        args: { collection: "docs" },
        told: [["name", "MV003", "missing"]],
    },
    {
        it: "refuses a logical name that is no alias",
        args: { __logicalName: "my-live", collection: "docs" },
        told: [["name", "MV007", "alias"]],
    },
    {
        it: "refuses the collection's own name",
        args: { name: "docs", collection: "docs" },
        told: [["name", "MV095", "another name"]],
    },
    {
        it: "refuses what an alias does not have",
        args: { name: "live", collection: "docs", fields: [] },
        told: [["fields", "MV002", "Known are name, collection"]],
    },
    {
        it: "checks its connection",
        args: { name: "live", collection: "docs", connection: { address: "" } },
        told: [["connection.address", "MV090", "host:port"]],
    },
];
