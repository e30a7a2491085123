import { readFileSync } from "node:fs";

import { type ChannelOptions, Client, type ChannelCredentials, credentials, Metadata } from "@grpc/grpc-js";

import type { Connection } from "../inputs/schema/connection";
import { MilvusError } from "./errors";

/** A message holds at most 64 MB on a server as it is delivered; the client itself sets no limit. */
const options: ChannelOptions = {
    "grpc.max_send_message_length": -1,
    "grpc.max_receive_message_length": -1,
    // HTTP/2 lets 64 KB be on their way unless told otherwise: an answer of megabytes would stop every few packets.
    "grpc-node.flow_control_window": 8 * 1024 * 1024,
    // A server that comes back is noticed within two seconds; the default lets this grow to two minutes.
    "grpc.initial_reconnect_backoff_ms": 200,
    "grpc.max_reconnect_backoff_ms": 2_000,
};

/** `http(s)://host:port`, `host:port` or `host` as gRPC wants it; Milvus listens on 19530, Zilliz Cloud on 443. */
function endpoint(connection: Pick<Connection, "address" | "ssl">): { target: string; ssl: boolean } {
    const [, scheme, rest] = /^(?:(https?):\/\/)?(.*?)\/*$/.exec(connection.address) ?? [];
    const host = rest ?? connection.address;
    const ssl = connection.ssl || scheme === "https";
    const port = /:\d+$/.test(host) ? "" : scheme === "https" ? ":443" : ":19530";
    return { target: `${host}${port}`, ssl };
}

/** Opens nothing yet: gRPC connects with the first call. */
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
            return readFileSync(path);
        } catch (error) {
            throw new MilvusError(
                "certificate",
                `${path}: the certificate file cannot be read (${(error as Error).message}). Give the path of a file that this user may read`,
            );
        }
    };
    return credentials.createSsl(
        read(connection.caFile),
        read(connection.clientKeyFile),
        read(connection.clientCertFile),
    );
}

/** Who calls, and which database: `token` stands for `user:password` or an API key (Milvus docs, "Authenticate User Access"). */
export function callMetadata(connection: Connection): Metadata {
    const metadata = new Metadata();
    const secret =
        connection.token ??
        (connection.username ? `${connection.username}:${connection.password ?? ""}` : undefined);
    if (secret !== undefined) metadata.set("authorization", Buffer.from(secret).toString("base64"));
    if (connection.database) metadata.set("dbname", connection.database);
    return metadata;
}
