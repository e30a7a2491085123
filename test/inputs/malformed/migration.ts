import { smallProgram } from "../program";
import type { Malformed } from "./case";

const read = (from: string, more: object = {}) =>
    smallProgram({ name: "lang", dataType: "VarChar", from, ...more });
const migrating = (migration: object, more: object = {}) => ({ ...smallProgram(), migration, ...more });

export const migrations: Malformed[] = [
    ...["lang", "$meta", "$meta.", "meta lang", 'metadata["a]', "$other.key", "metadata[0]"].map((from) => ({
        it: `refuses ${from} for a place in JSON`,
        args: read(from),
        told: [["fields[2].from", "MV043", "no place in JSON"]] satisfies Malformed["told"],
    })),
    {
        it: "refuses two places for one field's values",
        args: read("$meta.lang", { previousName: "language" }),
        told: [["fields[2].from", "MV043", "one place"]],
    },
    {
        it: "refuses to read a vector from JSON",
        args: smallProgram({ name: "v", dataType: "FloatVector", dim: 2, from: "metadata.v" }),
        told: [["fields[2].from", "MV043", "migration.transform"]],
    },
    {
        it: "refuses a key from elsewhere",
        args: {
            fields: [
                { name: "id", dataType: "Int64", isPrimaryKey: true, from: "$meta.id" },
                { name: "vector", dataType: "FloatVector", dim: 4 },
            ],
        },
        told: [["fields[0].from", "MV043", "primary key"]],
    },
    {
        it: "refuses to read what a function makes",
        args: {
            ...smallProgram(
                { name: "text", dataType: "VarChar", enableAnalyzer: true },
                { name: "sparse", dataType: "SparseFloatVector", from: "$meta.sparse" },
            ),
            functions: [
                { name: "bm25", type: "BM25", inputFieldNames: ["text"], outputFieldNames: ["sparse"] },
            ],
        },
        told: [
            ["fields[3].from", "MV043", "not read from JSON"],
            ["fields[3].from", "MV036", "filled by a function"],
        ],
    },
    {
        it: "refuses a loss that there is not, and guesses",
        args: migrating({ allow: ["narow:score", "drop:notes"] }),
        told: [["migration.allow[0]", "MV081", 'Did you mean "narrow"?']],
    },
    {
        it: "refuses a loss of nothing, and a name where there is none",
        args: migrating({ allow: ["drop", "narrow:", "memory:8"] }),
        told: [
            ["migration.allow[0]", "MV081", 'Write "drop:" and the name of the field'],
            ["migration.allow[1]", "MV081", 'Write "narrow:"'],
            ["migration.allow[2]", "MV081", 'Write "memory" alone'],
        ],
    },
    {
        it: "refuses to demote where there is no dynamic field",
        args: migrating({ moveToDynamicField: ["page"] }),
        told: [["migration.moveToDynamicField[0]", "MV045", "enableDynamicField: true"]],
    },
    {
        it: "refuses to demote a field that stays",
        args: migrating({ moveToDynamicField: ["page", "vector"] }, { enableDynamicField: true }),
        told: [["migration.moveToDynamicField[1]", "MV044", "field of the program"]],
    },
    {
        it: "refuses a transform without a path",
        args: migrating({ transform: "" }),
        told: [["migration.transform", "MV001", "another value"]],
    },
    {
        it: "refuses a transform that is called in no way that there is",
        args: migrating({
            transform: { modul: "./embed.js", batchRows: 0, concurrency: 65, retries: "often" },
        }),
        told: [
            ["migration.transform.modul", "MV002", 'Did you mean "module"?'],
            ["migration.transform.batchRows", "MV005", "at least 1"],
            ["migration.transform.concurrency", "MV005", "at most 64"],
            ["migration.transform.retries", "MV001", "a number"],
        ],
    },
    {
        it: "refuses a way of writing that there is not, and lists those there are",
        args: migrating({ writes: "both" }),
        told: [["migration.writes", "MV004", "Write one of online, paused"]],
    },
    {
        it: "guesses a misspelt way of writing",
        args: migrating({ writes: "onlin" }),
        told: [["migration.writes", "MV004", 'Did you mean "online"?']],
    },
    {
        it: "refuses yes or no for a way of writing",
        args: migrating({ writes: true }),
        told: [["migration.writes", "MV001", "one of online, paused, not true or false"]],
    },
    {
        it: "refuses times and paces that are no numbers",
        args: migrating({ grace: "10 s", maxWritePause: null, maxRowsPerSecond: "fast" }),
        told: [
            ["migration.grace", "MV001", "a number, not text"],
            ["migration.maxWritePause", "MV001", "a number, not null"],
            ["migration.maxRowsPerSecond", "MV001", "a number, not text"],
        ],
    },
    {
        it: "refuses times and paces below the least",
        args: migrating({ grace: -1, maxWritePause: -0.5, maxRowsPerSecond: 0 }),
        told: [
            ["migration.grace", "MV005", "at least 0"],
            ["migration.maxWritePause", "MV005", "at least 0"],
            ["migration.maxRowsPerSecond", "MV005", "at least 1"],
        ],
    },
    {
        it: "refuses a grace of more than a day, and a pause of more than an hour",
        args: migrating({ grace: 86_401, maxWritePause: 3_601 }),
        told: [
            ["migration.grace", "MV005", "at most 86400"],
            ["migration.maxWritePause", "MV005", "at most 3600"],
        ],
    },
    {
        it: "refuses a part of a row a second",
        args: migrating({ maxRowsPerSecond: 0.5 }),
        told: [["migration.maxRowsPerSecond", "MV001", "a whole number, not 0.5"]],
    },
    {
        it: "guesses the misspelt name of a pause",
        args: migrating({ maxWritesPause: 3 }),
        told: [["migration.maxWritesPause", "MV002", 'Did you mean "maxWritePause"?']],
    },
];
