import { smallProgram } from "../program";
import type { Malformed } from "./case";

const read = (from: string, more: object = {}) =>
    smallProgram({ name: "lang", dataType: "VarChar", from, ...more });
const migrating = (migration: object, more: object = {}) => ({ ...smallProgram(), migration, ...more });

export const migrations: Malformed[] = [
    {
        it: "refuses a gate for a field that is no vector",
        args: migrating({ gate: { fields: ["vectr", "vector"], searchParams: { id: { ef: 1 } } } }),
        expected: [
            ["migration.gate.fields[0]", "MV065", 'Did you mean "vector"?'],
            ["migration.gate.searchParams.id", "MV065", "Vector fields: vector"],
        ],
    },
    {
        it: "refuses a gate whose bar is out of range",
        args: migrating({ gate: { minRecall: 1.5, topK: 0 } }),
        expected: [
            ["migration.gate.topK", "MV005", "at least 1"],
            ["migration.gate.minRecall", "MV005", "at most 1"],
        ],
    },
    ...["lang", "$meta", "$meta.", "meta lang", 'metadata["a]', "$other.key", "metadata[0]"].map((from) => ({
        it: `refuses ${from} as a JSON path`,
        args: read(from),
        expected: [["fields[2].from", "MV043", "not a JSON path"]] satisfies Malformed["expected"],
    })),
    {
        it: "refuses previousName together with from",
        args: read("$meta.lang", { previousName: "language" }),
        expected: [["fields[2].from", "MV043", "one source"]],
    },
    {
        it: "refuses to read a vector from JSON",
        args: smallProgram({ name: "v", dataType: "FloatVector", dim: 2, from: "metadata.v" }),
        expected: [["fields[2].from", "MV043", "migration.transform"]],
    },
    {
        it: "refuses from on the primary key",
        args: {
            fields: [
                { name: "id", dataType: "Int64", isPrimaryKey: true, from: "$meta.id" },
                { name: "vector", dataType: "FloatVector", dim: 4 },
            ],
        },
        expected: [["fields[0].from", "MV043", "primary key"]],
    },
    {
        it: "refuses from on the output of a function",
        args: {
            ...smallProgram(
                { name: "text", dataType: "VarChar", enableAnalyzer: true },
                { name: "sparse", dataType: "SparseFloatVector", from: "$meta.sparse" },
            ),
            functions: [
                { name: "bm25", type: "BM25", inputFieldNames: ["text"], outputFieldNames: ["sparse"] },
            ],
        },
        expected: [
            ["fields[3].from", "MV043", "cannot be read from JSON"],
            ["fields[3].from", "MV036", "filled by a function"],
        ],
    },
    {
        it: "refuses an unknown loss and suggests a known one",
        args: migrating({ allow: ["narow:score", "drop:notes"] }),
        expected: [["migration.allow[0]", "MV081", 'Did you mean "narrow"?']],
    },
    {
        it: "refuses a loss without its name, and a name that the loss does not have",
        args: migrating({ allow: ["drop", "narrow:", "memory:8"] }),
        expected: [
            ["migration.allow[0]", "MV081", 'Write "drop:" and the name of the field'],
            ["migration.allow[1]", "MV081", 'Write "narrow:"'],
            ["migration.allow[2]", "MV081", 'Write "memory" without a name'],
        ],
    },
    {
        it: "refuses moveToDynamicField while the dynamic field is off",
        args: migrating({ moveToDynamicField: ["page"] }),
        expected: [["migration.moveToDynamicField[0]", "MV045", "enableDynamicField: true"]],
    },
    {
        it: "refuses moveToDynamicField for a field that stays in the program",
        args: migrating({ moveToDynamicField: ["page", "vector"] }, { enableDynamicField: true }),
        expected: [["migration.moveToDynamicField[1]", "MV044", "field of the program"]],
    },
    {
        it: "refuses a transform without a path",
        args: migrating({ transform: "" }),
        expected: [["migration.transform", "MV001", "another value"]],
    },
    {
        it: "refuses unknown arguments and values of a transform",
        args: migrating({
            transform: { modul: "./embed.js", batchRows: 0, concurrency: 65, retries: "often" },
        }),
        expected: [
            ["migration.transform.modul", "MV002", 'Did you mean "module"?'],
            ["migration.transform.batchRows", "MV005", "at least 1"],
            ["migration.transform.concurrency", "MV005", "at most 64"],
            ["migration.transform.retries", "MV001", "a number"],
        ],
    },
    {
        it: "refuses an unknown value of writes and lists the known ones",
        args: migrating({ writes: "both" }),
        expected: [["migration.writes", "MV004", "Write one of online, paused"]],
    },
    {
        it: "suggests the value of a misspelt writes",
        args: migrating({ writes: "onlin" }),
        expected: [["migration.writes", "MV004", 'Did you mean "online"?']],
    },
    {
        it: "refuses a boolean for writes",
        args: migrating({ writes: true }),
        expected: [["migration.writes", "MV001", "one of online, paused, not true or false"]],
    },
    {
        it: "refuses durations and rates that are not numbers",
        args: migrating({ grace: "10 s", maxWritePause: null, maxRowsPerSecond: "fast" }),
        expected: [
            ["migration.grace", "MV001", "a number, not text"],
            ["migration.maxWritePause", "MV001", "a number, not null"],
            ["migration.maxRowsPerSecond", "MV001", "a number, not text"],
        ],
    },
    {
        it: "refuses durations and rates below their minimum",
        args: migrating({ grace: -1, maxWritePause: -0.5, maxRowsPerSecond: 0 }),
        expected: [
            ["migration.grace", "MV005", "at least 0"],
            ["migration.maxWritePause", "MV005", "at least 0"],
            ["migration.maxRowsPerSecond", "MV005", "at least 1"],
        ],
    },
    {
        it: "refuses a grace of more than a day, and a pause of more than an hour",
        args: migrating({ grace: 86_401, maxWritePause: 3_601 }),
        expected: [
            ["migration.grace", "MV005", "at most 86400"],
            ["migration.maxWritePause", "MV005", "at most 3600"],
        ],
    },
    {
        it: "refuses a fraction of a row per second",
        args: migrating({ maxRowsPerSecond: 0.5 }),
        expected: [["migration.maxRowsPerSecond", "MV001", "a whole number, not 0.5"]],
    },
    ...["24", "0s", "1.5h", "30m1h", "3651d", "1 day"].map(
        (text) =>
            ({
                it: `refuses ${JSON.stringify(text)} as a duration`,
                args: migrating({ keepPrevious: { for: text } }),
                expected: [["migration.keepPrevious.for", "MV082", "Write whole numbers with d, h, m or s"]],
            }) satisfies Malformed,
    ),
    {
        it: "refuses an undo window without a duration, and one of no collection",
        args: migrating({ keepPrevious: { most: 0 } }),
        expected: [
            ["migration.keepPrevious.for", "MV003", "for is missing"],
            ["migration.keepPrevious.most", "MV005", "at least 1"],
        ],
    },
    {
        it: "refuses a rollback that is neither previous nor a target",
        args: migrating({ rollback: { too: "docs_3fa9c1d" } }),
        expected: [["migration.rollback.too", "MV002", 'Did you mean "to"?']],
    },
    {
        it: "suggests the name of a misspelt maxWritePause",
        args: migrating({ maxWritesPause: 3 }),
        expected: [["migration.maxWritesPause", "MV002", 'Did you mean "maxWritePause"?']],
    },
];
