import type { MilvusError } from "../../provider/milvus/transport/errors";

/** Returns the error of a call that must fail. */
export async function failure(call: Promise<unknown>): Promise<MilvusError> {
    const error = await call.then(
        () => undefined,
        (error: unknown) => error,
    );
    if (error === undefined) throw new Error("the call succeeded");
    return error as MilvusError;
}

/** The result of a call: `ok`, or the server's error number and the kind of the error. */
export async function outcome(call: Promise<unknown>): Promise<string> {
    return call.then(
        () => "ok",
        (error: unknown) => {
            const { serverCode, kind } = error as MilvusError;
            return `${serverCode ?? ""} ${kind}`.trim();
        },
    );
}
