import { isMilvusError, type ErrorKind } from "../transport/errors";

/**
 * What a call about roles gives; undefined where the server has none, or does not let this provider do it. A provider that
 * may not administer roles does its work all the same, and a person is told what is left to do.
 */
export async function unlessRefused<T>(
    work: () => Promise<T>,
    refused?: (message: string, kind: ErrorKind) => void,
): Promise<T | undefined> {
    try {
        return await work();
    } catch (error) {
        if (
            !isMilvusError(
                error,
                "forbidden",
                "unauthenticated",
                "rejected",
                "invalid",
                "unsupported",
                "not-found",
            )
        )
            throw error;
        refused?.(error.message, error.kind);
        return undefined;
    }
}
