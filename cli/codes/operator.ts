import type { CodeEntry } from "../../provider/inputs/report/code";

/** MV500 to MV519: the command line, the connection, and the operator's commands. */
export const operator = {
    MV500: {
        title: "The command line cannot be read",
        severity: "error",
        retryable: false,
        example:
            "unknown option '--colection' (Did you mean --collection?). `pulumi-milvus status --help` lists the options",
    },
    MV501: {
        title: "A question needs an answer, and nobody can be asked",
        severity: "error",
        retryable: false,
        example: "drop 2 collections: there is no terminal to ask on. No changes made. Add --yes to agree",
    },
    MV502: {
        title: "The answer to the question was no",
        severity: "error",
        retryable: false,
        example: "drop 2 collections: not agreed to. No changes made",
    },
    MV503: {
        title: "The file with a token or a password cannot be read",
        severity: "error",
        retryable: false,
        example:
            "--password-file: /run/secrets/milvus cannot be read (ENOENT). Give a file that this user can read, or - for the standard input",
    },
    MV504: {
        title: "The Pulumi stack cannot be read",
        severity: "error",
        retryable: false,
        example:
            "--stack: no stack named 'prod' found. Name a stack that `pulumi stack ls` lists, in its folder or with --cwd",
    },
    MV505: {
        title: "There is no such migration, or more than one",
        severity: "error",
        retryable: false,
        example:
            "localhost:19530: 2 migrations are under way. No changes made. Name one of them: docs_7529f88 → docs_ba4d643, logs_1111111 → logs_2222222",
    },
    MV506: {
        title: "A migration cannot be paused any more",
        severity: "error",
        retryable: false,
        example:
            "docs_ba4d643: not paused, all rows are copied. Let the run end, or end it with `pulumi-milvus abort`",
    },
    MV507: {
        title: "A run works on the migration that is to be ended",
        severity: "error",
        retryable: true,
        example:
            "docs_ba4d643: a run works on it (process 4711 on build-3). No changes made. Stop that run first, or add --force: then it fails",
    },
    MV508: {
        title: "A migration that has switched cannot be ended",
        severity: "error",
        retryable: false,
        example:
            "docs_ba4d643: clients use it already, and docs_7529f88 lacks their writes. No changes made. Let the run end; where the old collection is retained then, go back with `pulumi-milvus rollback`",
    },
    MV509: {
        title: "A state of Pulumi may have the new collection already",
        severity: "error",
        retryable: false,
        example:
            "docs_ba4d643: is whole, and the state of search/prod may have it as the collection of search/prod/docs. No changes made. Run `pulumi up` with the same program to switch to it; where the state does not have it, say so with --stack",
    },
    MV510: {
        title: "There is no such alias",
        severity: "error",
        retryable: false,
        example:
            "localhost:19530, database default: there is no alias docs. No changes made. `pulumi-milvus aliases list` shows what there is",
    },
    MV511: {
        title: "The alias exists and points elsewhere",
        severity: "error",
        retryable: false,
        example:
            "alias docs: points at docs_v1. No changes made. `pulumi-milvus aliases switch docs docs_v2` moves it",
    },
    MV512: {
        title: "An interrupted rollback is not ended",
        severity: "error",
        retryable: false,
        example:
            "docs_7529f88: is no copy: a rollback has restored it, and its rows are nowhere else. No changes made. Run `pulumi up` with the same program to finish the rollback",
    },
    MV513: {
        title: "Nothing is retained to go back to",
        severity: "error",
        retryable: false,
        example:
            "docs: nothing is retained behind it. No changes made. A migration retains the old collection with `migration.keepPrevious`; `pulumi-milvus status` shows what is retained",
    },
    MV514: {
        title: "The program of a stack has to roll back",
        severity: "error",
        retryable: false,
        example:
            'docs_ba4d643 is managed by the Pulumi stack search/prod (resource docs), whose state would not know docs_7529f88. No changes made. Give the resource the schema of the retained collection and migration: { rollback: "previous" }, and run `pulumi up`: no row is copied again',
    },
} as const satisfies Record<`MV5${number}`, CodeEntry>;
