import type { CodeEntry } from "../../inputs/report/code";

/** Plans that a stack approves before they are carried out. */
export const approval = {
    MV560: {
        title: "The plan is not an approved one",
        severity: "error",
        retryable: false,
        example:
            "docs: no changes made, this is not the approved plan; the lines that differ follow. Review it, then `pulumi config set milvus:approvedPlan sha256:…`",
    },
    MV561: {
        title: "The approved plan cannot be read",
        severity: "error",
        retryable: false,
        example:
            "milvus:approvedPlan: plan.json: its plan is not that of its hash: somebody edited it. Save the plan again",
    },
    MV562: {
        title: "The plan is compared with the approved one only at `pulumi up`",
        severity: "warning",
        retryable: false,
        example:
            "docs: partitions holds what is known only at `pulumi up`: its plan is compared with the approved one then, before the collection changes",
    },
} as const satisfies Record<string, CodeEntry>;
