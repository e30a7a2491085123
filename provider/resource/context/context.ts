import type { Connection } from "../../inputs/schema/connection";
import type { MilvusClient } from "../../milvus/transport/client";
import { capabilities } from "../../observe/capabilities";
import type { Capabilities } from "../../observe/state";
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
    policy: () => Policy;
    session: Session;
}

export interface Server {
    client: MilvusClient;
    capabilities: Capabilities;
}

export async function server({ connection, session }: Context, props: Props): Promise<Server> {
    const client = await session.clients.connect(connection(props));
    return { client, capabilities: await capabilities(client) };
}
