import { isMilvusError, MilvusError } from "../../milvus/transport/errors";
import { isCoded, RunError } from "../../migration/errors";
import type { Props } from "../session/props";

const HINT =
    "`pulumi refresh` and `pulumi destroy` use the configuration of the last `pulumi up`. To use the current one, add --run-program";

/**
 * The engine configures a provider with what the program said last, and runs no program for a refresh or a destroy
 * (pulumi/pulumi#4981): a server that has moved since is not found, though the configuration is right. The error says so.
 */
export async function withLastConfiguration<T>(props: Props, call: () => Promise<T>): Promise<T> {
    try {
        return await call();
    } catch (error) {
        if (props.connection !== undefined) throw error;
        throw hinted(error);
    }
}

function hinted(error: unknown): unknown {
    // The code is the end of a message.
    const isConnection =
        isMilvusError(error, "unreachable", "timeout", "tls", "certificate", "unauthenticated") ||
        isCoded(error, "MV316") ||
        isCoded(error, "MV360");
    if (!isConnection) return error;
    const text = `${error.message.replace(/ \[MV\d{3}\]$/, "").replace(/\.$/, "")}. ${HINT}`;
    return error instanceof MilvusError
        ? new MilvusError(error.kind, text, error.serverCode)
        : new RunError(error.code, text);
}
