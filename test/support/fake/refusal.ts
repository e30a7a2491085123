/** A call that the server rejects. `code` is Milvus' error number (merr), 65535 if Milvus has no specific one. */
export class Refusal extends Error {
    constructor(
        readonly code: number,
        readonly reason: string,
        readonly isRetriable = false,
    ) {
        super(reason);
    }
}

/** Milvus' error numbers. Source: pkg/util/merr/errors.go, 2.4 to 3.0. */
export const codes = {
    rateLimit: 8,
    quotaExceeded: 9,
    collectionNotFound: 100,
    collectionNotLoaded: 101,
    collectionNotFullyLoaded: 103,
    collectionLoaded: 104,
    schemaMismatch: 109,
    partitionNotFound: 200,
    partitionNotLoaded: 201,
    indexNotFound: 700,
    indexDuplicate: 702,
    databaseNotFound: 800,
    invalid: 1100,
    notAuthenticated: 1400,
    notPermitted: 1401,
    aliasNotFound: 1600,
    aliasConflict: 1601,
    aliasExists: 1602,
    unexpected: 65535,
} as const;

export function refuse(code: keyof typeof codes, reason: string): never {
    throw new Refusal(codes[code], reason);
}

/** Throws a refusal unless the condition is true. */
export function demand(holds: boolean, code: keyof typeof codes, reason: string): asserts holds {
    if (!holds) refuse(code, reason);
}
