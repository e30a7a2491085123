import { readFileSync } from "node:fs";

import { type ChannelOptions, Client, type ChannelCredentials, credentials, Metadata } from "@grpc/grpc-js";

import type { Connection } from "../../inputs/schema/connection";
import { programFile } from "../../inputs/values/programFile";
import { MilvusError } from "./errors";

/** A server accepts messages of at most 64 MB by default; the client sets no limit. */
const options: ChannelOptions = {
    "grpc.max_send_message_length": -1,
    "grpc.max_receive_message_length": -1,
    // The default HTTP/2 window of 64 KB would interrupt an answer of megabytes every few packets.
    "grpc-node.flow_control_window": 8 * 1024 * 1024,
    // The client notices a returning server within two seconds; the default lets the backoff grow to two minutes.
    "grpc.initial_reconnect_backoff_ms": 200,
    "grpc.max_reconnect_backoff_ms": 2_000,
};

/** Parses `http(s)://host:port`, `host:port` or `host` for gRPC; Milvus listens on 19530, Zilliz Cloud on 443. */
function endpoint(connection: Pick<Connection, "address" | "ssl">): { target: string; ssl: boolean } {
    const [, scheme, rest] = /^(?:(https?):\/\/)?(.*?)\/*$/.exec(connection.address) ?? [];
    const host = rest ?? connection.address;
    const ssl = connection.ssl || scheme === "https";
    const port = /:\d+$/.test(host) ? "" : scheme === "https" ? ":443" : ":19530";
    return { target: `${host}${port}`, ssl };
}

/** `host:port` of a connection, in one spelling, without a credential. */
export function targetOf(connection: Pick<Connection, "address" | "ssl">): string {
    return endpoint(connection).target.toLowerCase();
}

/** Whether the connection uses TLS: the setting or an `https` address says so. */
export const usesTls = (connection: Pick<Connection, "address" | "ssl">): boolean => endpoint(connection).ssl;

/** Opens no connection yet: gRPC connects with the first call. */
export function openChannel(connection: Connection): { channel: Client; target: string } {
    const { target, ssl } = endpoint(connection);
    const tlsOptions: ChannelOptions = connection.serverName
        ? {
              "grpc.ssl_target_name_override": connection.serverName,
              "grpc.default_authority": connection.serverName,
          }
        : {};
    return {
        channel: new Client(target, ssl ? tls(connection) : credentials.createInsecure(), {
            ...options,
            ...tlsOptions,
        }),
        target,
    };
}

function tls(connection: Connection): ChannelCredentials {
    const read = (path: string | undefined): Buffer | null => {
        if (path === undefined) return null;
        try {
            return readFileSync(programFile(path));
        } catch (error) {
            throw new MilvusError(
                "certificate",
                `${path}: the certificate file cannot be read (${(error as Error).message}). Set the path of a file that this user can read`,
            );
        }
    };
    return credentials.createSsl(
        read(connection.caFile),
        read(connection.clientKeyFile),
        read(connection.clientCertFile),
    );
}

/**
 * Credentials and database of a call: `token` is `user:password` or an API key (Milvus docs, "Authenticate User
 * Access").
 */
export function callMetadata(connection: Connection): Metadata {
    const metadata = new Metadata();
    const secret =
        connection.token ??
        (connection.username ? `${connection.username}:${connection.password ?? ""}` : undefined);
    if (secret !== undefined) metadata.set("authorization", Buffer.from(secret).toString("base64"));
    if (connection.database) metadata.set("dbname", connection.database);
    return metadata;
}
