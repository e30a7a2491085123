import type { PlanEntry } from "../planEntry";

/** About settings of the collection that the program does not mention, and what hangs on it. */
export const settings = {
    MV170: {
        title: "The collection has settings that this release does not know",
        severity: "error",
        retryable: false,
        about: "server",
        loss: { explicit: false, allow: "setting" },
        example: "name: docs has settings that this release does not know (schema.fields[2] #18)",
    },
    MV171: {
        title: "The rows are files outside of Milvus",
        severity: "error",
        retryable: false,
        about: "server",
        loss: { explicit: false, allow: "setting" },
        example: "name: docs is an external collection, the new one holds copies of its rows",
    },
    MV172: {
        title: "The collection has namespaces",
        severity: "error",
        retryable: false,
        about: "server",
        loss: { explicit: false, allow: "setting" },
        example: "name: docs has namespaces, which the new collection does not get",
    },
    MV173: {
        title: "The collection has row policies",
        severity: "error",
        retryable: false,
        about: "server",
        loss: { explicit: false, allow: "setting" },
        example: "name: docs has the row policies own_rows, which the new collection does not get",
    },
    MV174: {
        title: "Snapshots are dropped with the collection",
        severity: "error",
        retryable: false,
        about: "server",
        loss: { explicit: false, allow: "setting" },
        example: "name: the snapshots nightly of docs are dropped with it",
    },
    MV175: {
        title: "Settings that the program does not mention are kept",
        severity: "note",
        retryable: false,
        about: "server",
        example: "name: kept as on the server: property mmap.enabled=true, mmap.enabled=true of text",
    },
    MV176: {
        title: "A setting that the program does not mention cannot be kept",
        severity: "warning",
        retryable: false,
        about: "server",
        example: "name: not kept: index page_idx on page (its type changes)",
    },
    MV470: {
        title: "The server does not know a setting of memory",
        severity: "warning",
        retryable: false,
        about: "server",
        example:
            "fields[1].warmup: milvus 2.5.16 has no warmup of a field, and keeps text as it is configured. Omit warmup, or use Milvus 2.6.11 or later",
    },
    MV471: {
        title: "The server does not support analyzers by language",
        severity: "error",
        retryable: false,
        about: "server",
        example:
            "fields[1].multiAnalyzerParams: milvus 2.5.4 analyzes all texts of a field alike. Use analyzerParams, or Milvus 2.5.11 or later",
    },
    MV451: {
        title: "What hangs on the collection cannot be listed",
        severity: "warning",
        retryable: false,
        about: "server",
        fix: "Grant the privilege that the message names (docs/security.md), and run the preview again",
        example:
            "name: row policies or snapshots of docs, if there are any, go with it: they cannot be listed (ListSnapshots docs: deployer lacks the privilege ListSnapshots on Collection docs, database default)",
    },
} as const satisfies Record<`MV${1 | 4}${number}`, PlanEntry>;
