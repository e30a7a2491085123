import type { CodeEntry } from "../../inputs/report/code";

/** Copies that many workers make. */
export const shards = {
    MV380: {
        title: "Workers copy the shards of a copy",
        severity: "error",
        retryable: true,
        example:
            "docs_ba4d643: workers copy the shards 2, 5; 6 of 8 shards are copied. Wait until all are, or stop the workers, then run `pulumi up` again",
    },
    MV381: {
        title: "The copy is cut into another number of shards",
        severity: "error",
        retryable: false,
        example:
            "docs_ba4d643: is cut into 8 shards, not 16, and a cut stays. Start the workers with --of 8, with as many at once as you like",
    },
    MV382: {
        title: "A copy cannot be made by several workers",
        severity: "error",
        retryable: false,
        example:
            "docs_ba4d643: cannot be copied by several workers: every row gets a new primary key, so that a row that was sent twice is not found. Let one process copy it: `pulumi up`",
    },
    MV383: {
        title: "The progress of a shard belongs to another cut",
        severity: "error",
        retryable: false,
        example:
            "docs_ba4d643: the progress of shard 3 belongs to another cut. Nothing was switched. Drop the copy with `pulumi-milvus abort`, and begin the migration again",
    },
} as const satisfies Record<string, CodeEntry>;
