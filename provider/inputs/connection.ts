import { z } from "zod";

/**
 * How to reach a Milvus server. Source: Milvus docs, "Authenticate User Access" and "Encryption in Transit".
 * `address` is `host:port` or `http(s)://host:port`; `https` means TLS, and the port defaults to 19530 (443 for
 * `https`). `token` is an API key, or `user:password`. Paths of files are those of the machine that runs Pulumi.
 */
export const Connection = z.strictObject({
    address: z.string().default("localhost:19530"),
    token: z.string().optional(),
    username: z.string().optional(),
    password: z.string().optional(),
    database: z.string().optional(),
    ssl: z.boolean().default(false),
    caFile: z.string().optional(),
    clientCertFile: z.string().optional(),
    clientKeyFile: z.string().optional(),
    /** The name in the server's certificate, where it differs from the address. */
    serverName: z.string().optional(),
    /** Seconds until a call is given up. */
    timeout: z.number().gt(0).max(3600).default(30),
});

/** The `connection` argument of a resource stands in for the configured one as a whole, so it names its server. */
export const ConnectionArgument = Connection.extend({ address: z.string() });

export type Connection = z.infer<typeof Connection>;
export type ConnectionArguments = z.input<typeof Connection>;
