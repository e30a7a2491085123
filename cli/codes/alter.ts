import type { CodeEntry } from "../../provider/inputs/report/code";

/** MV520 to MV539: `alter`, `plan`, `verify` and `schema`. */
export const alter = {
    MV520: {
        title: "There is no collection or alias of this name",
        severity: "error",
        retryable: false,
        example:
            'localhost:19530: there is no collection and no alias docs in the database default. Did you mean "docs_v1"?',
    },
    MV521: {
        title: "A Pulumi stack manages the collection",
        severity: "error",
        retryable: false,
        example:
            "docs is managed by the Pulumi stack site/prod (resource docs): its next `pulumi up` would undo the change. No changes made. Change the collection in that program and run `pulumi up`",
    },
    MV522: {
        title: "An interrupted run changes the collection under another name",
        severity: "error",
        retryable: true,
        example:
            "docs_v1: an interrupted `pulumi-milvus alter --collection docs` has begun to change it. No changes made. Run that command again to finish it, or end it with `pulumi-milvus abort`",
    },
    MV523: {
        title: "The schema file cannot be read",
        severity: "error",
        retryable: false,
        example:
            "--schema: schema.json cannot be read (ENOENT). Give a file that this user can read, or - for the standard input",
    },
    MV524: {
        title: "The schema file is neither JSON nor YAML",
        severity: "error",
        retryable: false,
        example: "schema.json:3:5: Missing , between flow collection items. Write JSON or YAML",
    },
    MV525: {
        title: "The schema is wrong",
        severity: "error",
        retryable: false,
        example:
            'schema.json: the schema is wrong; no changes made: schema.json:2:50: [0].max_lenght: Unknown argument "max_lenght". Did you mean "max_length"? [MV002]',
    },
    MV526: {
        title: "Two collections do not hold the same rows",
        severity: "error",
        retryable: false,
        example: "docs_v2 does not hold the rows of docs: 2 missing (17, 23); 1 different (5)",
    },
    MV527: {
        title: "Two collections cannot be compared",
        severity: "error",
        retryable: false,
        example:
            "docs_v2 cannot be compared with docs: the primary key is id (Int64) there, and key (VarChar) here. Compare collections with the same primary key",
    },
} as const satisfies Record<`MV52${number}`, CodeEntry>;
