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
        args: migrating({ demote: ["page"] }),
        told: [["migration.demote[0]", "MV044", "enableDynamicField: true"]],
    },
    {
        it: "refuses to demote a field that stays",
        args: migrating({ demote: ["page", "vector"] }, { enableDynamicField: true }),
        told: [["migration.demote[1]", "MV044", "field of the program"]],
    },
    {
        it: "refuses a transform without a path",
        args: migrating({ transform: "" }),
        told: [["migration.transform", "MV001", "another value"]],
    },
];
