import { status } from "@grpc/grpc-js";

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
        fix: "Grant the privilege to the user of the connection, or connect as another user",
        example: "CreateCollection docs: the user of this connection lacks the privilege",
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
        example: "Insert docs: 1000 rows were sent, the server stored 999",
    },
    MV226: {
        title: "pulumi-milvus uses the protocol incorrectly (a bug)",
        severity: "error",
        retryable: false,
        fix: "Report the bug with the full message",
        example:
            "the Milvus protocol has no method Descibe. This is a bug of pulumi-milvus, please report it",
    },
} as const satisfies Record<`MV2${number}`, CodeEntry>;

/**
 * The kind of an error, so that callers check only `error.kind`. `not-found` and `exists` refer to the collection,
 * alias, database, partition or index that the call named.
 */
export type ErrorKind = keyof typeof codeOfKind;

export const codeOfKind = {
    unreachable: "MV201",
    timeout: "MV202",
    unauthenticated: "MV203",
    forbidden: "MV204",
    tls: "MV205",
    lost: "MV206",
    "not-found": "MV210",
    exists: "MV211",
    unsupported: "MV212",
    invalid: "MV213",
    "rate-limited": "MV214",
    "too-large": "MV215",
    "not-loaded": "MV216",
    rejected: "MV220",
    "bad-answer": "MV221",
    certificate: "MV222",
    stalled: "MV223",
    "build-failed": "MV224",
    "short-write": "MV225",
    internal: "MV226",
} as const satisfies Record<string, keyof typeof codes>;

export class MilvusError extends Error {
    readonly code: keyof typeof codes;

    constructor(
        readonly kind: ErrorKind,
        message: string,
        /** Milvus' error number, if the server sent one (merr codes, 2.3 and later). */
        readonly serverCode?: number,
    ) {
        super(`${message} [${codeOfKind[kind]}]`);
        this.name = "MilvusError";
        this.code = codeOfKind[kind];
    }
}

export function isMilvusError(error: unknown, ...kinds: ErrorKind[]): error is MilvusError {
    return error instanceof MilvusError && (kinds.length === 0 || kinds.includes(error.kind));
}

/** True if it is unknown whether the server executed the call. */
export function isConnectionTrouble(error: unknown): error is MilvusError {
    return isMilvusError(error, "unreachable", "timeout", "stalled", "lost", "tls", "certificate");
}

/** Milvus' error numbers (merr, 2.3 to 3.0); milvus-lite uses the same numbers for the errors it has. */
const kindOfCode: Record<number, ErrorKind> = {
    2: "lost",
    8: "rate-limited",
    9: "rate-limited",
    100: "not-found",
    101: "not-loaded",
    200: "not-found",
    700: "not-found",
    800: "not-found",
    801: "exists",
    1100: "invalid",
    1400: "unauthenticated",
    1401: "unauthenticated",
    1402: "unauthenticated",
    1403: "forbidden",
    1600: "not-found",
    1601: "exists",
    1602: "exists",
};

/** If the number is 1 or 65535 (unexpected), only the text identifies the error. */
const kindOfReason: [RegExp, ErrorKind][] = [
    [/already exist|conflict/i, "exists"],
    [/not exist|not found|can't find/i, "not-found"],
    [/auth check failure|not authenticated|missing authorization/i, "unauthenticated"],
    [/permission deny|permission denied/i, "forbidden"],
    [/not loaded/i, "not-loaded"],
    [/unimplemented|not implemented/i, "unsupported"],
];

interface Status {
    error_code?: unknown;
    code?: unknown;
    reason?: unknown;
}

/** Throws unless the status is a success, which means `error_code` "Success" and `code` 0. */
export function checkStatus(what: string, answer: Status): void {
    const legacy = answer.error_code ?? "Success";
    const code = Number(answer.code ?? 0);
    if ((legacy === "Success" || legacy === 0) && code === 0) return;
    const reason =
        typeof answer.reason === "string" && answer.reason !== ""
            ? answer.reason
            : `error ${JSON.stringify(legacy)}`;
    const kindFromText = kindOfReason.find(([pattern]) => pattern.test(reason))?.[1];
    throw new MilvusError(kindOfCode[code] ?? kindFromText ?? "rejected", `${what}: ${reason}`, code);
}

interface GrpcFailure {
    code: status;
    details: string;
}

/** Converts a gRPC failure to a message with the place and the next step. `address` contains no credential. */
export function fromGrpc(
    what: string,
    address: string,
    failure: GrpcFailure,
    seconds: number,
    hadAnswers: boolean,
): MilvusError {
    const details = plain(failure.details);
    switch (failure.code) {
        case status.UNAVAILABLE:
            if (/certificate|SSL|TLS|wrong version number|EPROTO/i.test(details))
                return new MilvusError(
                    "tls",
                    `${address}: the TLS connection failed (${details}). Check milvus:ssl and the certificate files`,
                );
            if (hadAnswers)
                return new MilvusError(
                    "lost",
                    `${what}: the connection to ${address} was lost (${details}). Run the command again when the server is back; every step can be repeated`,
                );
            return new MilvusError(
                "unreachable",
                `${address}: no Milvus answers there (${details}). Start the server, or set milvus:address to host:port`,
            );
        case status.DEADLINE_EXCEEDED:
            return new MilvusError(
                "timeout",
                `${what}: ${address} did not answer within ${seconds} s. Check the server, or raise milvus:timeout`,
            );
        case status.CANCELLED:
            return new MilvusError("lost", `${what}: the call to ${address} was cancelled`);
        case status.UNAUTHENTICATED:
            return new MilvusError(
                "unauthenticated",
                `${address}: token or password rejected (${details}). Set milvus:token, or milvus:username and milvus:password`,
            );
        case status.PERMISSION_DENIED:
            return new MilvusError(
                "forbidden",
                `${what}: the user of this connection lacks the privilege (${details})`,
            );
        case status.UNIMPLEMENTED:
            return new MilvusError(
                "unsupported",
                `${what}: the server at ${address} does not support this call`,
            );
        case status.RESOURCE_EXHAUSTED:
            return /larger than max|message size/i.test(details)
                ? new MilvusError("too-large", `${what}: ${details}`)
                : new MilvusError("rate-limited", `${what}: ${details}`);
        default: {
            const kindFromText = kindOfReason.find(([pattern]) => pattern.test(details))?.[1];
            return new MilvusError(
                kindFromText ?? "rejected",
                `${what}: ${details || `gRPC status ${failure.code}`}`,
            );
        }
    }
}

/** The cause without gRPC's prefix; for an OpenSSL error, only its reason. */
function plain(details: string): string {
    return details
        .replace(/^No connection established\. Last error: (Error: )?/, "")
        .replace(/\.? Resolution note:\s*$/, "")
        .replace(/[0-9A-F]+:error:[0-9A-F]+:[^:]*:[^:]*:([^:]*):.*/s, "$1")
        .trim();
}
