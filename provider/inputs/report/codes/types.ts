import type { CodeEntry } from "../code";

/** What a data type takes. */
export const types = {
    MV020: {
        title: "A dense vector needs its dimension",
        severity: "error",
        retryable: false,
        example: "fields[1].dim: A FloatVector needs dim, its number of dimensions",
    },
    MV021: {
        title: "This type has no dimension",
        severity: "error",
        retryable: false,
        example: "fields[2].dim: Int64 has no dim. Omit it",
    },
    MV022: {
        title: "The dimension does not fit the vector type",
        severity: "error",
        retryable: false,
        example: "fields[2].dim: dim is 1. It must be from 2 to 32768",
    },
    MV023: {
        title: "This type has no maximum length",
        severity: "error",
        retryable: false,
        example: "fields[2].maxLength: Only a VarChar has a maxLength, not Int8. Omit it",
    },
    MV024: {
        title: "An Array needs its element type and its capacity",
        severity: "error",
        retryable: false,
        example: "fields[2].elementType: An Array needs elementType, the type of its elements",
    },
    MV025: {
        title: "The element type does not fit",
        severity: "error",
        retryable: false,
        example: 'fields[2].elementType: An Array cannot hold "Varchar". Did you mean "VarChar"?',
    },
    MV026: {
        title: "A Struct needs its fields",
        severity: "error",
        retryable: false,
        example: "fields[2].fields: A Struct needs its fields, such as fields: [{ name, dataType }]",
    },
    MV027: {
        title: "This type has no analyzer",
        severity: "error",
        retryable: false,
        example: "fields[2].enableAnalyzer: Only a VarChar has an analyzer, not Int8. Omit it",
    },
    MV028: {
        title: "Nullable vectors need Milvus 2.6.18",
        severity: "warning",
        retryable: false,
        example: "fields[2].nullable: A nullable FloatVector needs Milvus 2.6.18 or later",
    },
    MV029: {
        title: "Nullable Arrays of Structs need Milvus 3.0",
        severity: "warning",
        retryable: false,
        example: "fields[2].nullable: A nullable Array of Structs needs Milvus 3.0 or later",
    },
    MV037: {
        title: "This type has no elements",
        severity: "error",
        retryable: false,
        example: "fields[2].maxCapacity: Only an Array has a maxCapacity, not VarChar. Omit it",
    },
    MV038: {
        title: "This type has no fields",
        severity: "error",
        retryable: false,
        example: "fields[2].fields: Only an Array of Struct has fields. Omit them",
    },
    MV039: {
        title: "A Struct cannot hold this type",
        severity: "error",
        retryable: false,
        example: "fields[2].fields[0].dataType: A Struct cannot hold JSON. Make it a separate field",
    },
    MV053: {
        title: "The argument needs an analyzer",
        severity: "error",
        retryable: false,
        example: "fields[2].enableMatch: enableMatch needs an analyzer. Set enableAnalyzer",
    },
} as const satisfies Record<`MV0${number}`, CodeEntry>;
