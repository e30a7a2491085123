import type { CodeEntry } from "../../provider/inputs/report/code";

/** MV570 to MV579: reports and saved plans. Approved plans are of the core: MV560 to MV569. */
export const report = {
    MV570: {
        title: "A report or a plan cannot be written",
        severity: "error",
        retryable: false,
        example:
            "--report: reports/docs.html cannot be written (ENOENT). Give a file in a folder that exists and that this user can write to",
    },
} as const satisfies Record<`MV5${number}`, CodeEntry>;
