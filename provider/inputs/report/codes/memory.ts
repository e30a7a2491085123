import type { CodeEntry } from "../code";

/** How fields and indexes are kept in memory, and analyzers by language. */
export const memory = {
    MV472: {
        title: "An Array of Structs has no memory setting of its own",
        severity: "error",
        retryable: false,
        example:
            "fields[2].mmap: Milvus keeps the fields of an Array of Structs as it does those of the collection. Omit mmap here, and set the property mmap.enabled",
    },
    MV473: {
        title: "The index type cannot be mapped from the disk",
        severity: "error",
        retryable: false,
        example:
            "indexes[0].mmap: DISKANN cannot be mapped from the disk. Omit mmap, or choose another index type",
    },
    MV474: {
        title: "An argument and a parameter say different things",
        severity: "error",
        retryable: false,
        example: 'indexes[0].mmap: mmap is true, and params["mmap.enabled"] is "False". Omit the parameter',
    },
    MV475: {
        title: "The analyzers by language have no default",
        severity: "error",
        retryable: false,
        example:
            'fields[2].multiAnalyzerParams: analyzers has no "default", which analyzes every text of another language. Add it',
    },
    MV476: {
        title: "The field that names the language does not fit",
        severity: "error",
        retryable: false,
        example:
            'fields[2].multiAnalyzerParams: by_field is "page", of the type Int64. Write the name of a VarChar field',
    },
    MV477: {
        title: "An alias of a language names no analyzer",
        severity: "error",
        retryable: false,
        example:
            'fields[2].multiAnalyzerParams: alias "xx" names the analyzer 1, which analyzers lacks. Add it to analyzers',
    },
    MV478: {
        title: "Analyzers by language exclude another argument",
        severity: "error",
        retryable: false,
        example:
            "fields[2].multiAnalyzerParams: Text match uses one analyzer for all rows. Omit enableMatch, or multiAnalyzerParams",
    },
    MV479: {
        title: "Nothing reads the analyzers by language",
        severity: "warning",
        retryable: false,
        example:
            "fields[2].multiAnalyzerParams: No BM25 function reads t, so its analyzers have no effect. Add a function, or omit them",
    },
} as const satisfies Record<`MV4${number}`, CodeEntry>;
