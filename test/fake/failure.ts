import type { MilvusError } from "../../provider/milvus/transport/errors";

/** The error that a call must end with. */
export async function failure(call: Promise<unknown>): Promise<MilvusError> {
    const error = await call.then(
        () => undefined,
        (error: unknown) => error,
    );
    if (error === undefined) throw new Error("it went well");
    return error as MilvusError;
}

/** What a call ends with: `ok`, or the server's number and the kind of the failure. */
export async function outcome(call: Promise<unknown>): Promise<string> {
    return call.then(
        () => "ok",
        (error: unknown) => {
            const { serverCode, kind } = error as MilvusError;
            return `${serverCode ?? ""} ${kind}`.trim();
        },
    );
}
