import { status } from "@grpc/grpc-js";

/**
 * What went wrong, told once here so that elsewhere `error.kind` is enough.
 * `not-found` and `exists` speak of the collection, alias, database, partition or index that the call named.
 */
export type ErrorKind = keyof typeof codes;

/** Codes of everything that can go wrong between the provider and a server; the docs' table is made from this one. */
export const codes = {
    unreachable: {
        code: "MV201",
        title: "nothing answers at the address",
        example:
            "localhost:19530: no Milvus answers there. Start the server, or set milvus:address to host:port",
    },
    timeout: {
        code: "MV202",
        title: "the server did not answer in time",
        example:
            "DescribeCollection docs: localhost:19530 did not answer within 30 s. Check the server, or raise milvus:timeout",
    },
    unauthenticated: {
        code: "MV203",
        title: "token or password refused",
        example:
            "localhost:19530: token or password refused. Set milvus:token, or milvus:username and milvus:password",
    },
    forbidden: {
        code: "MV204",
        title: "the user may not do this",
        example: "CreateCollection docs: the user of this connection may not do this",
    },
    tls: {
        code: "MV205",
        title: "no TLS connection",
        example: "milvus.example:443: no TLS connection. Check milvus:ssl and the certificate files",
    },
    lost: {
        code: "MV206",
        title: "the connection was lost midway",
        example:
            "Insert docs: the connection was lost. Nothing is half done: run it again when the server is back",
    },
    "not-found": {
        code: "MV210",
        title: "not on the server",
        example: "DropPartition docs/y2023: partition not found",
    },
    exists: {
        code: "MV211",
        title: "already on the server",
        example: "CreateAlias live: there is a collection of that name",
    },
    unsupported: {
        code: "MV212",
        title: "the server cannot do this",
        example: "RenameCollection docs: the server at localhost:19530 does not know this call",
    },
    invalid: {
        code: "MV213",
        title: "the server refuses an argument",
        example: "CreateIndex docs.vector: invalid index type",
    },
    "rate-limited": {
        code: "MV214",
        title: "the server asks for a slower pace",
        example: "Insert docs: rate limit exceeded",
    },
    "too-large": {
        code: "MV215",
        title: "message too large",
        example: "Query docs: message larger than max",
    },
    "not-loaded": {
        code: "MV216",
        title: "collection not loaded",
        example: "Query docs: collection not loaded",
    },
    rejected: {
        code: "MV220",
        title: "the server refuses",
        example: "LoadCollection docs: insufficient memory",
    },
    "bad-answer": {
        code: "MV221",
        title: "an answer that cannot be read",
        example: "Insert docs: 1000 rows were sent, the server took 999",
    },
} as const;

export class MilvusError extends Error {
    readonly code: string;

    constructor(
        readonly kind: ErrorKind,
        message: string,
        /** Milvus' own number, where the server gave one (merr codes, 2.3 and later). */
        readonly serverCode?: number,
    ) {
        super(`${message} [${codes[kind].code}]`);
        this.name = "MilvusError";
        this.code = codes[kind].code;
    }
}

export function isMilvusError(error: unknown, ...kinds: ErrorKind[]): error is MilvusError {
    return error instanceof MilvusError && (kinds.length === 0 || kinds.includes(error.kind));
}

/** True where nothing is known of what the server did: it may have carried the call out. */
export function isConnectionTrouble(error: unknown): error is MilvusError {
    return isMilvusError(error, "unreachable", "timeout", "lost", "tls");
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
