import type { CodeEntry } from "../../inputs/report/code";

/** Codes of all errors between the provider and a server; docs/findings.md is generated from this table. */
export const codes = {
    MV201: {
        title: "No server answers at the address",
        severity: "error",
        retryable: true,
        example:
            "localhost:19530: no Milvus answers there. Start the server, or set milvus:address to host:port",
    },
    MV202: {
        title: "The server did not answer in time",
        severity: "error",
        retryable: true,
        example:
            "DescribeCollection docs: localhost:19530 did not answer within 30 s. Check the server, or raise milvus:timeout",
    },
    MV203: {
        title: "The server rejects the token or the password",
        severity: "error",
        retryable: true,
        example:
            "localhost:19530: token or password rejected. Set milvus:token, or milvus:username and milvus:password",
    },
    MV204: {
        title: "The user lacks the privilege",
        severity: "error",
        retryable: false,
        fix: "Grant the privilege that the message names to a role of the user (docs/security.md), or connect as another user. Then run the command again",
        example:
            'LoadCollection docs_3fa9c1d: deployer lacks the privilege Load on Collection docs_3fa9c1d, database default. Grant it to a role of this user, on all collections, because a migration creates new ones: grant_privilege_v2(role, "Load", "*", "default") (pymilvus), and run the command again',
    },
    MV205: {
        title: "The TLS connection failed",
        severity: "error",
        retryable: false,
        example: "milvus.example:443: the TLS connection failed. Check milvus:ssl and the certificate files",
    },
    MV206: {
        title: "The connection was lost during a call",
        severity: "error",
        retryable: true,
        example:
            "Insert docs: the connection was lost. Run the command again when the server is back; every step can be repeated",
    },
    MV210: {
        title: "The object does not exist on the server",
        severity: "error",
        retryable: false,
        fix: "Run `pulumi refresh`, then `pulumi up`",
        example: "DropPartition docs/y2023: partition not found",
    },
    MV211: {
        title: "The name is taken on the server",
        severity: "error",
        retryable: false,
        fix: "Choose another name, or remove the object that has it",
        example: "CreateAlias live: a collection of that name exists",
    },
    MV212: {
        title: "The server does not support this call",
        severity: "error",
        retryable: false,
        fix: "Remove the argument from the program, or use a newer Milvus",
        example: "RenameCollection docs: the server at localhost:19530 does not support this call",
    },
    MV213: {
        title: "The server rejects an argument",
        severity: "error",
        retryable: false,
        fix: "Correct the argument that the server names",
        example: "CreateIndex docs.vector: invalid index type",
    },
    MV214: {
        title: "The server limits the rate of calls",
        severity: "error",
        retryable: true,
        fix: "Lower `migration.maxRowsPerSecond`, or raise the limits of the server, and run the command again",
        example: "Insert docs: rate limit exceeded",
    },
    MV215: {
        title: "A message is too large",
        severity: "error",
        retryable: false,
        fix: "Lower `migration.batchBytes`",
        example: "Query docs: message larger than max",
    },
    MV216: {
        title: "The collection is not loaded",
        severity: "error",
        retryable: true,
        fix: "Run the command again. If it fails again, load the collection",
        example: "Query docs: collection not loaded",
    },
    MV220: {
        title: "The server rejects the call for another reason",
        severity: "error",
        retryable: true,
        fix: "Check the reason and the server's log, then run the command again",
        example: "LoadCollection docs: insufficient memory",
    },
    MV221: {
        title: "The answer cannot be read",
        severity: "error",
        retryable: false,
        fix: "Check that the address belongs to a Milvus server of a supported version",
        example: "DescribeCollection docs: the answer of localhost:19530 has no status",
    },
    MV222: {
        title: "A certificate file cannot be read",
        severity: "error",
        retryable: false,
        example:
            "ca.pem: the certificate file cannot be read (ENOENT). Set the path of a file that this user can read",
    },
    MV223: {
        title: "An index build or a load makes no progress",
        severity: "error",
        retryable: true,
        example: "the indexes of docs: no progress for 10 minutes. Check the server's log",
    },
    MV224: {
        title: "An index could not be built",
        severity: "error",
        retryable: true,
        fix: "Check the server's log, then run the command again",
        example: "CreateIndex docs.vector: the build failed",
    },
    MV225: {
        title: "The server stored fewer rows than it was sent",
        severity: "error",
        retryable: false,
        fix: "Check the server's log. The next run restarts the copy",
        example: "Insert docs: 1,000 rows sent, the server stored 999",
    },
    MV226: {
        title: "pulumi-milvus uses the protocol incorrectly (a bug)",
        severity: "error",
        retryable: false,
        fix: "Report the bug with the full message",
        example:
            "the Milvus protocol has no method Descibe. This is a bug of pulumi-milvus, please report it",
    },
    MV227: {
        title: "The server is not ready for the call",
        severity: "error",
        retryable: true,
        fix: "Wait until the server has balanced its nodes, then run the command again",
        example: "Query docs: collection not fully loaded",
    },
} as const satisfies Record<`MV2${number}`, CodeEntry>;
