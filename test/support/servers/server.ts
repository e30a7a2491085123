/** What a server can do, as far as a test wants to ask before it runs. Source: measured on each of them. */
export type Feature =
    | "aliases"
    | "rename"
    | "databases"
    | "partitions"
    | "properties"
    | "nullable"
    | "bm25"
    | "users"
    | "binaryVectors"
    | "halfVectors"
    | "sparseVectors";

export type LocalServerName = "milvus-lite-3.2.2" | "milvus-2.3.5" | "milvus-lite-2.5.1";
export type ServerName = LocalServerName | "external";

/** A running Milvus. */
export interface Server {
    name: ServerName;
    /** `host:port`, as `milvus:address` takes it. */
    address: string;
    /** For an external server that asks for one. */
    token: string | undefined;
    features: ReadonlySet<Feature>;
    /** The settings that a running server reads again every few seconds; undefined where it has none, or is not ours. */
    settingsFile: string | undefined;
    /** Ends it as an operator does; its data stays for `restart`. */
    stop(): Promise<void>;
    /** Ends it without warning (SIGKILL), as a crash does. */
    kill(): Promise<void>;
    /** Ends it if it runs, and starts it on the same data and port. */
    restart(): Promise<void>;
}

export { ServerUnavailable } from "../../../examples/quickstart/server/environment";
