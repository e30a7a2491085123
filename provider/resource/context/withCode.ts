import { codes as runCodes, RunError } from "../../migration/errors";
import { codes as serverCodes } from "../../milvus/transport/codes";
import { MilvusError } from "../../milvus/transport/errors";
import { WireError } from "../../wire";

/** An error as a user gets it, with a code. One that nothing else gave a code is a bug of ours. */
export function withCode(error: unknown): Error {
    if (error instanceof RunError || error instanceof MilvusError) return error;
    return Object.assign(codedOf(error), { cause: error });
}

/**
 * The SDK's dynamic provider writes `${error}: ${error.stack}` to its standard error for each failed check, diff, read and
 * delete, before the engine shows the message. An expected error shows its code and title there; a bug keeps its trace.
 */
export function withoutTrace(error: Error): Error {
    const { code } = error as { code?: unknown };
    const entry = (titles as Record<string, { title: string } | undefined>)[String(code)];
    if (!entry || code === "MV348") return error;
    return Object.defineProperties(error, {
        toString: { value: () => String(code) },
        stack: { value: entry.title, configurable: true, writable: true },
    });
}

const titles = { ...runCodes, ...serverCodes };

function codedOf(error: unknown): Error {
    const message = error instanceof Error ? error.message.replace(/\.$/, "") : String(error);
    if (error instanceof WireError)
        switch (error.problem.kind) {
            // Every pass that maps rows names the key itself; a row without one still gets the code.
            case "null-refused":
            case "does-not-fit":
                return new RunError("MV309", `${message}. Change the row, or the schema`);
            case "malformed":
            case "missing-column":
                return new MilvusError("bad-answer", message);
            case "bad-value":
            case "unsupported":
                break;
        }
    return new RunError(
        "MV348",
        `${message}. This is a bug of pulumi-milvus. Report it with this message and the versions of pulumi-milvus and of the server`,
    );
}
