import type { CodeEntry } from "../code";

/** Vector fields and indexes. */
export const vectors = {
    MV050: {
        title: "A collection has at least one vector field",
        severity: "error",
        retryable: false,
        example: "fields: No field is a vector. Milvus needs one, such as a FloatVector with its dim",
    },
    MV051: {
        title: "There are too many fields",
        severity: "error",
        retryable: false,
        example: "fields: A collection has at most 64 fields, not 65",
    },
    MV052: {
        title: "There are more vector fields than a server allows by default",
        severity: "warning",
        retryable: false,
        example:
            "fields: The collection has 5 vector fields. Servers accept 4 unless proxy.maxVectorFieldNum is higher (at most 10)",
    },
    MV060: {
        title: "The index names an unknown field",
        severity: "error",
        retryable: false,
        example: 'indexes[0].field: There is no field "zzz". Declare it in fields',
    },
    MV061: {
        title: "The metric does not fit the field",
        severity: "error",
        retryable: false,
        example: "indexes[0].metricType: VarChar has no metric. Omit metricType",
    },
    MV062: {
        title: "The index type does not fit the field",
        severity: "error",
        retryable: false,
        example:
            "indexes[0].indexType: INVERTED is for scalars, not for a FloatVector. Write AUTOINDEX, or a vector index",
    },
    MV063: {
        title: "The index type is unknown",
        severity: "warning",
        retryable: false,
        example: 'indexes[0].indexType: "HNSW2" is not a known index type. Did you mean "HNSW"?',
    },
    MV064: {
        title: "The field already has an index",
        severity: "error",
        retryable: false,
        example: "indexes[1].field: vector already has an index. Omit this one",
    },
    MV065: {
        title: "The gate names a field that is no vector",
        severity: "error",
        retryable: false,
        example: 'migration.gate.fields[0]: There is no vector field "vectr". Did you mean "vector"?',
    },
} as const satisfies Record<`MV0${number}`, CodeEntry>;
