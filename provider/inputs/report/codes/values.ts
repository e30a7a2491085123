import type { CodeEntry } from "../code";

/** Values of fields, and where they come from. */
export const values = {
    MV030: {
        title: "This type has no default value",
        severity: "error",
        retryable: false,
        example:
            "fields[2].defaultValue: JSON cannot have a default value. To set the value of existing rows, use backfill",
    },
    MV031: {
        title: "The value does not fit the type of its field",
        severity: "error",
        retryable: false,
        example: "fields[2].backfill[0].x: x is missing",
    },
    MV032: {
        title: "The value is out of the range of its type",
        severity: "error",
        retryable: false,
        example: "fields[2].backfill[1]: 300 is out of range. An Int8 is from -128 to 127",
    },
    MV033: {
        title: "The integer exceeds what a number holds exactly",
        severity: "error",
        retryable: false,
        example:
            "fields[2].backfill: 9007199254740992 is beyond 2^53 and may be rounded. Write it as a string of digits",
    },
    MV034: {
        title: "The value is longer than its field allows",
        severity: "error",
        retryable: false,
        example: "fields[2].backfill[1]: The text has 4 bytes, but maxLength is 2",
    },
    MV035: {
        title: "The vector has the wrong length",
        severity: "error",
        retryable: false,
        example: "fields[2].backfill: The vector has 2 elements but needs 3",
    },
    MV036: {
        title: "A function fills this field",
        severity: "error",
        retryable: false,
        example: "fields[3].from: sparse is filled by a function. Omit its from",
    },
    MV040: {
        title: "A field is renamed to its own name",
        severity: "error",
        retryable: false,
        example: 'fields[2].previousName: The field is already named "a". Omit previousName',
    },
    MV041: {
        title: "Two fields have the same previous name",
        severity: "error",
        retryable: false,
        example:
            'fields[3].previousName: "x" is also the previousName of a. Only one field can take its values',
    },
    MV042: {
        title: "The previous name belongs to another field",
        severity: "error",
        retryable: false,
        example:
            'fields[2].previousName: The program still declares a field "b". Omit that field, or set its previousName',
    },
    MV043: {
        title: "The source of a field's values is not valid",
        severity: "error",
        retryable: false,
        example: "fields[0].from: A primary key keeps its values. Omit from",
    },
    MV044: {
        title: "A field of the program cannot move to the dynamic field",
        severity: "error",
        retryable: false,
        example:
            'migration.moveToDynamicField[1]: "vector" is a field of the program. Omit it from fields or from moveToDynamicField',
    },
    MV045: {
        title: "The dynamic field is off",
        severity: "error",
        retryable: false,
        example: "migration.moveToDynamicField[0]: The dynamic field is off. Set enableDynamicField: true",
    },
} as const satisfies Record<`MV0${number}`, CodeEntry>;
