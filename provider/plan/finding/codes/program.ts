import type { PlanEntry } from "../planEntry";

/** About what the program says. */
export const program = {
    MV102: {
        title: "The previousName names no field",
        severity: "warning",
        retryable: false,
        about: "program",
        example: "fields[3].previousName: no field is named pagenum; page counts as a new field",
    },
    MV113: {
        title: "Primary keys cannot be regenerated",
        severity: "error",
        retryable: false,
        about: "program",
        example: "migration.primaryKeys: keys cannot be regenerated, id has no autoId",
    },
    MV122: {
        title: "Part of the program is unknown until `pulumi up`",
        severity: "note",
        retryable: false,
        about: "program",
        example: "fields: part of it is unknown during the preview, `pulumi up` plans it",
    },
    MV188: {
        title: "The migration cannot be detached",
        severity: "error",
        retryable: false,
        about: "program",
        example:
            "migration.detach: A worker cannot make this copy: the module ./embed.js is on the machine of the program. Omit detach: `pulumi up` then copies the rows",
    },
    MV150: {
        title: "No collection is retained for a rollback",
        severity: "error",
        retryable: false,
        about: "program",
        example: "migration.rollback: no collection is retained behind docs_ba4d643",
    },
    MV151: {
        title: "The retained collection cannot be restored",
        severity: "error",
        retryable: false,
        about: "program",
        example: "migration.rollback: docs_3fa9c1d differs from the program: text: maxLength 64 -> 128",
    },
} as const satisfies Record<`MV1${number}`, PlanEntry>;
