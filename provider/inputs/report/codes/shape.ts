import type { CodeEntry } from "../code";

/** The kind, the name and the number of arguments. */
export const shape = {
    MV001: {
        title: "The value is of the wrong kind",
        severity: "error",
        retryable: false,
        example: "fields: fields must be a list, not text",
    },
    MV002: {
        title: "The argument is unknown",
        severity: "error",
        retryable: false,
        example: 'nam: Unknown argument "nam". Did you mean "name"?',
    },
    MV003: {
        title: "A required argument is missing",
        severity: "error",
        retryable: false,
        example: "name: name is missing. It must be text",
    },
    MV004: {
        title: "The value is not one of the known values",
        severity: "error",
        retryable: false,
        example: 'migration.writes: "onlin" is not a known value. Did you mean "online"?',
    },
    MV005: {
        title: "The number is out of range",
        severity: "error",
        retryable: false,
        example: "shardsNum: shardsNum is 17. It must be at most 16",
    },
    MV006: {
        title: "The arguments are nested too deeply or too large",
        severity: "error",
        retryable: false,
        example:
            "fields[2].backfill.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner.inner....",
    },
    MV007: {
        title: "The name is not valid",
        severity: "error",
        retryable: false,
        example: "name: The name of a collection has at most 255 characters, this one has 256",
    },
    MV008: {
        title: "The name is reserved",
        severity: "error",
        retryable: false,
        example: "fields[2].name: $meta is reserved by the server. Choose another name",
    },
    MV009: {
        title: "The name is used twice",
        severity: "error",
        retryable: false,
        example: 'fields[3].name: There is already a field "a". Choose another name',
    },
    MV019: {
        title: "The name is a keyword of the filter language",
        severity: "warning",
        retryable: false,
        example:
            'fields[2].name: "like" is a keyword of the filter language. Milvus 2.5 and later reject it as the name of a field',
    },
} as const satisfies Record<`MV0${number}`, CodeEntry>;
