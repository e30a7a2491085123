import type { CodeEntry } from "../../inputs/report/code";

/** Databases that resources are in. */
export const databases = {
    MV460: {
        title: "The database of a resource does not exist",
        severity: "error",
        retryable: false,
        example:
            "collection docs: there is no database library. Create it, or correct the name; where this program declares it, write the output of its Database (database: library.name), so that Pulumi creates it first",
    },
    MV461: {
        title: "Pulumi does not know that the database comes first",
        severity: "warning",
        retryable: false,
        fix: "Write the output of the Database: `database: library.name`",
        example:
            "database: library is text, and this program declares that database as library. Pulumi may create docs before it, and drop it before docs. Write the output instead (database: library.name)",
    },
    MV462: {
        title: "The database of a grant does not exist",
        severity: "warning",
        retryable: false,
        example:
            "grant readers: there is no database library. The role has these privileges in the next database of that name. Create it, or correct the name; where this program declares it, write the output of its Database (database: library.name)",
    },
} as const satisfies Record<`MV4${number}`, CodeEntry>;
