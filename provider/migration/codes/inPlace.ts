import type { CodeEntry } from "../../inputs/report/code";

/** Changes in place that a server makes later than it says, or not at all. */
export const inPlace = {
    MV366: {
        title: "An index is still being built on the server",
        severity: "warning",
        retryable: false,
        example:
            "docs: the server has not finished index image on image (0 of 5,000 rows) and goes on building it. Searches in image are complete, but slower",
    },
    MV367: {
        title: "Not released, because the server would not build the index",
        severity: "error",
        retryable: true,
        example:
            "docs_3fa9c1d: not released, 3 of 10 segments do not have the current schema, and the server builds no index until they do. Run `pulumi up` again when it has finished them",
    },
    MV368: {
        title: "A proxy of the server does not follow an alias",
        severity: "warning",
        retryable: false,
        example:
            "alias live: points at docs_ba4d643 now, but a proxy of the server still answers for its former target (milvus-io/milvus#51313)",
    },
    MV369: {
        title: "The server would not find the collection after a rename",
        severity: "error",
        retryable: true,
        example:
            "name: docs is not renamed, because Milvus 2.6.10 records that it is in the database archive, and could not find it under another name until it is restarted (milvus-io/milvus#47721). Upgrade to Milvus 2.6.11 or later, then run `pulumi up` again",
    },
    MV371: {
        title: "Rows changed while they were filled in place",
        severity: "error",
        retryable: true,
        example:
            'docs_3fa9c1d: 2 rows have no value of lang after the backfill, the first has the key 17: a client has written them, though migration.writes is "paused"',
    },
    MV370: {
        title: "A proxy of the server does not follow a rename",
        severity: "warning",
        retryable: false,
        fix: "Restart the proxies before clients write under the name",
        example:
            "docs was renamed, but a proxy of the server still answers for the collection that had the name before",
    },
} as const satisfies Record<`MV3${number}`, CodeEntry>;
