import { RunError } from "../../migration/errors";
import { MilvusError } from "../../milvus/transport/errors";
import { WireError } from "../../wire";

/** An error as a user gets it, with a code. One that nothing else gave a code is a bug of ours. */
export function withCode(error: unknown): Error {
    if (error instanceof RunError || error instanceof MilvusError) return error;
    return Object.assign(codedOf(error), { cause: error });
}

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
