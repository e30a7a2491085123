import { status } from "@grpc/grpc-js";

import type { CodeEntry } from "../inputs/report/code";

/** Codes of everything that can go wrong between the provider and a server; the docs' table is made from this one. */
export const codes = {
    MV201: {
        title: "Nothing answers at the address",
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
        title: "The server refuses the token or the password",
        severity: "error",
        retryable: true,
        example:
            "localhost:19530: token or password refused. Set milvus:token, or milvus:username and milvus:password",
    },
    MV204: {
        title: "The user may not do this",
        severity: "error",
        retryable: false,
        fix: "Grant the privilege to the user of the connection, or connect as another user",
        example: "CreateCollection docs: the user of this connection may not do this",
    },
    MV205: {
        title: "There is no TLS connection",
        severity: "error",
        retryable: false,
        example: "milvus.example:443: no TLS connection. Check milvus:ssl and the certificate files",
    },
    MV206: {
        title: "The connection was lost during a call",
        severity: "error",
        retryable: true,
        example:
            "Insert docs: the connection was lost. Nothing is half done: run it again when the server is back",
    },
    MV210: {
        title: "Not on the server",
        severity: "error",
        retryable: false,
        fix: "Run `pulumi refresh`, then `pulumi up`",
        example: "DropPartition docs/y2023: partition not found",
    },
    MV211: {
        title: "Already on the server",
        severity: "error",
        retryable: false,
        fix: "Choose another name, or remove what has it",
        example: "CreateAlias live: there is a collection of that name",
    },
    MV212: {
        title: "The server cannot do this",
        severity: "error",
        retryable: false,
        fix: "Leave it out of the program, or use a newer Milvus",
        example: "RenameCollection docs: the server at localhost:19530 does not know this call",
    },
    MV213: {
        title: "The server refuses an argument",
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
        fix: "Run the command again; where it fails again, load the collection",
        example: "Query docs: collection not loaded",
    },
    MV220: {
        title: "The server refuses for another reason",
        severity: "error",
        retryable: true,
        fix: "Look at the reason and at the log of the server, and run the command again",
        example: "LoadCollection docs: insufficient memory",
    },
    MV221: {
        title: "The answer cannot be read",
        severity: "error",
        retryable: false,
        fix: "Check that the address is one of a Milvus server of a supported version",
        example: "DescribeCollection docs: localhost:19530 answered without a status",
    },
    MV222: {
        title: "A certificate file cannot be read",
        severity: "error",
        retryable: false,
        example:
            "ca.pem: the certificate file cannot be read (ENOENT). Give the path of a file that this user may read",
    },
    MV223: {
        title: "A build or a load makes no progress",
        severity: "error",
        retryable: true,
        example: "the indexes of docs: no progress for 10 minutes. Look at the server's log",
    },
    MV224: {
        title: "An index could not be built",
        severity: "error",
        retryable: true,
        fix: "Look at the log of the server, and run the command again",
        example: "CreateIndex docs.vector: the build failed",
    },
    MV225: {
        title: "The server stored fewer rows than it was sent",
        severity: "error",
        retryable: false,
        fix: "Look at the log of the server; the next run makes the copy again",
        example: "Insert docs: 1000 rows were sent, the server took 999",
    },
    MV226: {
        title: "A bug of pulumi-milvus in its use of the protocol",
        severity: "error",
        retryable: false,
        fix: "Report it with the whole message",
        example:
            "the Milvus protocol has no method Descibe. This is a bug of pulumi-milvus, please report it",
    },
} as const satisfies Record<`MV2${number}`, CodeEntry>;

/**
 * What went wrong, told once here so that elsewhere `error.kind` is enough.
 * `not-found` and `exists` speak of the collection, alias, database, partition or index that the call named.
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
        /** Milvus' own number, where the server gave one (merr codes, 2.3 and later). */
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

/** True where nothing is known of what the server did: it may have carried the call out. */
export function isConnectionTrouble(error: unknown): error is MilvusError {
    return isMilvusError(error, "unreachable", "timeout", "stalled", "lost", "tls", "certificate");
}

/** Milvus' numbers (merr, 2.3 to 3.0); milvus-lite uses the same for those that it knows. */
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

/** Where the number is 1 or 65535 (unexpected), only the sentence tells. */
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

/** Throws unless a call's status is a success: `error_code` "Success" and `code` 0, nothing else. */
export function checkStatus(what: string, answer: Status): void {
    const legacy = answer.error_code ?? "Success";
    const code = Number(answer.code ?? 0);
    if ((legacy === "Success" || legacy === 0) && code === 0) return;
    const reason =
        typeof answer.reason === "string" && answer.reason !== ""
            ? answer.reason
            : `error ${JSON.stringify(legacy)}`;
    const said = kindOfReason.find(([pattern]) => pattern.test(reason))?.[1];
    throw new MilvusError(kindOfCode[code] ?? said ?? "rejected", `${what}: ${reason}`, code);
}

interface GrpcFailure {
    code: status;
    details: string;
}

/** A failure of the transport, in words that say where and what next. `address` carries no credential. */
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
                    `${address}: no TLS connection (${details}). Check milvus:ssl and the certificate files`,
                );
            if (hadAnswers)
                return new MilvusError(
                    "lost",
                    `${what}: the connection to ${address} was lost (${details}). Nothing is half done: run it again when the server is back`,
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
                `${address}: token or password refused (${details}). Set milvus:token, or milvus:username and milvus:password`,
            );
        case status.PERMISSION_DENIED:
            return new MilvusError(
                "forbidden",
                `${what}: the user of this connection may not do this (${details})`,
            );
        case status.UNIMPLEMENTED:
            return new MilvusError(
                "unsupported",
                `${what}: the server at ${address} does not know this call`,
            );
        case status.RESOURCE_EXHAUSTED:
            return /larger than max|message size/i.test(details)
                ? new MilvusError("too-large", `${what}: ${details}`)
                : new MilvusError("rate-limited", `${what}: ${details}`);
        default: {
            const said = kindOfReason.find(([pattern]) => pattern.test(details))?.[1];
            return new MilvusError(
                said ?? "rejected",
                `${what}: ${details || `gRPC status ${failure.code}`}`,
            );
        }
    }
}

/** The cause without gRPC's frame around it; of an OpenSSL error, its reason alone. */
function plain(details: string): string {
    return details
        .replace(/^No connection established\. Last error: (Error: )?/, "")
        .replace(/\.? Resolution note:\s*$/, "")
        .replace(/[0-9A-F]+:error:[0-9A-F]+:[^:]*:[^:]*:([^:]*):.*/s, "$1")
        .trim();
}
