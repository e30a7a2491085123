import type { CodeEntry } from "../../provider/inputs/report/code";

/** MV590 to MV594: the workers of a copy. */
export const work = {
    MV590: {
        title: "The shard of a worker cannot be read",
        severity: "error",
        retryable: false,
        example:
            "--shard: 8 is no shard of 8: they are numbered from 0 to 7. Give --shard 0 to 7, or leave it out where JOB_COMPLETION_INDEX says it",
    },
} as const satisfies Record<`MV5${number}`, CodeEntry>;
