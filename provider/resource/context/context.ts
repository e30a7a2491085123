import type { Connection } from "../../inputs/schema/connection";
import type { MilvusClient } from "../../milvus/transport/client";
import { RunError } from "../../migration/errors";
import type { Report } from "../../migration/report";
import { capabilities, isMilvus } from "../../observe/capabilities";
import type { Capabilities } from "../../observe/state";
import type { TelemetrySettings } from "../../telemetry/settings";
import type { Props } from "../session/props";
import type { Policy } from "./policy";
import type { Session } from "../session/session";

/** Prints a line for people; a status is replaced by the next one. */
export type Print = (line: string, kind?: "status") => void;

/** What a resource needs from outside: where the server is, where lines for people go, and what this run knows. */
export interface Context {
    /** The connection of a resource: its own argument, else the stack's configuration, else the environment. */
    connection: (props: Props) => Connection;
    print: Print;
    /** Shows the progress of a migration; absent where it becomes lines. */
    report?: (name: string) => Report;
    policy: () => Policy;
    /** Names of all settings of the stack (`milvus:address`), of each namespace; empty where Pulumi does not tell them. */
    settings: () => readonly string[];
    /** Name of the explicit provider whose arguments the settings are; absent where they are the stack's configuration. */
    provider?: string;
    /** Whether metrics or spans are asked for; absent or undefined where they are not. */
    telemetry?: () => TelemetrySettings | undefined;
    session: Session;
}

export interface Server {
    client: MilvusClient;
    capabilities: Capabilities;
}

/** Errors: those of the connection; `MV360` where something else than Milvus answers. */
export async function server({ connection, session }: Context, props: Props): Promise<Server> {
    const client = await session.clients.connect(connection(props));
    const known = await capabilities(client);
    // Only a server without a version can be none: the others have said what they are.
    if (known.version === undefined && !(await isMilvus(client)))
        throw new RunError(
            "MV360",
            `${client.target}: a server answers there, but it is no Milvus: it knows none of its calls. Set milvus:address to the gRPC port of Milvus, or let the proxy forward gRPC`,
        );
    return { client, capabilities: known };
}
