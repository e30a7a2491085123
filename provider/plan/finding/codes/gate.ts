import type { PlanEntry } from "../planEntry";

/** About the queries that a gate asks before the cutover. */
export const gate = {
    MV190: {
        title: "The gate is not asked, because the change is made in place",
        severity: "warning",
        retryable: false,
        about: "program",
        example:
            'migration.gate: the index of vector changes in place, so no queries are asked before. Set migration: { indexes: "shadow" }',
    },
    MV191: {
        title: "Exact search cannot be computed for a vector field",
        severity: "warning",
        retryable: false,
        about: "rows",
        example:
            "migration.gate: the hits of sparse are compared with those of the old collection: exact search is not computed for the metric BM25",
    },
    MV192: {
        title: "A vector field is not asked by the gate",
        severity: "warning",
        retryable: false,
        about: "rows",
        example:
            "migration.gate: sparse is not asked: rows cannot be sampled as queries of a BM25 function. Write queries with text to a file, and set migration.gate.queries",
    },
    MV193: {
        title: "The gate has nothing to ask",
        severity: "error",
        retryable: false,
        about: "rows",
        example:
            "migration.gate: no vector field can be asked. Write queries to a file, set migration.gate.queries, or remove migration.gate",
    },
    MV194: {
        title: "Latencies of a vector field cannot be compared",
        severity: "warning",
        retryable: false,
        about: "rows",
        example:
            "migration.gate.maxLatencyRatio: the old collection has no counterpart of vector, so its latency is not judged",
    },
} as const satisfies Record<`MV1${number}`, PlanEntry>;
