import type { CodeEntry } from "../../provider/inputs/report/code";

/** MV540 to MV559: the command `pull`. */
export const pull = {
    MV540: {
        title: "The folder for the program holds files already, or is none",
        severity: "error",
        retryable: false,
        example:
            "--out: /srv/milvus holds files already (index.ts, Pulumi.yaml), and nothing is overwritten. Name an empty folder, or one that does not exist",
    },
    MV541: {
        title: "The server has no such database or collection",
        severity: "error",
        retryable: false,
        example: "--collection: localhost:19530 has no collection dosc. Did you mean docs?",
    },
    MV542: {
        title: "A collection belongs to a stack already, and is left out",
        severity: "warning",
        retryable: false,
        example:
            "collection docs: left out, it belongs to shop/prod/docs. The program of that stack declares it",
    },
    MV543: {
        title: "No arguments declare an object as it is, and it is left out",
        severity: "warning",
        retryable: false,
        example:
            "collection events: left out, this release cannot declare it: fields: At least one field is a vector. [MV050]",
    },
    MV544: {
        title: "A collection has something that no argument declares",
        severity: "warning",
        retryable: false,
        fix: "It stays on the server; what a migration does with it, its plan says",
        example:
            "collection docs: it has namespaces, which no argument declares. They stay on this collection; a new one does not get them",
    },
    MV545: {
        title: "This user may not read a kind of objects, and they are left out",
        severity: "warning",
        retryable: false,
        example:
            "users: left out, this user may not list them (PrivilegeSelectUser). Connect as a user who may, or declare them by hand",
    },
    MV546: {
        title: "A file of the program cannot be written",
        severity: "error",
        retryable: false,
        example:
            "--out: /srv/milvus/index.ts cannot be written (EACCES). Name a folder that this user can write to",
    },
    MV547: {
        title: "There is nothing to pull",
        severity: "error",
        retryable: false,
        example: "localhost:19530 has nothing that a program can declare. No files were written",
    },
    MV548: {
        title: "A value looks like a secret, and stands in the configuration of the stack",
        severity: "warning",
        retryable: false,
        example:
            "collection docs: functions[0].params.api_key looks like a secret. The program reads it from the configuration: `pulumi config set --secret docsApiKey`",
    },
} as const satisfies Record<`MV5${number}`, CodeEntry>;
