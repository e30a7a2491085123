import type { CodeEntry } from "../code";

/** Keys and partitions. */
export const keys = {
    MV010: {
        title: "A collection has exactly one primary key",
        severity: "error",
        retryable: false,
        example: "fields: No field is the primary key. Set isPrimaryKey on one Int64 or VarChar field",
    },
    MV011: {
        title: "A primary key is an Int64 or a VarChar",
        severity: "error",
        retryable: false,
        example: "fields[0].dataType: A primary key is an Int64 or a VarChar, not Int32",
    },
    MV012: {
        title: "A primary key has no NULL, default or backfill",
        severity: "error",
        retryable: false,
        example: "fields[0].nullable: A primary key cannot be NULL. Omit nullable",
    },
    MV013: {
        title: "autoId belongs to the primary key",
        severity: "error",
        retryable: false,
        example: "fields[2].autoId: Only the primary key can have autoId. Omit it here",
    },
    MV014: {
        title: "The partition key does not fit",
        severity: "error",
        retryable: false,
        example: "fields[2].nullable: A partition key cannot be NULL. Omit nullable",
    },
    MV015: {
        title: "The clustering key does not fit",
        severity: "error",
        retryable: false,
        example: "fields[2].dataType: A clustering key is a number or a VarChar, not JSON",
    },
    MV016: {
        title: "The server creates the partitions of a partition key",
        severity: "error",
        retryable: false,
        example:
            "partitions: The server creates the partitions of a partition key. Omit partitions; numPartitions sets their number",
    },
    MV017: {
        title: "numPartitions needs a partition key",
        severity: "error",
        retryable: false,
        example:
            "numPartitions: numPartitions needs a partition key. Set isPartitionKey on a field, or declare partitions by name",
    },
    MV018: {
        title: "There are too many partitions",
        severity: "error",
        retryable: false,
        example: "partitions: A collection has at most 4,096 partitions, not 4,097",
    },
} as const satisfies Record<`MV0${number}`, CodeEntry>;
