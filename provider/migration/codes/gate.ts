import type { CodeEntry } from "../../inputs/report/code";

/** The queries that both collections answer before the cutover. */
export const gate = {
    MV430: {
        title: "The new collection is below the bar of the gate",
        severity: "error",
        retryable: true,
        fix: "Search more thoroughly (`migration.gate.searchParams`), change the index, or lower the bar. The next `pulumi up` asks again; only a changed index copies again",
        example:
            "docs_ba4d643: migration.gate: vector: recall at 10 is 0.412, and minRecall is 0.95. Clients keep using docs_3fa9c1d",
    },
    MV431: {
        title: "The file or the module of the gate cannot be read",
        severity: "error",
        retryable: true,
        example:
            "migration.gate.queries: ./queries.jsonl cannot be read (ENOENT). Give the path of a JSON file, relative to the program's folder or to that of Pulumi.yaml",
    },
    MV432: {
        title: "A query of the gate does not fit",
        severity: "error",
        retryable: true,
        example:
            "migration.gate.queries: ./queries.jsonl, query 3: the vector has 64 elements, and vector needs 128",
    },
    MV433: {
        title: "The module of the gate fails",
        severity: "error",
        retryable: true,
        example:
            "migration.gate.module: judge of ./gate.js failed: no answer within 10 minutes. The next `pulumi up` asks again",
    },
    MV434: {
        title: "The server refuses a search of the gate",
        severity: "error",
        retryable: true,
        example:
            "docs_ba4d643: migration.gate: the server refuses a search of vector (nprobe out of range). Correct migration.gate.searchParams, or the query",
    },
} as const satisfies Record<`MV43${number}`, CodeEntry>;
