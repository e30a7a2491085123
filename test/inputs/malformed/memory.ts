import { type Args, smallProgram } from "../program";
import type { Malformed } from "./case";

const structs = {
    name: "chunks",
    dataType: "Array",
    elementType: "Struct",
    maxCapacity: 4,
    fields: [{ name: "page", dataType: "Int64" }],
};
const onVector = (index: Args): Args => ({ ...smallProgram(), indexes: [{ field: "vector", ...index }] });

const analyzers = { english: { type: "english" }, default: { type: "standard" } };
const multi = { analyzers, by_field: "language" };

/** A program whose field `text` a BM25 function reads. */
function byLanguage(multiAnalyzerParams: unknown, others: Args = {}): Args {
    const text = { name: "text", dataType: "VarChar", enableAnalyzer: true, multiAnalyzerParams, ...others };
    return {
        ...smallProgram(
            text,
            { name: "language", dataType: "VarChar", maxLength: 8 },
            { name: "page", dataType: "Int64" },
            { name: "sparse", dataType: "SparseFloatVector" },
        ),
        functions: [{ name: "bm25", type: "BM25", inputFieldNames: ["text"], outputFieldNames: ["sparse"] }],
    };
}

const place = "fields[2].multiAnalyzerParams";

export const memory: Malformed[] = [
    {
        it: "refuses mmap of an Array of Structs",
        args: smallProgram({ ...structs, mmap: true }),
        expected: [["fields[2].mmap", "MV472", "set the property mmap.enabled"]],
    },
    {
        it: "refuses warmup of an Array of Structs",
        args: smallProgram({ ...structs, warmup: "sync" }),
        expected: [["fields[2].warmup", "MV472", "set the property warmup.vectorField"]],
    },
    {
        it: "refuses another warmup",
        args: smallProgram({ name: "text", dataType: "VarChar", warmup: "at the first search" }),
        expected: [["fields[2].warmup", "MV004", "Write one of sync, disable"]],
    },
    {
        it: "refuses mmap of DISKANN",
        args: onVector({ indexType: "DISKANN", mmap: true }),
        expected: [["indexes[0].mmap", "MV473", "DISKANN cannot be mapped"]],
    },
    {
        it: "refuses mmap of a GPU index, also as a parameter",
        args: onVector({ indexType: "GPU_CAGRA", params: { "mmap.enabled": "True" } }),
        expected: [["indexes[0].params", "MV473", "GPU_CAGRA cannot be mapped"]],
    },
    {
        it: "refuses an argument and a parameter that say different things",
        args: onVector({
            mmap: true,
            warmup: "sync",
            params: { "mmap.enabled": "False", warmup: "disable" },
        }),
        expected: [
            ["indexes[0].mmap", "MV474", 'params["mmap.enabled"] is "False"'],
            ["indexes[0].warmup", "MV474", 'params["warmup"] is "disable"'],
        ],
    },
    {
        it: "refuses analyzers by language that are no object",
        args: byLanguage("english"),
        expected: [[place, "MV001", "must be an object"]],
    },
    {
        it: "requires a default analyzer, and the field of the language",
        args: byLanguage({ analyzers: { english: { type: "english" } } }),
        expected: [
            [place, "MV475", 'no "default"'],
            [place, "MV476", "by_field is missing"],
        ],
    },
    {
        it: "suggests the field of the language",
        args: byLanguage({ ...multi, by_field: "langage" }),
        expected: [[place, "MV476", 'Did you mean "language"?']],
    },
    {
        it: "refuses a language that is no text",
        args: byLanguage({ ...multi, by_field: "page" }),
        expected: [[place, "MV476", "of the type Int64"]],
    },
    {
        it: "suggests the analyzer of an alias",
        args: byLanguage({ ...multi, alias: { en: "englsh", us: "english" } }),
        expected: [[place, "MV477", 'Did you mean "english"?']],
    },
    {
        it: "refuses an alias that is no text",
        args: byLanguage({ ...multi, alias: { xx: 1 } }),
        expected: [[place, "MV477", 'alias "xx" names the analyzer 1']],
    },
    {
        it: "refuses aliases that are no object",
        args: byLanguage({ ...multi, alias: "english" }),
        expected: [[place, "MV001", "must be an object of texts"]],
    },
    {
        it: "refuses analyzers by language beside text match",
        args: byLanguage(multi, { enableMatch: true }),
        expected: [[place, "MV478", "Text match"]],
    },
    {
        it: "refuses analyzers by language beside one for all",
        args: byLanguage(multi, { analyzerParams: { type: "english" } }),
        expected: [[place, "MV478", "Omit one of them"]],
    },
    {
        it: "refuses analyzers by language of a field without an analyzer",
        args: { ...byLanguage(multi, { enableAnalyzer: false }), functions: [] },
        expected: [[place, "MV053", "Set enableAnalyzer"]],
    },
];
