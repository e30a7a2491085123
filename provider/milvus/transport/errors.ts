import { status } from "@grpc/grpc-js";

import type { codes } from "./codes";

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
    "not-ready": "MV227",
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

/** A vector that was added to a loaded collection is not in memory until the load is refreshed (issue 47873). */
export function isFieldNotLoaded(error: unknown): boolean {
    return isMilvusError(error) && /field \S+ is not loaded/i.test(error.message);
}

/** Milvus' error numbers (merr, 2.3 to 3.0); milvus-lite uses the same numbers for the errors it has. */
const kindOfCode: Record<number, ErrorKind> = {
    2: "lost",
    8: "rate-limited",
    9: "rate-limited",
    100: "not-found",
    101: "not-loaded",
    // While nodes are balanced, restarted or behind a change of the schema (merr: "not fully loaded", "on recovering",
    // "schema mismatch", "schema version not ready", "replica not available", "channel not available", "node state").
    103: "not-ready",
    106: "not-ready",
    109: "not-ready",
    110: "not-ready",
    401: "not-ready",
    503: "not-ready",
    905: "not-ready",
    200: "not-found",
    700: "not-found",
    800: "not-found",
    // The number of databases is exceeded.
    801: "rejected",
    1100: "invalid",
    1400: "unauthenticated",
    // The privilege is not permitted.
    1401: "forbidden",
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

/**
 * A result that is too large for the server, under the number 65535 or 1100. Source: the proxy's `maxOutputSize` (100 MiB)
 * and `maxQueryResultWindow` (16,384 rows by default), both configurable, 2.4 to 3.0.
 */
const tooLarge = /results? exceeds? the .*limit|max query result window/i;

/** The former change of the schema has not reached every segment: 1100 on 3.0.0, later the number 1. Source: rootcoord, 3.0. */
const schemaBehind = /schema version consistency check failed/i;

/**
 * Two changes at the same moment: milvus-lite writes both to one temporary file, which the first of them moves away. In memory
 * both are made, and repeating the second writes them. Source: schema/persistence.py and db.py, 3.2.2.
 */
const movedAway = /No such file or directory: '[^']*\.tmp' -> '/;

interface Status {
    error_code?: unknown;
    code?: unknown;
    reason?: unknown;
    retriable?: unknown;
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
    throw new MilvusError(kindOf(code, reason, answer.retriable === true), `${what}: ${reason}`, code);
}

function kindOf(code: number, reason: string, isRetriable: boolean): ErrorKind {
    if (tooLarge.test(reason)) return "too-large";
    if (schemaBehind.test(reason) || movedAway.test(reason)) return "not-ready";
    const kindFromText = kindOfReason.find(([pattern]) => pattern.test(reason))?.[1];
    // The server says itself that the same call may succeed later (2.3 and later).
    return kindOfCode[code] ?? (isRetriable ? "not-ready" : (kindFromText ?? "rejected"));
}

interface GrpcFailure {
    code: status;
    details: string;
}

/** Converts a gRPC failure to a message with the place and the next step. `address` contains no credential; `denial` says who lacks what. */
export function fromGrpc(
    what: string,
    address: string,
    failure: GrpcFailure,
    seconds: number,
    hadAnswers: boolean,
    denial: (details: string) => string,
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
            return new MilvusError("forbidden", `${what}: ${denial(details)}`);
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
