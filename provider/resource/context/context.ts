import type { Connection } from "../../inputs/connection";
import type { MilvusClient } from "../../milvus/client";
import { connect } from "../../milvus/pool";
import { capabilities } from "../../observe/capabilities";
import type { Capabilities } from "../../observe/state";
import type { Policy } from "./policy";

/** Inputs or outputs of a resource as Pulumi hands them over: plain values, hidden ones among them. */
export type Props = Record<string, unknown>;

/** What a resource needs from outside: where the server is, and where lines for people go. */
export interface Context {
    /** The connection of a resource: its own argument, else the stack's configuration, else the environment. */
    connection: (props: Props) => Connection;
    print: (line: string) => void;
    policy: () => Policy;
}

export interface Server {
    client: MilvusClient;
    capabilities: Capabilities;
}

export async function server(context: Context, props: Props): Promise<Server> {
    const client = await connect(context.connection(props));
    return { client, capabilities: await capabilities(client) };
}
